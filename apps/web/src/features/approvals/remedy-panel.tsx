import { Avatar, Chip, ErrorBar, PeekPanel, RelativeTime, Section } from '@orderwatch/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Remedy } from './api';
import { AmountSection, ChecksSection, CustomerSection, EvidenceSection, HistorySection, LinesSection, VoidSection } from './remedy-sections';
import { stateTone, stateWord, title } from './words';

interface RemedyPanelProps {
  remedy: Remedy;
  meId: string;
  isForMe: boolean;
  refused?: string | undefined;
  onDismiss: () => void;
  actions: ReactNode;
}

/** Everything the decision rests on, on one screen; the buttons below it come from the caller. */
export const RemedyPanel = ({ remedy, meId, isForMe, refused, onDismiss, actions }: RemedyPanelProps) => (
  <PeekPanel
    label={`${title(remedy)}, order ${remedy.orderName}`}
    title={title(remedy)}
    chips={<Chip tone={stateTone(remedy.state)}>{stateWord(remedy, meId, isForMe)}</Chip>}
    reference={
      <>
        {remedy.number}
        <span className="ap-revision"> · revision {remedy.revision}</span>
      </>
    }
    lead={remedy.caseReason ?? remedy.reason}
    facts={
      <p className="ap-by">
        <Avatar name={remedy.proposedBy.name} />
        <span>
          {remedy.proposedBy.id === meId ? 'You' : remedy.proposedBy.name} asked <RelativeTime at={remedy.proposedAt} form="ago" />
        </span>
        <span className="ow-spacer" />
        <Link to="/orders/$orderId" params={{ orderId: remedy.orderId }} className="ow-link">
          Open {remedy.orderName}
        </Link>
      </p>
    }
    actions={actions}
  >
    {refused ? <ErrorBar onDismiss={onDismiss}>{refused}</ErrorBar> : null}
    {remedy.state === 'failed' || remedy.state === 'needs_human' ? (
      <Section title={remedy.state === 'failed' ? 'Why it failed' : 'Nobody can tell whether it happened'}>
        <p className="ow-red">{remedy.failure ?? 'The shop gave no reason.'}</p>
      </Section>
    ) : null}
    {remedy.voidReasons.length > 0 ? <VoidSection reasons={remedy.voidReasons} /> : null}
    <AmountSection remedy={remedy} />
    {remedy.checks.length > 0 ? <ChecksSection remedy={remedy} /> : null}
    {remedy.lines.length > 0 ? <LinesSection lines={remedy.lines} /> : null}
    <EvidenceSection remedy={remedy} />
    <HistorySection remedy={remedy} />
    {remedy.customerNow || remedy.customerAfter ? <CustomerSection now={remedy.customerNow} after={remedy.customerAfter} /> : null}
  </PeekPanel>
);
