import { Textarea, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import type { RemedyFinding } from '../../../gql';
import { draftOf, keepDraft } from '../../../shared/cases/drafts';
import { useText } from '../../../shared/i18n';
import { ConfirmFooter } from './confirm-footer';
import type { Act, Remedy } from './decisions';
import { draftKey, title } from '../words';

interface LookUpFormProps {
  remedy: Remedy;
  isBusy: boolean;
  /** Why it cannot be said now. */
  barred: string | undefined;
  onDone: (act: Act) => void;
  onCancel: () => void;
}

const findings: readonly RemedyFinding[] = ['happened', 'retry', 'give_up'];

/** The way out of not knowing: somebody looks in the shop, and says what is there, by which reference, and how they know. */
export const LookUpForm = ({ remedy, isBusy, barred, onDone, onCancel }: LookUpFormProps) => {
  const t = useText();
  const draft = draftKey('look_up', remedy.id);
  const [finding, setFinding] = useState<RemedyFinding | null>(null);
  const [reference, setReference] = useState('');
  const [text, setText] = useState(() => draftOf(draft));
  const missing = [
    barred,
    isBusy ? t('approvals:act.sending') : undefined,
    finding === null ? t('approvals:lookUp.chooseFirst') : undefined,
    finding === 'happened' && reference.trim() === '' ? t('approvals:lookUp.referenceFirst') : undefined,
    text.trim() === '' ? t('approvals:lookUp.sayFirst') : undefined,
  ].find((why) => why !== undefined);
  const done = (): void => {
    if (missing !== undefined || finding === null) return;
    onDone({ kind: 'look_up', finding, reference: finding === 'happened' ? reference.trim() : null, text: text.trim() });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onCancel();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) done();
  };
  return (
    <div className="ap-confirm ap-look" role="group" aria-label={t('approvals:lookUp.title', { title: title(remedy) })} onKeyDown={onKeyDown}>
      <h3>{t('approvals:lookUp.title', { title: title(remedy) })}</h3>
      <p>{t('approvals:lookUp.where', { order: remedy.orderName })}</p>
      <fieldset>
        <legend className="ow-sr">{t('approvals:lookUp.found')}</legend>
        {findings.map((each, i) => (
          <label key={each}>
            <input type="radio" className="rm-radio" name="finding" checked={finding === each} autoFocus={i === 0} onChange={() => setFinding(each)} />
            <span>
              {t(`approvals:lookUp.${each}`)}
              <small>{t(`approvals:lookUp.means.${each}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {finding === 'happened' ? <TextInput label={t('approvals:lookUp.reference')} maxLength={200} value={reference} onChange={(event) => setReference(event.currentTarget.value)} /> : null}
      <Textarea
        label={t('approvals:lookUp.how')}
        autosize
        minRows={2}
        maxRows={5}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          keepDraft(draft, event.currentTarget.value);
        }}
      />
      <ConfirmFooter label={finding === null ? t('approvals:lookUp.record') : t(`approvals:lookUp.now.${finding}`)} kbd="Ctrl ↵" missing={missing} onDone={done} onCancel={onCancel} />
    </div>
  );
};
