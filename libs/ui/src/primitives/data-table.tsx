import './primitives.css';
import type { ReactNode } from 'react';

export interface DataColumn<Row> {
  id: string;
  header: ReactNode;
  width?: number | undefined;
  align?: 'right' | undefined;
  render: (row: Row) => ReactNode;
  /** The column that names the row, read before every cell. */
  isRowHeader?: boolean | undefined;
}

interface DataTableProps<Row> {
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  selectedKey?: string | null | undefined;
  onSelect?: ((row: Row) => void) | undefined;
}

/** A plain table for short, read-only lists: find-in-page, print and screen readers just work. */
export const DataTable = <Row,>({ label, columns, rows, rowKey, selectedKey, onSelect }: DataTableProps<Row>) => (
  <table className="ow-table" aria-label={label}>
    <colgroup>
      {columns.map((column) => (
        <col key={column.id} style={column.width ? { width: column.width } : undefined} />
      ))}
    </colgroup>
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column.id} scope="col" className={column.align ? 'ow-num' : undefined}>
            {column.header}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => {
        const key = rowKey(row);
        return (
          <tr
            key={key}
            aria-selected={onSelect ? key === selectedKey : undefined}
            data-clickable={onSelect ? true : undefined}
            tabIndex={onSelect ? 0 : undefined}
            onClick={onSelect ? () => onSelect(row) : undefined}
            onKeyDown={
              onSelect
                ? (event) => {
                    if (event.key === 'Enter' && event.target === event.currentTarget) onSelect(row);
                  }
                : undefined
            }
          >
            {columns.map((column) =>
              column.isRowHeader ? (
                <th key={column.id} scope="row">
                  {column.render(row)}
                </th>
              ) : (
                <td key={column.id} className={column.align ? 'ow-num' : undefined}>
                  {column.render(row)}
                </td>
              ),
            )}
          </tr>
        );
      })}
    </tbody>
  </table>
);
