import { AbsoluteTime, Section } from '@orderwatch/ui';
import { useText, type Translate } from '../../../shared/i18n';
import type { Remedy } from '../decide/decisions';

interface Step {
  key: string;
  at: string;
  what: string;
  who: string;
}

const decisionWord = (decision: string, t: Translate): string =>
  decision === 'approved' || decision === 'declined' || decision === 'called_back' ? t(`approvals:step.${decision}`) : decision;

/** Everything that was done with it, newest first; what has no time of its own is not made up. */
const stepsOf = (remedy: Remedy, t: Translate): Step[] => {
  const { executedAt, confirmedAt, reference, escalatedAt } = remedy;
  return [
    { key: 'asked', at: remedy.proposedAt, what: t('approvals:step.asked', { reason: remedy.reason }), who: remedy.proposedBy.name },
    ...remedy.questions.flatMap(({ at, by, text, answer, answeredAt, answeredBy }, i) => [
      { key: `question ${i}`, at, what: t('approvals:step.question', { text }), who: by.name },
      ...(answer !== null && answeredAt !== null ? [{ key: `answer ${i}`, at: answeredAt, what: t('approvals:step.answer', { text: answer }), who: answeredBy?.name ?? '–' }] : []),
    ]),
    ...(escalatedAt ? [{ key: 'escalated', at: escalatedAt, what: t('approvals:step.escalated'), who: 'Orderwatch' }] : []),
    ...remedy.approvals.map(({ at, decision, reason, by, onBehalfOf }, i) => {
      const what = decisionWord(decision, t);
      return { key: `approval ${i}`, at, what: reason ? t('approvals:step.because', { what, reason }) : what, who: onBehalfOf ? t('approvals:step.inStead', { name: by.name, of: onBehalfOf.name }) : by.name };
    }),
    ...(executedAt ? [{ key: 'executed', at: executedAt, what: reference ? t('approvals:step.executedRef', { reference }) : t('approvals:step.executed'), who: 'Orderwatch' }] : []),
    ...(confirmedAt ? [{ key: 'confirmed', at: confirmedAt, what: t('approvals:step.confirmed'), who: t('approvals:step.shop') }] : []),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
};

export const HistorySection = ({ remedy }: { remedy: Remedy }) => {
  const t = useText();
  return (
    <Section title={t('approvals:panel.history')} aside={remedy.policyVersion === null ? undefined : t('approvals:panel.policyVersion', { n: remedy.policyVersion })}>
      <ol className="ap-steps">
        {stepsOf(remedy, t).map((step) => (
          <li key={step.key}>
            <span>{step.what}</span>
            <small>
              <span translate="no">{step.who}</span> · <AbsoluteTime at={step.at} />
            </small>
          </li>
        ))}
      </ol>
      {remedy.editedBy.length > 0 ? <p className="ow-dim ow-small">{t('approvals:step.edited', { names: remedy.editedBy.map(({ name }) => name).join(', '), n: remedy.revision })}</p> : null}
    </Section>
  );
};
