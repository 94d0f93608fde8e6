import { AbsoluteTime, Button, Section } from '@orderwatch/ui';
import { useEffect, useRef } from 'react';
import { announce } from '../../../shared/announce';
import { useText } from '../../../shared/i18n';
import { voidDifference, type Change } from './changes';
import type { Remedy } from '../decide/decisions';

/** Before and after, beside each other. */
const ChangeTable = ({ changes }: { changes: readonly Change[] }) => {
  const t = useText();
  return (
    <dl className="ap-diff">
      {changes.map(({ label, before, after }) => (
        <div key={label}>
          <dt translate="no">{label}</dt>
          {after === '' ? null : (
            <>
              <dd translate="no">
                <span className="ow-sr">{t('approvals:change.was')} </span>
                <del>{before}</del>
              </dd>
              <dd translate="no">
                <span className="ow-sr">{t('approvals:change.is')} </span>
                <span aria-hidden="true">→ </span>
                <b>{after}</b>
              </dd>
            </>
          )}
        </div>
      ))}
    </dl>
  );
};

interface ChangedProps {
  number: string;
  changes: readonly Change[];
  onRead: () => void;
}

/** It became another one while it was open: nothing is decided before the difference was read. Takes the focus, but not on its button. */
export const ChangedNotice = ({ number, changes, onRead }: ChangedProps) => {
  const t = useText();
  const box = useRef<HTMLElement>(null);
  const summary = changes.map(({ label, before, after }) => t('approvals:change.said', { label, before, after })).join('; ');
  useEffect(() => {
    announce(t('approvals:change.announce', { number, what: summary }), 'assertive');
    // Out of a form that is no longer there, never out of a list that somebody is in.
    if (document.activeElement === document.body) box.current?.focus();
  }, [number, summary, t]);
  return (
    <section className="ow-sec ap-changed" aria-label={t('approvals:change.title')} tabIndex={-1} ref={box}>
      <h3>
        <span>{t('approvals:change.title')}</span>
      </h3>
      <ChangeTable changes={changes} />
      <Button compact onClick={onRead}>
        {t('approvals:change.read')}
      </Button>
    </section>
  );
};

/** Why it cannot be decided any more: what is no longer as it was when it was asked, in three lines. */
export const VoidSection = ({ reasons }: { reasons: readonly string[] }) => {
  const t = useText();
  const { changes, more } = voidDifference(reasons);
  return (
    <Section title={t('approvals:panel.void')} aside={more > 0 ? t('approvals:panel.more', { n: more }) : undefined}>
      <ChangeTable changes={changes} />
    </Section>
  );
};

/** Questions back, and what was answered. */
export const QuestionsSection = ({ questions }: Pick<Remedy, 'questions'>) => {
  const t = useText();
  return (
    <Section title={t('approvals:panel.questions')}>
      <ul className="ap-evidence">
        {questions.map((question) => (
          <li key={question.at}>
            <span translate="no">“{question.text}”</span>
            <small>
              <span translate="no">{question.by.name}</span> · <AbsoluteTime at={question.at} />
            </small>
            {question.answer === null ? (
              <span className="ow-amber ow-small">{t('approvals:panel.unanswered')}</span>
            ) : (
              <>
                <span translate="no">“{question.answer}”</span>
                <small>
                  <span translate="no">{question.answeredBy?.name}</span> · {question.answeredAt ? <AbsoluteTime at={question.answeredAt} /> : null}
                </small>
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
};
