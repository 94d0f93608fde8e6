import type { ReactNode } from 'react';
import type { GridColumn } from './queue-grid.types';

interface GridRowProps<Row> {
  id: string;
  row: Row;
  index: number;
  top: number;
  columns: readonly GridColumn<Row>[];
  isCurrent: boolean;
  isTabStop: boolean;
  isGone: boolean;
  renderGone?: ((row: Row, columnId: string) => ReactNode | undefined) | undefined;
  tone?: 'sunken' | undefined;
  /** Undefined when the list has no selection. */
  isSelected?: boolean | undefined;
  onToggle?: ((id: string) => void) | undefined;
  selectLabel?: string | undefined;
  changed: ReadonlySet<string>;
}

const classOf = <Row,>(column: GridColumn<Row>): string | undefined => {
  const names = [column.align ? 'ow-num' : '', column.flex ? 'ow-cell-flex' : '', column.overflow ? 'ow-cell-visible' : ''];
  return names.filter(Boolean).join(' ') || undefined;
};

export const GridRow = <Row,>(props: GridRowProps<Row>) => {
  const { id, row, index, top, columns, isCurrent, isTabStop, isGone, renderGone, tone, isSelected, onToggle, selectLabel, changed } = props;
  const hasSelection = onToggle !== undefined;
  const isChanged = columns.some((column) => changed.has(`${id}/${column.id}`));
  return (
    <div
      className="ow-row"
      role="row"
      data-body
      data-row-id={id}
      data-gone={isGone || undefined}
      data-changed={(isChanged && !isCurrent) || undefined}
      data-tone={tone}
      aria-rowindex={index + 2}
      aria-current={isCurrent || undefined}
      aria-selected={isSelected}
      aria-disabled={isGone || undefined}
      tabIndex={isTabStop ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
    >
      {hasSelection ? (
        <span role="gridcell" aria-colindex={1} className="ow-cell-visible">
          <input
            type="checkbox"
            className="ow-check"
            tabIndex={-1}
            aria-label={selectLabel ?? id}
            checked={isSelected ?? false}
            disabled={isGone}
            onChange={() => onToggle(id)}
          />
        </span>
      ) : (
        <span role="presentation" />
      )}
      {columns.map((column, i) => (
        <span
          key={column.id}
          role="gridcell"
          aria-colindex={i + (hasSelection ? 2 : 1)}
          className={classOf(column)}
          data-cell-changed={changed.has(`${id}/${column.id}`) || undefined}
        >
          {(isGone ? renderGone?.(row, column.id) : undefined) ?? column.render(row)}
        </span>
      ))}
    </div>
  );
};
