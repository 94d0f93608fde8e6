import { Textarea } from '@mantine/core';
import { Kbd } from '@orderwatch/ui';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { draftOf, keepDraft } from '../../../shared/cases/drafts';
import { useText } from '../../../shared/i18n';
import { ConfirmFooter } from './confirm-footer';
import type { Remedy } from './decisions';
import { draftKey, title } from '../words';

interface DeclineFormProps {
  remedy: Remedy;
  isBusy: boolean;
  /** Why it cannot be said now. */
  barred: string | undefined;
  onDone: (text: string) => void;
  onCancel: () => void;
}

const codes = ['not_proven', 'wait', 'amount', 'other_way', 'policy', 'other'] as const;

/** A no with its code and its reason, which whoever asked reads. Focus starts on the heading: it is read before it is answered. A digit chooses. */
export const DeclineForm = ({ remedy, isBusy, barred, onDone, onCancel }: DeclineFormProps) => {
  const t = useText();
  const draft = draftKey('decline', remedy.id);
  const head = useRef<HTMLHeadingElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [code, setCode] = useState<(typeof codes)[number]>('other');
  const [text, setText] = useState(() => draftOf(draft));
  useEffect(() => head.current?.focus(), []);
  const missing = barred ?? (isBusy ? t('approvals:act.sending') : text.trim() === '' ? t('approvals:decline.sayFirst') : undefined);
  const done = (): void => {
    if (missing === undefined) onDone(code === 'other' ? text.trim() : t('approvals:decline.said', { code: t(`approvals:decline.code.${code}`), text: text.trim() }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onCancel();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) done();
    if (event.target === field.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = codes[Number(event.key) - 1];
    if (!chosen) return;
    event.preventDefault();
    setCode(chosen);
    field.current?.focus();
  };
  return (
    <div className="ap-confirm ap-decline" role="dialog" aria-label={t('approvals:decline.title', { title: title(remedy) })} onKeyDown={onKeyDown}>
      <h3 ref={head} tabIndex={-1}>
        {t('approvals:decline.title', { title: title(remedy) })}
      </h3>
      <fieldset>
        <legend className="ow-sr">{t('approvals:decline.code')}</legend>
        {codes.map((each, i) => (
          <label key={each}>
            <input type="radio" className="rm-radio" name="decline-code" checked={code === each} onChange={() => setCode(each)} />
            {t(`approvals:decline.code.${each}`)} <Kbd hidden>{String(i + 1)}</Kbd>
          </label>
        ))}
      </fieldset>
      <Textarea
        ref={field}
        aria-label={t('approvals:decline.why', { name: remedy.proposedBy.name })}
        placeholder={t('approvals:decline.why', { name: remedy.proposedBy.name })}
        autosize
        minRows={2}
        maxRows={5}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          keepDraft(draft, event.currentTarget.value);
        }}
      />
      <ConfirmFooter label={t('approvals:decline.now')} kbd="Ctrl ↵" missing={missing} onDone={done} onCancel={onCancel} />
    </div>
  );
};
