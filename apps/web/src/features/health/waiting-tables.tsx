import { Chip, DataTable, RelativeTime, type DataColumn, formatCount } from '@orderwatch/ui';
import { useText, type Translate } from '../../shared/i18n';
import type { Health } from './api';
import { codeWords, handleWords } from './words';

type Unlinked = Health['unlinked'][number];
type NotUsed = Health['notUsed'][number];

const unlinkedColumns = (t: Translate): readonly DataColumn<Unlinked>[] => [
  { id: 'handle', header: t('health:column.number'), isRowHeader: true, render: (row) => <span translate="no" title={row.handle}>{handleWords(row.handle)}</span> },
  { id: 'source', header: t('health:column.source'), width: 84, render: (row) => <span translate="no" className="ow-dim">{row.source}</span> },
  { id: 'status', header: t('health:column.status'), width: 190, render: (row) => (row.lastStatus ? <span translate="no" title={row.lastStatus}>{codeWords(row.lastStatus)}</span> : '–') },
  { id: 'events', header: t('health:column.eventCount'), width: 56, align: 'right', render: (row) => formatCount(row.events) },
  { id: 'age', header: t('health:column.waiting'), width: 66, align: 'right', render: (row) => <RelativeTime at={row.firstReceivedAt} form="age" /> },
  { id: 'overdue', header: t('health:column.overdue'), width: 92, render: (row) => (row.overdue ? <Chip tone="amber">{t('health:unlinked.overdue')}</Chip> : null) },
];

const notUsedColumns = (t: Translate): readonly DataColumn<NotUsed>[] => [
  { id: 'topic', header: t('health:column.topic'), isRowHeader: true, render: (row) => <span translate="no">{row.topic}</span> },
  { id: 'source', header: t('health:column.source'), width: 110, render: (row) => <span translate="no" className="ow-dim">{row.source}</span> },
  { id: 'count', header: t('health:column.deliveries'), width: 84, align: 'right', render: (row) => formatCount(row.count) },
  { id: 'last', header: t('health:column.last'), width: 84, align: 'right', render: (row) => <RelativeTime at={row.lastAt} form="age" /> },
];

interface PartProps<Row> {
  title: string;
  why: string;
  none: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

const Part = <Row,>({ title, why, none, columns, rows, rowKey }: PartProps<Row>) => (
  <section className="hl-part" aria-label={title}>
    <header>
      <h2>{title}</h2>
      <span className="ow-dim">{why}</span>
    </header>
    {rows.length === 0 ? <p className="hl-none">{none}</p> : <DataTable label={title} columns={columns} rows={rows} rowKey={rowKey} />}
  </section>
);

export const UnlinkedTable = ({ rows }: { rows: Health['unlinked'] }) => {
  const t = useText();
  return <Part title={t('health:unlinked')} why={t('health:unlinked.why')} none={t('health:unlinked.none')} columns={unlinkedColumns(t)} rows={rows} rowKey={(row) => row.id} />;
};

export const NotUsedTable = ({ rows }: { rows: Health['notUsed'] }) => {
  const t = useText();
  return <Part title={t('health:notUsed')} why={t('health:notUsed.why')} none={t('health:notUsed.none')} columns={notUsedColumns(t)} rows={rows} rowKey={(row) => `${row.connection} ${row.topic}`} />;
};
