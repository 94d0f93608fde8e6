import './charts.css';
import { useState, type ReactNode } from 'react';
import { DataTable, type DataColumn } from '../primitives/data-table';
import { useWords } from '../words';

export interface ChartTable {
  head: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[]; drill?: (() => void) | undefined }[];
}

export interface ChartFrameProps {
  title: string;
  /** What is counted, in three words. */
  def?: string | undefined;
  /** One sentence of reading: what the picture says. */
  summary: string;
  /** "6 284 rows": opens everything behind the picture. */
  rowsLabel?: string | undefined;
  onRows?: (() => void) | undefined;
}

interface FrameProps extends ChartFrameProps {
  table: ChartTable;
  /** Said instead of a picture when there is nothing to draw. */
  empty?: string | undefined;
  children: ReactNode;
}

type Row = ChartTable['rows'][number];

const columnsOf = (head: readonly string[]): DataColumn<Row>[] =>
  head.map((header, i) => ({
    id: String(i),
    header,
    align: i === 0 ? undefined : ('right' as const),
    isRowHeader: i === 0,
    render: (row) => row.cells[i],
  }));

/** Every chart: a sentence first, the picture, and the same figures as a table. */
export const ChartFrame = ({ title, def, summary, rowsLabel, onRows, table, empty, children }: FrameProps) => {
  const words = useWords();
  const [isTable, setTable] = useState(false);
  const hasDrill = table.rows.some((row) => row.drill);
  return (
    <section className="ow-chart" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {def === undefined ? null : <span className="ow-chart-def">{def}</span>}
        <span className="ow-spacer" />
        <button type="button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? words.chart : words.table}
        </button>
        {rowsLabel && onRows ? (
          <button type="button" data-rows onClick={onRows}>
            {rowsLabel} <span aria-hidden="true">→</span>
          </button>
        ) : null}
      </header>
      <p className="ow-chart-read">{summary}</p>
      {table.rows.length === 0 ? (
        <p className="ow-chart-none">{empty}</p>
      ) : isTable ? (
        <div className="ow-chart-table">
          <DataTable
            label={title}
            columns={columnsOf(table.head)}
            rows={table.rows}
            rowKey={(row) => row.key}
            {...(hasDrill ? { onSelect: (row: Row) => row.drill?.() } : {})}
          />
        </div>
      ) : (
        children
      )}
    </section>
  );
};
