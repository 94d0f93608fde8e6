import { Chip, DataTable, Dot, RelativeTime, type DataColumn, formatCount } from '@orderwatch/ui';
import type { Source } from './api';
import { Sparkline } from './sparkline';
import { bySeverity, lagText, stateLook } from './words';

const isQuiet = (source: Source): boolean => source.state === 'silent' || source.state === 'late';
const isUnder = (source: Source): boolean => isQuiet(source) || source.eventsLastHour < source.usualPerHour * 0.5;

const age = (at: string | null, isAmber: boolean): React.ReactNode => (at ? <RelativeTime at={at} form="age" className={isAmber ? 'ow-amber ow-strong' : undefined} /> : <span className="ow-dim">never</span>);

const count = (n: number): React.ReactNode => <span className={n === 0 ? 'ow-dim' : 'ow-strong'}>{formatCount(n)}</span>;

const State = ({ state }: { state: string }) => {
  const { label, tone } = stateLook(state);
  return tone === undefined ? (
    <span className="hl-ok">
      <Dot /> {label}
    </span>
  ) : (
    <Chip tone={tone}>{label}</Chip>
  );
};

const columns: readonly DataColumn<Source>[] = [
  { id: 'source', header: 'Source', width: 150, isRowHeader: true, render: (row) => <span title={row.connection}>{row.label}</span> },
  { id: 'state', header: 'State', width: 92, render: (row) => <State state={row.state} /> },
  { id: 'received', header: 'Received', width: 84, align: 'right', render: (row) => age(row.lastReceivedAt, isQuiet(row)) },
  { id: 'occurred', header: 'Occurred', width: 84, align: 'right', render: (row) => age(row.lastOccurredAt, row.state === 'silent') },
  { id: 'lag', header: 'Lag P50 / P95', width: 110, align: 'right', render: (row) => lagText(row.lagP50Seconds, row.lagP95Seconds) },
  {
    id: 'usual',
    header: '24 h vs usual',
    width: 100,
    render: (row) => <Sparkline values={row.hourly} usual={row.usualPerHour} isLow={isQuiet(row)} label={`Events per hour over the last day, usually ${Math.round(row.usualPerHour)}`} />,
  },
  {
    id: 'events',
    header: 'Events/h',
    width: 112,
    align: 'right',
    render: (row) => (
      <>
        <span className={isUnder(row) && row.usualPerHour > 0 ? 'ow-amber ow-strong' : 'ow-strong'}>{formatCount(row.eventsLastHour)}</span> {row.usualPerHour > 0 ? <span className="ow-dim ow-small">of {formatCount(Math.round(row.usualPerHour))}</span> : null}
      </>
    ),
  },
  { id: 'refused', header: 'Bad signatures', width: 100, align: 'right', render: (row) => count(row.rejectedSignatures) },
  {
    id: 'dead',
    header: 'Dead letters',
    width: 100,
    align: 'right',
    render: (row) =>
      row.deadLetters === 0 ? (
        count(0)
      ) : (
        <>
          {count(row.deadLetters)}
          {row.oldestDeadLetterAt ? (
            <>
              {' · '}
              <RelativeTime at={row.oldestDeadLetterAt} form="age" />
            </>
          ) : null}
        </>
      ),
  },
  { id: 'unmapped', header: 'Unmapped', width: 78, align: 'right', render: (row) => count(row.unmapped) },
  { id: 'unused', header: 'Not used', width: 76, align: 'right', render: (row) => count(row.notUsed) },
  { id: 'held', header: 'Orders held', width: 96, align: 'right', render: (row) => count(row.ordersHeld) },
];

export const SourcesTable = ({ sources }: { sources: readonly Source[] }) => <DataTable label="Sources, what needs a person first" columns={columns} rows={bySeverity(sources)} rowKey={(row) => row.connection} />;
