import { Avatar, Chip, Dot, exactTime, formatDuration, Icon, RelativeTime, type GridColumn } from '@orderwatch/ui';
import type { QueueSort } from '../../../gql';
import { carrierName } from '../../../shared/carriers';
import { countryName } from '../../../shared/countries';
import { dueClass, dueText, money, promiseView, dateText } from '../../../shared/format';
import { ruleTone } from '../../../shared/rules';
import type { CaseRow } from '../../../shared/cases/types';
import { useShownClock } from '../../../shared/shown-clock';
import { currentLanguage, t, useText } from '../../../shared/i18n';
import { chosenColumns } from './column-choice';
import { Owner } from './owner-cell';
import { sorts, sortWords } from '../sorts';
import { statusText } from './status-cell';

const Due = ({ row }: { row: CaseRow }) => {
  const t = useText();
  const clock = useShownClock(15_000);
  // Its clock stands still: what is shown is when it wakes, and the sign says so to the eye.
  if (row.state === 'snoozed' && row.snoozedUntil) {
    return (
      <span className="queue-paused">
        <Icon name="pause" />
        <RelativeTime at={row.snoozedUntil} form="due" prefix={t('queue:due.wakes')} className="ow-dim" />
      </span>
    );
  }
  if (!row.dueAt || row.state === 'resolved') return <span className="ow-dim">–</span>;
  return (
    <span className={`ow-strong ${dueClass(row.dueAt, clock.now) ?? ''}`} title={exactTime(row.dueAt)}>
      {dueText(row.dueAt, clock)}
      <span className="ow-sr"> {t('queue:due.exact', { at: exactTime(row.dueAt) })}</span>
    </span>
  );
};

const Promise_ = ({ row }: { row: CaseRow }) => {
  const { now, isAbsolute } = useShownClock(60_000);
  const view = promiseView(row.promisedAt, row.promiseText, now, isAbsolute);
  return <span className={view.isOver ? 'ow-red' : undefined}>{view.text}</span>;
};

const Why = ({ row }: { row: CaseRow }) => {
  const t = useText();
  return (
    <>
      {row.feedLate ? <Chip>{t('queue:why.unknown')}</Chip> : <Chip tone={ruleTone(row.rule)}><span translate="no">{row.ruleLabel}</span></Chip>}
      {row.otherRules.length > 0 ? (
        <span className="ow-dim" title={row.otherRules.join(', ')}>
          +{row.otherRules.length}
        </span>
      ) : null}
      {row.reopened > 0 ? <Chip tone="line">{row.reopened > 1 ? t('queue:why.reopenedTimes', { n: row.reopened }) : t('queue:why.reopened')}</Chip> : null}
      <span translate="no">{row.reason}</span>
    </>
  );
};

/** How old the news is that the row stands on; its own colour only when our feed is late. */
const Data = ({ row }: { row: CaseRow }) => {
  const t = useText();
  if (row.feedLate) return (
      <>
        <Dot tone="amber" /> {t('queue:data.late')}
      </>
    );
  if (row.dataAgeSeconds === null || row.dataAgeSeconds === undefined) return <span className="ow-dim">–</span>;
  return <span className="ow-dim">{formatDuration(row.dataAgeSeconds * 1000)}</span>;
};

const Ago = ({ at }: { at: string | null | undefined }) => (at ? <RelativeTime at={at} className="ow-dim" /> : <span className="ow-dim">–</span>);

interface ColumnContext {
  meId: string;
  isResolvedView: boolean;
  /** Sorted by when it wakes instead of when it is due. */
  isSnoozedView: boolean;
  /** Chosen by the person; none: the usual ones. */
  chosen?: readonly string[] | undefined;
  sort: QueueSort;
  /** So little room that the owner is a face only. */
  isShort?: boolean;
}

const GAP = 10;
/** The box that selects, and the row's own edges. */
const SIDES = 30 + GAP + 16;
const MIN_WHY = 290;

type Sized = GridColumn<CaseRow> & { px: number; rank: number };

const SHORT = 700;
/** From here on what is put off has room for its owner's name beside what it waits for. */
const WIDE = 1000;

const all = ({ meId, isResolvedView, isSnoozedView, isShort = false }: ColumnContext): Sized[] => {
  const sized = (px: number, rank: number, column: Omit<GridColumn<CaseRow>, 'width'>): Sized => ({ ...column, width: `${px}px`, px, rank });
  return [
    ...(isResolvedView ? [] : [sized(66, 0, { id: 'due', header: t(isSnoozedView ? 'queue:column.wakes' : 'queue:column.due'), render: (row) => <Due row={row} />, signature: (row) => `${row.dueAt ?? ''} ${row.snoozedUntil ?? ''}` })]),
    {
      id: 'why',
      header: t('queue:column.why'),
      width: 'minmax(0,1fr)',
      px: 0,
      rank: 0,
      flex: true,
      render: (row) => <Why row={row} />,
      signature: (row) => `${row.rule} ${row.reason}`,
    },
    sized(84, 1, { id: 'order', header: t('queue:column.order'), render: (row) => <span translate="no" title={row.parcelCount > 1 ? t('queue:order.parcels', { count: row.parcelCount }) : undefined}>{row.orderName}</span> }),
    sized(136, 8, { id: 'customer', header: t('queue:column.customer'), render: (row) => row.customer ?? <span className="ow-dim">–</span> }),
    sized(92, 2, { id: 'country', header: t('queue:column.country'), render: (row) => (row.country ? <span title={countryName(row.country)}>{countryName(row.country)}</span> : <span className="ow-dim">–</span>) }),
    sized(78, 4, { id: 'value', header: t('queue:column.value'), align: 'right', render: (row) => money(row.value), signature: (row) => String(row.value?.minor ?? '') }),
    sized(74, 3, { id: 'promise', header: t('queue:column.promise'), render: (row) => <Promise_ row={row} />, signature: (row) => row.promisedAt ?? '' }),
    sized(104, 6, { id: 'carrier', header: t('queue:column.carrier'), render: (row) => (row.carrier ? <span translate="no">{carrierName(row.carrier)}</span> : <span className="ow-dim">–</span>) }),
    sized(84, 2, { id: 'contact', header: t('queue:column.contact'), render: (row) => <Ago at={row.contactAt} />, signature: (row) => row.contactAt ?? '' }),
    sized(84, 2, { id: 'change', header: t('queue:column.change'), render: (row) => <Ago at={row.changedAt} /> }),
    isResolvedView
      ? sized(232, 2, {
          id: 'owner',
          header: t('queue:column.resolved'),
          overflow: 'visible',
          flex: true,
          render: (row) => (
            <>
              {row.resolvedBy ? <Avatar name={row.resolvedBy} /> : null}
              <span>
                {dateText(row.resolvedAt)} · {row.outcome ?? t('queue:gone.endedByItself')}
              </span>
            </>
          ),
        })
      : sized(isShort ? 44 : 116, 2, {
          id: 'owner',
          header: t('queue:column.owner'),
          overflow: 'visible',
          flex: true,
          render: (row) => <Owner row={row} meId={meId} isShort={isShort} />,
          signature: (row) => `${row.owner?.id ?? ''} ${row.state}`,
        }),
    ...(isResolvedView ? [] : [sized(isSnoozedView ? 190 : 112, isSnoozedView ? 2 : 7, { id: 'status', header: t('queue:column.status'), render: (row) => <span className={row.state === 'new' ? 'ow-dim' : undefined} title={statusText(row)}>{statusText(row)}</span>, signature: (row) => statusText(row) })]),
    sized(64, 9, { id: 'data', header: t('queue:column.data'), render: (row) => <Data row={row} /> }),
    sized(52, 5, { id: 'age', header: t('queue:column.age'), align: 'right', render: (row) => <RelativeTime at={row.openedAt} form="age" prefix={t('queue:age.openSince')} className="ow-dim" /> }),
  ];
};

/** A column a view can be sorted by says so; what is settled stands newest first and nothing else. */
const sortable = (column: Sized, { isResolvedView, isSnoozedView }: ColumnContext): Sized => {
  const by = isResolvedView ? undefined : sorts.find((each) => sortWords[each].column === column.id);
  return by === undefined ? column : { ...column, sortTitle: t(isSnoozedView && by === 'due' ? 'queue:sortHead.waking' : sortWords[by].head) };
};

const made = new Map<string, readonly Sized[]>();

/** Columns keep their identity: when the list gets narrower, what stays in it is not drawn again for each of two hundred rows. */
const kept = (context: ColumnContext): readonly Sized[] => {
  const { meId, isResolvedView, isSnoozedView, isShort } = context;
  const key = JSON.stringify([meId, isResolvedView, isSnoozedView, isShort, currentLanguage()]);
  const columns = made.get(key) ?? all(context).map((column) => sortable(column, context));
  made.set(key, columns);
  return columns;
};

/** What is always there: what it is and until when; and of what is settled, who settled it. */
const isFixed = (id: string, isResolvedView: boolean): boolean => id === 'due' || id === 'why' || (isResolvedView && id === 'owner');

/** The columns that are wanted and fit: the reason keeps its room, the least needed ones go first. */
export const queueColumns = (width: number, context: ColumnContext): GridColumn<CaseRow>[] => {
  const wanted: readonly string[] = chosenColumns(context.chosen);
  const columns = kept({ ...context, isShort: width < SHORT || (context.isSnoozedView && width < WIDE) }).filter(({ id }) => wanted.includes(id) || isFixed(id, context.isResolvedView));
  const { column: sorted, direction } = sortWords[context.sort];
  let left = width - SIDES - MIN_WHY;
  const fitting = new Set(
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
  return columns.filter((column) => fitting.has(column.id)).map((column) => (column.id === sorted && !context.isResolvedView ? { ...column, sort: direction } : column));
};
