import { Chip, formatDuration, RelativeTime, type GridColumn } from '@orderwatch/ui';
import { carrierName } from '../../shared/carriers';
import { money, promiseView } from '../../shared/format';
import type { Translate } from '../../shared/i18n';
import type { ShownClock } from '../../shared/shown-clock';
import type { StuckRow } from './use-stuck';

const HOUR = 3_600_000;

/** Everything here is over its limit; colour is kept for what is so several times over. */
const silenceClass = (row: StuckRow, now: number): string => {
  if (row.feedLate) return 'ow-dim';
  const times = (now - Date.parse(row.silentSince)) / (row.limitHours * HOUR);
  return times > 4 ? 'ow-red ow-strong' : times > 2 ? 'ow-amber ow-strong' : 'ow-strong';
};

type Usual = NonNullable<StuckRow['usual']>;

const basis = { lane: 'stuck:usual.lane', leg: 'stuck:usual.leg', carrier: 'stuck:usual.carrier' } as const;
type Basis = keyof typeof basis;

/** What a figure of what is usual rests on, in a sentence. */
export const usualText = ({ p90Hours, scans, of }: Usual, t: Translate): string =>
  t('stuck:usual.of', { span: formatDuration(p90Hours * HOUR), what: t(basis[of in basis ? (of as Basis) : 'carrier']), scans });

interface ColumnsInput {
  /** Pixels of the list. */
  width: number;
  /** Minutes pass slowly enough. */
  clock: ShownClock;
  meId: string;
  /** The rows' places stand in the heads of their groups. */
  isGrouped: boolean;
  t: Translate;
}

type Column = GridColumn<StuckRow> & { from?: number };

export const stuckColumns = ({ width, clock: { now, isAbsolute }, meId, isGrouped, t }: ColumnsInput): GridColumn<StuckRow>[] => {
  const all: Column[] = [
    { id: 'silent', header: t('stuck:column.silent'), width: '78px', align: 'right', render: (row) => <RelativeTime at={row.silentSince} form="age" className={silenceClass(row, now)} /> },
    { id: 'limit', header: t('stuck:column.limit'), width: '44px', align: 'right', render: (row) => <span className="ow-dim">{formatDuration(row.limitHours * HOUR)}</span> },
    {
      id: 'usual', header: t('stuck:column.usual'), width: '58px', align: 'right', from: 780,
      render: (row) => (row.usual ? <span className="ow-dim" title={usualText(row.usual, t)}>{formatDuration(row.usual.p90Hours * HOUR)}</span> : <span className="ow-dim">–</span>),
    },
    {
      id: 'scan', header: t('stuck:column.scan'), width: 'minmax(0,1fr)', flex: true,
      render: (row) => (
        <>
          {row.feedLate ? <Chip>{t('stuck:row.unknown')}</Chip> : null}
          <span translate="no">
            {row.lastScan ?? row.status}
            {row.facility && !isGrouped ? <span className="ow-dim"> · {row.facility}</span> : null}
          </span>
        </>
      ),
      second: (row) => <RelativeTime at={row.silentSince} form="ago" />,
      signature: (row) => `${row.lastScan ?? ''} ${row.silentSince} ${row.feedLate}`,
    },
    { id: 'next', header: t('stuck:column.next'), width: '92px', from: 900, render: (row) => (row.nextExpectedAt ? <RelativeTime at={row.nextExpectedAt} form="ago" className="ow-dim" /> : <span className="ow-dim">–</span>) },
    { id: 'carrier', header: t('stuck:column.carrier'), width: '84px', from: isGrouped ? 9999 : 820, render: (row) => (row.carrier ? <span translate="no">{carrierName(row.carrier)}</span> : '–') },
    { id: 'number', header: t('stuck:column.number'), width: '140px', from: 1080, render: (row) => <span className="ow-dim" translate="no">{row.number ?? '–'}</span> },
    { id: 'order', header: t('stuck:column.order'), width: '84px', render: (row) => <span translate="no">{row.orderName}</span> },
    { id: 'value', header: t('stuck:column.value'), width: '74px', align: 'right', from: 640, render: (row) => money(row.value) },
    {
      id: 'promise', header: t('stuck:column.promise'), width: '72px',
      render: (row) => {
        const { text, isOver } = promiseView(row.promisedAt, null, now, isAbsolute);
        return <span className={isOver && !row.feedLate ? 'ow-red' : undefined}>{text}</span>;
      },
    },
    {
      id: 'owner', header: t('stuck:column.owner'), width: '88px', from: 720,
      render: (row) =>
        row.caseState === 'snoozed' ? <span className="ow-dim">{t('stuck:row.snoozed')}</span> : row.owner ? (row.owner.id === meId ? t('queue:owner.you') : <span translate="no">{row.owner.name}</span>) : <span className="ow-dim">{t('queue:owner.nobody')}</span>,
      signature: (row) => `${row.owner?.id ?? ''} ${row.caseState ?? ''}`,
    },
  ];
  return all.filter((column) => (column.from ?? 0) <= width);
};
