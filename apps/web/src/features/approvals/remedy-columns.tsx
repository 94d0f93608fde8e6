import { Chip, RelativeTime, type GridColumn } from '@orderwatch/ui';
import { money, plural } from '../../shared/format';
import type { Remedy } from './api';
import { kindWord, policySummary, stateTone, stateWord } from './words';

const HOUR = 3_600_000;

const reasonLine = (remedy: Remedy): { text: string; isAsking: boolean } => {
  const approved = remedy.approvals.filter((each) => each.decision === 'approved');
  const missing = remedy.approvalsNeeded - approved.length;
  if (remedy.state === 'proposed' && approved.length > 0 && missing > 0) return { text: `${approved.map((each) => each.by.name).join(', ')} approved, needs ${missing} more`, isAsking: true };
  if (remedy.state === 'void') return { text: `Facts changed: ${remedy.voidReasons.join('; ')}`, isAsking: false };
  if (remedy.state === 'failed' || remedy.state === 'needs_human') return { text: remedy.failure ?? 'The shop refused', isAsking: false };
  if (remedy.state === 'declined') return { text: remedy.declinedReason ?? 'Declined', isAsking: false };
  return { text: remedy.reason, isAsking: false };
};

const Two = ({ first, second, isAsking = false }: { first: React.ReactNode; second: React.ReactNode; isAsking?: boolean }) => (
  <span className="ap-two">
    <span>{first}</span>
    <small data-ask={isAsking || undefined}>{second}</small>
  </span>
);

interface ColumnOptions {
  meId: string;
  width: number;
  isDecided: boolean;
  now: number;
}

/** The inbox's columns; narrow lists give up what the panel shows anyway. */
export const remedyColumns = ({ meId, width, isDecided, now }: ColumnOptions): GridColumn<Remedy>[] => {
  const all: (GridColumn<Remedy> & { from?: number })[] = [
    { id: 'kind', header: 'Kind', width: '50px', render: (row) => kindWord[row.kind] },
    { id: 'amount', header: 'Amount', width: '78px', align: 'right', render: (row) => <b data-void={row.state === 'void' || undefined}>{money(row.amount)}</b>, signature: (row) => money(row.amount) },
    {
      id: 'order',
      header: 'Order, reason',
      width: 'minmax(0,1fr)',
      render: (row) => {
        const { text, isAsking } = reasonLine(row);
        return <Two first={<>{row.orderName} {row.customer ? <i>· {row.customer}</i> : null}</>} second={text} isAsking={isAsking} />;
      },
      signature: (row) => `${row.state} ${row.revision} ${row.approvals.length}`,
    },
    {
      id: 'by',
      header: 'Asked by',
      width: '92px',
      from: 520,
      render: (row) => <Two first={row.proposedBy.id === meId ? 'You' : row.proposedBy.name} second={<RelativeTime at={row.proposedAt} form="ago" />} />,
    },
    {
      id: 'policy',
      from: 400,
      header: isDecided ? 'Outcome' : 'Policy',
      width: isDecided ? '108px' : '78px',
      render: (row) => {
        const { text, tone } = isDecided ? { text: stateWord(row, meId, false), tone: stateTone(row.state) } : policySummary(row);
        return <Two first={<Chip tone={tone}>{text}</Chip>} second={`${row.evidence.length} evidence`} />;
      },
    },
    isDecided
      ? { id: 'decided', header: 'Decided', width: '92px', align: 'right', render: (row) => (row.approvals.at(-1) ? <RelativeTime at={row.approvals.at(-1)?.at ?? row.proposedAt} form="ago" /> : '–') }
      : { id: 'waiting', header: 'Waiting', width: '54px', from: 460, align: 'right', render: (row) => <RelativeTime at={row.waitingSince} form="age" /> },
    {
      id: 'expires',
      header: 'Expires',
      width: '54px',
      align: 'right',
      from: 600,
      render: (row) => (row.expiresAt && row.state === 'proposed' ? <RelativeTime at={row.expiresAt} form="due" className={Date.parse(row.expiresAt) - now < 2 * HOUR ? 'ow-amber' : undefined} /> : '–'),
    },
  ];
  return all.filter((column) => (column.from ?? 0) <= width && !(isDecided && column.id === 'expires'));
};

export const footLine = (count: number): string => `${plural(count, 'item')} here`;
