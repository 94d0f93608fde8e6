import { Textarea } from '@mantine/core';
import { listText } from '../format';
import { useText } from '../i18n';

/** Rules that somebody asks to be set aside for one remedy, and why. */
export interface Exception {
  rules: string[];
  why: string;
}

interface ExceptionFieldProps {
  rules: readonly string[];
  plea: string | null;
  onChange: (plea: string | null) => void;
}

export const ExceptionField = ({ rules, plea, onChange }: ExceptionFieldProps) => {
  const t = useText();
  return (
    <div className="rm-exception">
      <label>
        <input type="checkbox" checked={plea !== null} onChange={(event) => onChange(event.currentTarget.checked ? '' : null)} />
        <span>
          {t('remedies:form.exception', { rules: listText(rules) })}
          <small>{t('remedies:form.exceptionMeans')}</small>
        </span>
      </label>
      {plea === null ? null : <Textarea label={t('remedies:form.exceptionWhy')} autosize minRows={2} maxRows={4} value={plea} onChange={(event) => onChange(event.currentTarget.value)} autoFocus />}
    </div>
  );
};
