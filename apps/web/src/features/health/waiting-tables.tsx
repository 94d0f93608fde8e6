import { Chip, DataTable, RelativeTime, type DataColumn, formatCount } from '@orderwatch/ui';
import type { Health } from './api';
import { codeWords, handleWords } from './words';

type Unlinked = Health['unlinked'][number];
type NotUsed = Health['notUsed'][number];

const unlinkedColumns: readonly DataColumn<Unlinked>[] = [
  { id: 'handle', header: 'Number', isRowHeader: true, render: (row) => <span title={row.handle}>{handleWords(row.handle)}</span> },
  { id: 'source', header: 'Source', width: 84, render: (row) => <span className="ow-dim">{row.source}</span> },
  { id: 'status', header: 'Last status', width: 190, render: (row) => (row.lastStatus ? <span title={row.lastStatus}>{codeWords(row.lastStatus)}</span> : '–') },
  { id: 'events', header: 'Events', width: 56, align: 'right', render: (row) => formatCount(row.events) },
  { id: 'age', header: 'Waiting', width: 66, align: 'right', render: (row) => <RelativeTime at={row.firstReceivedAt} form="age" /> },
  { id: 'overdue', header: 'Overdue', width: 92, render: (row) => (row.overdue ? <Chip tone="amber">Over 24 h</Chip> : null) },
];

const notUsedColumns: readonly DataColumn<NotUsed>[] = [
  { id: 'topic', header: 'Topic', isRowHeader: true, render: (row) => row.topic },
  { id: 'source', header: 'Source', width: 110, render: (row) => <span className="ow-dim">{row.source}</span> },
  { id: 'count', header: 'Deliveries', width: 84, align: 'right', render: (row) => formatCount(row.count) },
  { id: 'last', header: 'Last', width: 84, align: 'right', render: (row) => <RelativeTime at={row.lastAt} form="age" /> },
];

export const UnlinkedTable = ({ rows }: { rows: Health['unlinked'] }) => (
  <section className="hl-part" aria-label="Waiting for their order">
    <header>
      <h2>Waiting for their order</h2>
      <span className="ow-dim">Understood, but nobody has named the order yet</span>
    </header>
    {rows.length === 0 ? <p className="hl-none">Every event belongs to an order.</p> : <DataTable label="Waiting for their order" columns={unlinkedColumns} rows={rows} rowKey={(row) => row.id} />}
  </section>
);

export const NotUsedTable = ({ rows }: { rows: Health['notUsed'] }) => (
  <section className="hl-part" aria-label="Kept, not used">
    <header>
      <h2>Kept, not used</h2>
      <span className="ow-dim">Genuine, but nothing here reads it</span>
    </header>
    {rows.length === 0 ? <p className="hl-none">Everything that came is used.</p> : <DataTable label="Kept, not used" columns={notUsedColumns} rows={rows} rowKey={(row) => `${row.connection} ${row.topic}`} />}
  </section>
);
