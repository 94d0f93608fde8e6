import { Avatar, Chip, formatDue, RelativeTime, useNow, type GridColumn } from '@orderwatch/ui';
import { carrierName } from '../../shared/carriers';
import { dueClass, money, promiseView, dateText } from '../../shared/format';
import { ruleTone } from '../../shared/rules';
import type { CaseRow } from '../../shared/cases/types';
import { Owner } from './owner-cell';

const Due = ({ row }: { row: CaseRow }) => {
  const now = useNow(15_000);
  if (row.state === 'snoozed' && row.snoozedUntil) return <RelativeTime at={row.snoozedUntil} form="due" prefix="Wakes" className="ow-dim" />;
  if (!row.dueAt || row.state === 'resolved') return <span className="ow-dim">–</span>;
  return (
    <span className={`ow-strong ${dueClass(row.dueAt, now) ?? ''}`} title={`Due ${new Date(row.dueAt).toLocaleString()}`}>
      {formatDue(Date.parse(row.dueAt), now)}
    </span>
  );
};

const Promise_ = ({ row }: { row: CaseRow }) => {
  const now = useNow(60_000);
  const view = promiseView(row.promisedAt, row.promiseText, now);
  return <span className={view.isOver ? 'ow-red' : undefined}>{view.text}</span>;
};

const Why = ({ row, note }: { row: CaseRow; note?: string | undefined }) => (
  <>
    {row.feedLate ? <Chip>Unknown</Chip> : <Chip tone={ruleTone(row.rule)}>{row.ruleLabel}</Chip>}
    {row.otherRules.length > 0 ? (
      <span className="ow-dim" title={row.otherRules.join(', ')}>
        +{row.otherRules.length}
      </span>
    ) : null}
    {row.reopened > 0 ? <Chip tone="line">Reopened{row.reopened > 1 ? ` ×${row.reopened}` : ''}</Chip> : null}
    {note ? <span className="ow-amber">{note}</span> : null}
    <span>{row.reason}</span>
  </>
);

interface ColumnContext {
  meId: string;
  /** What the last act on a row came to, when it was refused. */
  notes: ReadonlyMap<string, string>;
  isResolvedView: boolean;
  /** So little room that the owner is a face only. */
  isShort?: boolean;
}

const GAP = 10;
const SIDES = 4 + GAP + 16;
const MIN_WHY = 290;

type Sized = GridColumn<CaseRow> & { px: number; rank: number };

const SHORT = 700;

const all = ({ meId, notes, isResolvedView, isShort = false }: ColumnContext): Sized[] => {
  const sized = (px: number, rank: number, column: Omit<GridColumn<CaseRow>, 'width'>): Sized => ({ ...column, width: `${px}px`, px, rank });
  return [
    ...(isResolvedView ? [] : [sized(66, 0, { id: 'due', header: 'Due', render: (row) => <Due row={row} />, signature: (row) => row.dueAt ?? '' })]),
    {
      id: 'why',
      header: 'Why',
      width: 'minmax(0,1fr)',
      px: 0,
      rank: 0,
      flex: true,
      render: (row) => <Why row={row} note={notes.get(row.id)} />,
      signature: (row) => `${row.rule} ${row.reason}`,
    },
    sized(84, 1, { id: 'order', header: 'Order', render: (row) => <span title={row.parcelCount > 1 ? `${row.parcelCount} parcels` : undefined}>{row.orderName}</span> }),
    sized(136, 8, { id: 'customer', header: 'Customer', render: (row) => row.customer ?? <span className="ow-dim">–</span> }),
    sized(78, 4, { id: 'value', header: 'Value', align: 'right', render: (row) => money(row.value), signature: (row) => String(row.value?.minor ?? '') }),
    sized(74, 3, { id: 'promise', header: 'Promise', render: (row) => <Promise_ row={row} />, signature: (row) => row.promisedAt ?? '' }),
    sized(104, 6, { id: 'carrier', header: 'Carrier', render: (row) => (row.carrier ? carrierName(row.carrier) : <span className="ow-dim">–</span>) }),
    isResolvedView
      ? sized(232, 2, {
          id: 'owner',
          header: 'Resolved',
          overflow: 'visible',
          flex: true,
          render: (row) => (
            <>
              {row.resolvedBy ? <Avatar name={row.resolvedBy} /> : null}
              <span>
                {dateText(row.resolvedAt)} · {row.outcome ?? 'Ended by itself'}
              </span>
            </>
          ),
        })
      : sized(isShort ? 44 : 116, 2, {
          id: 'owner',
          header: 'Owner',
          overflow: 'visible',
          flex: true,
          render: (row) => <Owner row={row} meId={meId} isShort={isShort} />,
          signature: (row) => `${row.owner?.id ?? ''} ${row.state}`,
        }),
    sized(52, 5, { id: 'age', header: 'Age', align: 'right', render: (row) => <RelativeTime at={row.openedAt} form="age" prefix="open since" className="ow-dim" /> }),
  ];
};

/** The columns that fit: the reason keeps its room, the least needed ones go first. */
export const queueColumns = (width: number, context: ColumnContext): GridColumn<CaseRow>[] => {
  const columns = all({ ...context, isShort: width < SHORT });
  let left = width - SIDES - MIN_WHY;
  const kept = new Set(
    [...columns]
      .sort((a, b) => a.rank - b.rank)
      .filter((column) => {
        const need = column.px === 0 ? 0 : column.px + GAP;
        if (column.rank > 1 && need > left) return false;
        left -= need;
        return true;
      })
      .map((column) => column.id),
  );
  return columns.filter((column) => kept.has(column.id));
};
