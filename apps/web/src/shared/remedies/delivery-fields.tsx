import { TextInput } from '@mantine/core';
import { useText } from '../i18n';
import { addressFields, isNeeded, type AddressField, type DeliveryDraft } from './delivery';
import type { ReshipBasis } from './reship-query';

interface AddressProps {
  lines: readonly string[];
}

/** As it stands on a label. */
export const AddressLines = ({ lines }: AddressProps) => (
  <address className="rm-address" translate="no">
    {lines.map((line, i) => (
      <span key={`${i} ${line}`}>{line}</span>
    ))}
  </address>
);

interface DeliveryFieldsProps {
  draft: DeliveryDraft;
  basis: ReshipBasis | undefined;
  /** It could not be asked. */
  isFailed: boolean;
  /** Where it goes as it was asked for; only while that is edited. */
  kept?: AddressProps['lines'] | undefined;
  onChange: (draft: DeliveryDraft) => void;
}

const half: ReadonlySet<AddressField> = new Set(['postalCode', 'city', 'region', 'country']);

/** Where it goes and how: as before, or otherwise for this reship alone. */
export const DeliveryFields = ({ draft, basis, isFailed, kept, onChange }: DeliveryFieldsProps) => {
  const t = useText();
  const { where, address, service } = draft;
  const choices = kept ? (['kept', 'own', 'other'] as const) : (['own', 'other'] as const);
  const shown = { kept, own: basis?.address ?? undefined, other: undefined };
  const told = (choice: DeliveryDraft['where']): string | undefined => {
    if (choice !== 'own' || shown.own) return undefined;
    return basis || isFailed ? t('remedies:delivery.unknown') : t('remedies:delivery.asking');
  };
  const had = basis?.service ?? null;
  return (
    <fieldset className="rm-delivery">
      <legend>{t('remedies:delivery.title')}</legend>
      {choices.map((choice) => (
        <label key={choice} className="rm-fact">
          <input type="radio" name="delivery" className="rm-radio" checked={where === choice} onChange={() => onChange({ ...draft, where: choice })} />
          <span>
            {t(`remedies:delivery.${choice}`)}
            {shown[choice]?.length ? <AddressLines lines={shown[choice]} /> : null}
            {told(choice) ? <small>{told(choice)}</small> : null}
          </span>
        </label>
      ))}
      {where === 'other' ? (
        <div className="rm-address-fields">
          {addressFields.map((field) => (
            <div key={field} data-half={half.has(field) || undefined}>
              <TextInput
                label={t(`remedies:delivery.field.${field}`)}
                required={isNeeded(field)}
                placeholder={isNeeded(field) ? undefined : t('remedies:delivery.optional')}
                maxLength={field === 'country' ? 2 : 100}
                value={address[field] ?? ''}
                onChange={(event) => onChange({ ...draft, address: { ...address, [field]: event.currentTarget.value } })}
                autoComplete="off"
              />
            </div>
          ))}
        </div>
      ) : null}
      {where === 'kept' ? null : (
        <>
          <TextInput
            label={t('remedies:delivery.service')}
            description={had ? t('remedies:delivery.had', { service: had }) : t('remedies:delivery.hadUnknown')}
            placeholder={had ?? t('remedies:delivery.asUsual')}
            maxLength={100}
            list="rm-services"
            value={service}
            onChange={(event) => onChange({ ...draft, service: event.currentTarget.value })}
            autoComplete="off"
          />
          <datalist id="rm-services">
            {(basis?.services ?? []).map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </>
      )}
    </fieldset>
  );
};
