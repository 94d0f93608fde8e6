import { Chip, DataTable, Dot, RelativeTime, type DataColumn, formatCount } from '@orderwatch/ui';
import { useText, type Translate } from '../../shared/i18n';
import type { Source } from './api';
import { Sparkline } from './sparkline';
import { bySeverity, lagText, stateLook } from './words';

const isQuiet = (source: Source): boolean => source.state === 'silent' || source.state === 'late';
const isUnder = (source: Source): boolean => isQuiet(source) || source.eventsLastHour < source.usualPerHour * 0.5;

const age = (at: string | null, isAmber: boolean, t: Translate): React.ReactNode => (at ? <RelativeTime at={at} form="age" className={isAmber ? 'ow-amber ow-strong' : undefined} /> : <span className="ow-dim">{t('health:never')}</span>);

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

const columns = (t: Translate): readonly DataColumn<Source>[] => [
  { id: 'source', header: t('health:column.source'), width: 150, isRowHeader: true, render: (row) => <span translate="no" title={row.connection}>{row.label}</span> },
  { id: 'state', header: t('health:column.state'), width: 92, render: (row) => <State state={row.state} /> },
  { id: 'received', header: t('health:column.received'), width: 84, align: 'right', render: (row) => age(row.lastReceivedAt, isQuiet(row), t) },
  { id: 'occurred', header: t('health:column.occurred'), width: 84, align: 'right', render: (row) => age(row.lastOccurredAt, row.state === 'silent', t) },
  { id: 'lag', header: t('health:column.lag'), width: 110, align: 'right', render: (row) => lagText(row.lagP50Seconds, row.lagP95Seconds) },
  {
    id: 'usual',
    header: t('health:column.usual'),
    width: 100,
    render: (row) => <Sparkline values={row.hourly} usual={row.usualPerHour} isLow={isQuiet(row)} label={t('health:spark', { n: Math.round(row.usualPerHour) })} />,
  },
  {
    id: 'events',
    header: t('health:column.events'),
    width: 112,
    align: 'right',
    render: (row) => (
      <>
        <span className={isUnder(row) && row.usualPerHour > 0 ? 'ow-amber ow-strong' : 'ow-strong'}>{formatCount(row.eventsLastHour)}</span> {row.usualPerHour > 0 ? <span className="ow-dim ow-small">{t('health:ofUsual', { n: formatCount(Math.round(row.usualPerHour)) })}</span> : null}
      </>
    ),
  },
  { id: 'refused', header: t('health:column.refused'), width: 100, align: 'right', render: (row) => count(row.rejectedSignatures) },
  {
    id: 'dead',
    header: t('health:column.dead'),
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
  { id: 'unmapped', header: t('health:column.unmapped'), width: 78, align: 'right', render: (row) => count(row.unmapped) },
  { id: 'unused', header: t('health:column.unused'), width: 76, align: 'right', render: (row) => count(row.notUsed) },
  { id: 'held', header: t('health:column.held'), width: 96, align: 'right', render: (row) => count(row.ordersHeld) },
];

export const SourcesTable = ({ sources }: { sources: readonly Source[] }) => {
  const t = useText();
  return <DataTable label={t('health:sources')} columns={columns(t)} rows={bySeverity(sources)} rowKey={(row) => row.connection} />;
};
