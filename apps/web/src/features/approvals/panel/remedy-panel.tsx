import { Avatar, Chip, ErrorBar, PeekPanel, RelativeTime, Section } from '@orderwatch/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../../../shared/i18n';
import { EvidenceLinks } from '../../../shared/evidence/evidence-links';
import { reasonCodeOf } from '../../../shared/remedies/draft';
import type { Change } from './changes';
import type { Remedy } from '../decide/decisions';
import { ChangedNotice, QuestionsSection, VoidSection } from './panel-news';
import { AskerRate } from './asker-rate';
import { DeliverySection } from './delivery-section';
import { EvidenceSection } from './evidence-section';
import { HistorySection } from './history';
import { LedgerSection, PrecedentsSections } from './panel-past';
import { AmountSection, ChecksSection, CustomerSection } from './remedy-sections';
import type { EvidenceInHand } from './use-evidence';
import { isUnseen, stateTone, stateWord, title } from '../words';

interface RemedyPanelProps {
  remedy: Remedy;
  meId: string;
  isForMe: boolean;
  evidence: EvidenceInHand;
  /** What is otherwise than it was read; empty when nothing is. */
  changes: readonly Change[];
  onRead: () => void;
  refused?: string | undefined;
  onDismiss: () => void;
  actions: ReactNode;
}

/** Everything the decision rests on, on one screen; the buttons below it come from the caller. */
export const RemedyPanel = ({ remedy, meId, isForMe, evidence, changes, onRead, refused, onDismiss, actions }: RemedyPanelProps) => {
  const t = useText();
  return (
    <PeekPanel
      label={t('approvals:panel.label', { title: title(remedy), order: remedy.orderName })}
      title={title(remedy)}
      chips={<Chip tone={isUnseen(remedy) ? 'red' : stateTone(remedy.state)}>{stateWord(remedy, meId, isForMe)}</Chip>}
      reference={
        <>
          <span translate="no">{remedy.number}</span>
          <span className="ap-revision"> · {t('approvals:panel.revision', { n: remedy.revision })}</span>
        </>
      }
      lead={<span translate="no">{remedy.caseReason ?? remedy.reason}</span>}
      facts={
        <>
          <p className="ap-said">
            {t(`remedies:reason.${reasonCodeOf(remedy.reasonCode)}`)}
            {remedy.caseReason === null ? null : <span translate="no">: “{remedy.reason}”</span>}
          </p>
          <p className="ap-by">
            <Avatar name={remedy.proposedBy.name} />
            <span>
              {remedy.proposedBy.id === meId ? t('approvals:panel.youAsked') : t('approvals:panel.asked', { name: remedy.proposedBy.name })} <RelativeTime at={remedy.proposedAt} form="ago" />
              <AskerRate remedy={remedy} />
              {remedy.escalatedAt ? <span className="ow-amber"> · {t('approvals:panel.escalated')}</span> : null}
            </span>
            <span className="ow-spacer" />
            <Link to="/orders/$orderId" params={{ orderId: remedy.orderId }} className="ow-link">
              {t('approvals:panel.open', { order: remedy.orderName })}
            </Link>
          </p>
        </>
      }
      actions={actions}
    >
      {refused ? <ErrorBar onDismiss={onDismiss}>{refused}</ErrorBar> : null}
      {changes.length > 0 ? <ChangedNotice number={remedy.number} changes={changes} onRead={onRead} /> : null}
      {remedy.state === 'failed' || remedy.state === 'needs_human' ? (
        <Section title={remedy.state === 'failed' ? t('approvals:panel.failed') : t('approvals:panel.unknown')}>
          <p className="ow-red" translate="no">{remedy.failure ?? t('approvals:panel.noReason')}</p>
          <p className="ow-dim ow-small">{t(remedy.state === 'failed' ? 'approvals:panel.failedNext' : 'approvals:panel.unknownNext')}</p>
        </Section>
      ) : null}
      {remedy.state === 'approved' && remedy.failure ? (
        <Section title={t('approvals:panel.heldBack')}>
          <p className="ow-amber" translate="no">{remedy.failure}</p>
        </Section>
      ) : null}
      {remedy.state === 'executed' && remedy.executedAt ? (
        <Section title={t('approvals:panel.notSeen')}>
          <p className={isUnseen(remedy) ? 'ow-red' : undefined}>
            {t('approvals:panel.notSeenSince', { reference: remedy.reference ?? '–' })} <RelativeTime at={remedy.executedAt} form="ago" />
          </p>
          <p className="ow-dim ow-small">{t(isUnseen(remedy) ? 'approvals:panel.notSeenNext' : 'approvals:panel.notSeenYet')}</p>
        </Section>
      ) : null}
      {remedy.voidReasons.length > 0 ? <VoidSection reasons={remedy.voidReasons} /> : null}
      {remedy.exception ? (
        <Section title={t('approvals:panel.exception')}>
          <p>
            <span translate="no">{remedy.exception.rules.join(', ')}</span>: <span translate="no">“{remedy.exception.why}”</span>
          </p>
        </Section>
      ) : null}
      {remedy.questions.length > 0 ? <QuestionsSection questions={remedy.questions} /> : null}
      <AmountSection remedy={remedy} />
      {remedy.kind === 'reship' ? <DeliverySection remedy={remedy} /> : null}
      {remedy.checks.length > 0 ? <ChecksSection remedy={remedy} /> : null}
      <EvidenceSection remedy={remedy} inHand={evidence} />
      <PrecedentsSections remedy={remedy} />
      {remedy.customerNow || remedy.customerAfter ? <CustomerSection now={remedy.customerNow} after={remedy.customerAfter} /> : null}
      <LedgerSection remedy={remedy} />
      <HistorySection remedy={remedy} />
      <EvidenceLinks remedyId={remedy.id} number={remedy.number} />
    </PeekPanel>
  );
};
