import { useId, useMemo } from 'react';
import { zoneName } from '../../shared/format';
import { useText } from '../../shared/i18n';
import { changePreferences, usePreferences, type LanguageChoice } from '../../shared/preferences';
import { Choices } from './choices';

/** The made-up language is for whoever works on the texts. */
const languages: readonly LanguageChoice[] = import.meta.env.DEV ? ['en', 'pseudo'] : ['en'];

export const TimeSettings = () => {
  const t = useText();
  const { timeZone, language } = usePreferences();
  const id = useId();
  // A native list, because the browser's own search through four hundred names is the quickest there is.
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const machine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <section aria-label={t('settings:time')}>
      <h2>{t('settings:time')}</h2>
      <label className="settings-label" htmlFor={id}>
        {t('settings:zone')}
      </label>
      <select id={id} value={timeZone ?? ''} onChange={(event) => changePreferences({ timeZone: event.currentTarget.value || null })}>
        <option value="">{t('settings:zone.machine', { zone: zoneName(machine) })}</option>
        {zones.map((zone) => (
          <option key={zone} value={zone} translate="no">
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
      <p className="settings-hint">{t('settings:zone.hint')}</p>
      <Choices legend={t('settings:language')} value={language} options={languages.map((each) => ({ id: each, label: t(`settings:language.${each}`) }))} onChange={(next) => changePreferences({ language: next })} />
      <p className="settings-hint">{t('settings:language.hint')}</p>
    </section>
  );
};
