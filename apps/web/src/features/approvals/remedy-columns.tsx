import { Chip, RelativeTime, type GridColumn } from '@orderwatch/ui';
import type { ReactNode } from 'react';
import { listText, money } from '../../shared/format';
import type { Translate } from '../../shared/i18n';
import type { Remedy } from './decide/decisions';
import { isUnseen, kindWord, policySummary, stateTone, stateWord } from './words';

const HOUR = 3_600_000;

interface Second {
  text: string;
  /** What somebody must do, or what this person may not. */
  right?: string | undefined;
  isAsking?: boolean;
  isQuoted?: boolean;
}

/** "needs 1 more", "you asked this: cannot approve"; nothing where one yes of this person is all it takes. */
const myRight = (remedy: Remedy, meId: string, t: Translate): string | undefined => {
  const approved = remedy.approvals.filter((each) => each.decision === 'approved');
  const missing = remedy.approvalsNeeded - approved.length;
  if (remedy.proposedBy.id === meId) return t('approvals:row.ownAsk');
  if (approved.some(({ by }) => by.id === meId)) return t('approvals:row.yourYes', { missing });
  if (approved.length > 0) return t('approvals:row.approvedBy', { names: listText(approved.map((each) => each.by.name)), missing });
  return missing > 1 ? t('approvals:row.needs', { missing }) : undefined;
};

const reasonLine = (remedy: Remedy, meId: string, t: Translate): Second => {
  const question = remedy.pausedAt === null ? undefined : remedy.questions.at(-1);
  if (remedy.state === 'proposed' && question) return { text: t('approvals:row.asks', { name: question.by.name, question: question.text }), isAsking: true };
  if (remedy.state === 'proposed') return { text: remedy.reason, isQuoted: true, right: myRight(remedy, meId, t) };
  if (remedy.state === 'void') return { text: t('approvals:row.factsChanged', { what: remedy.voidReasons.join('; ') }) };
  if (remedy.state === 'failed' || remedy.state === 'needs_human') return remedy.failure ? { text: remedy.failure, isQuoted: true } : { text: t('approvals:row.refused') };
  if (isUnseen(remedy)) return { text: t('approvals:row.unseen', { reference: remedy.reference ?? '–' }) };
  if (remedy.state === 'declined') return remedy.declinedReason ? { text: remedy.declinedReason, isQuoted: true } : { text: t('approvals:row.declined') };
  return { text: remedy.reason, isQuoted: true };
};

const Two = ({ first, second, isAsking = false }: { first: ReactNode; second: ReactNode; isAsking?: boolean }) => (
  <span className="ap-two">
    <span>{first}</span>
    <small data-ask={isAsking || undefined}>{second}</small>
  </span>
);

interface ColumnOptions {
  t: Translate;
  meId: string;
  width: number;
  isDecided: boolean;
  /** What it came to says more than what the policy said. */
  isFailed: boolean;
  now: number;
}

/** The inbox's columns; narrow lists give up what the panel shows anyway. */
export const remedyColumns = ({ t, meId, width, isDecided, isFailed, now }: ColumnOptions): GridColumn<Remedy>[] => {
  const all: (GridColumn<Remedy> & { from?: number })[] = [
    { id: 'kind', header: t('approvals:column.kind'), width: '50px', render: (row) => kindWord(row.kind) },
    { id: 'amount', header: t('approvals:column.amount'), width: '78px', align: 'right', render: (row) => <b data-void={row.state === 'void' || undefined}>{money(row.amount)}</b>, signature: (row) => money(row.amount) },
    {
      id: 'order',
      header: t('approvals:column.order'),
      width: 'minmax(0,1fr)',
      render: (row) => {
        const { text, right, isAsking, isQuoted } = reasonLine(row, meId, t);
        const second = (
          <span className="ap-reason">
            <span translate={isQuoted ? 'no' : undefined}>{text}</span>
            {right ? <em> · {right}</em> : null}
          </span>
        );
        return <Two first={<span translate="no">{row.orderName} {row.customer ? <i>· {row.customer}</i> : null}</span>} second={second} isAsking={isAsking} />;
      },
      signature: (row) => `${row.state} ${row.revision} ${row.approvals.length}`,
    },
    {
      id: 'by',
      header: t('approvals:column.by'),
      width: '92px',
      from: 520,
      render: (row) => <Two first={row.proposedBy.id === meId ? t('approvals:row.you') : <span translate="no">{row.proposedBy.name}</span>} second={<RelativeTime at={row.proposedAt} form="ago" />} />,
    },
    {
      id: 'policy',
      from: 400,
      header: isDecided || isFailed ? t('approvals:column.outcome') : t('approvals:column.policy'),
      width: isDecided || isFailed ? '112px' : '78px',
      render: (row) => {
        const { text, tone } = isDecided || isFailed ? { text: stateWord(row, meId, false), tone: isUnseen(row) ? 'red' as const : stateTone(row.state) } : policySummary(row);
        return <Two first={<Chip tone={tone}>{text}</Chip>} second={t('approvals:row.evidence', { n: row.evidence.length })} />;
      },
    },
    isDecided
      ? { id: 'decided', header: t('approvals:column.decided'), width: '92px', align: 'right', render: (row) => (row.approvals.at(-1) ? <RelativeTime at={row.approvals.at(-1)?.at ?? row.proposedAt} form="ago" /> : '–') }
      : { id: 'waiting', header: t('approvals:column.waiting'), width: '54px', from: 460, align: 'right', render: (row) => <RelativeTime at={row.waitingSince} form="age" className={row.escalatedAt ? 'ow-amber' : undefined} /> },
    {
      id: 'expires',
      header: t('approvals:column.expires'),
      width: '54px',
      align: 'right',
      from: 600,
      render: (row) => (row.pausedAt !== null ? t('approvals:row.paused') : row.expiresAt && row.state === 'proposed' ? <RelativeTime at={row.expiresAt} form="due" className={Date.parse(row.expiresAt) - now < 2 * HOUR ? 'ow-amber' : undefined} /> : '–'),
    },
  ];
  return all.filter((column) => (column.from ?? 0) <= width && !(isDecided && column.id === 'expires'));
};
