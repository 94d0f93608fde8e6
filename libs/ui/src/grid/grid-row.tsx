import { memo, useCallback, useLayoutEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import type { ChangedCells } from './changed-cells';
import { tameControls } from './stops';
import type { GridColumn } from './queue-grid.types';
import { tracksOf } from './tracks';

interface GridRowProps<Row> {
  id: string;
  row: Row;
  index: number;
  /** Pixels of the lines above it that are not in the document. */
  gap: number | undefined;
  columns: readonly GridColumn<Row>[];
  isCurrent: boolean;
  isTabStop: boolean;
  isGone: boolean;
  isRoomy: boolean;
  /** Depth in a tree; undefined in a plain grid. */
  level?: number | undefined;
  renderGone?: ((row: Row, columnId: string) => ReactNode | undefined) | undefined;
  note?: ReactNode;
  tone?: 'sunken' | undefined;
  /** Undefined when the list has no selection. */
  isSelected?: boolean | undefined;
  selectLabel?: ((row: Row) => string) | undefined;
  marks: ChangedCells;
}

/** The list sees every click, because a click with Shift or Ctrl means more than this one box. */
const takenByList = (): void => undefined;

const classOf = <Row,>(column: GridColumn<Row>, isNoted: boolean): string | undefined => {
  const names = [column.align ? 'ow-num' : '', column.flex ? 'ow-cell-flex' : '', column.overflow ? 'ow-cell-visible' : '', isNoted ? 'ow-cell-noted' : ''];
  return names.filter(Boolean).join(' ') || undefined;
};

const Content = <Row,>({ row, column, isGone, renderGone, isRoomy, note }: Pick<GridRowProps<Row>, 'row' | 'isGone' | 'renderGone' | 'isRoomy' | 'note'> & { column: GridColumn<Row> }) => {
  const content = (isGone ? renderGone?.(row, column.id) : undefined) ?? column.render(row);
  const second = isRoomy && !isGone ? column.second?.(row) : undefined;
  return (
    <>
      {second === undefined || second === null ? (
        content
      ) : (
        <span className="ow-two">
          <span className={column.flex ? 'ow-cell-flex' : undefined}>{content}</span>
          <small>{second}</small>
        </span>
      )}
      {note === undefined ? null : <span className="ow-row-note" title={typeof note === 'string' ? note : undefined}>{note}</span>}
    </>
  );
};

/** Where the columns keep their identity a row that is marked, or gets another column beside, makes no other cell anew. */
const Cell = memo(Content) as typeof Content;

const Row = <R,>(props: GridRowProps<R>) => {
  const { id, row, index, gap, columns, isCurrent, isTabStop, isGone, isRoomy, level, renderGone, note, tone, isSelected, selectLabel, marks } = props;
  const element = useRef<HTMLDivElement>(null);
  const hasSelection = isSelected !== undefined;
  const changed = useSyncExternalStore(useCallback((listener: () => void) => marks.subscribe(id, listener), [marks, id]), () => marks.of(id));
  const changedIds = changed === '' ? [] : changed.split(' ');
  const noted = note === undefined ? undefined : (columns.find((column) => column.flex) ?? columns[0])?.id;
  // The list is one stop of the Tab key: what a cell brings along is reached with the arrows.
  useLayoutEffect(() => {
    if (element.current) tameControls(element.current);
  });
  return (
    <div
      ref={element}
      className="ow-row"
      role="row"
      data-body
      data-row-id={id}
      data-gone={isGone || undefined}
      data-changed={(changedIds.length > 0 && !isCurrent) || undefined}
      data-noted={note === undefined ? undefined : true}
      data-tone={tone}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-current={isCurrent || undefined}
      aria-selected={isSelected}
      aria-disabled={isGone || undefined}
      tabIndex={isTabStop ? 0 : -1}
      style={{ gridTemplateColumns: tracksOf(columns, hasSelection), marginTop: gap }}
    >
      {hasSelection ? (
        <span role="gridcell" aria-colindex={1} className="ow-cell-visible">
          <input type="checkbox" className="ow-check" tabIndex={-1} aria-label={selectLabel?.(row) ?? id} checked={isSelected} disabled={isGone && !isSelected} onChange={takenByList} />
        </span>
      ) : (
        <span role="presentation" />
      )}
      {columns.map((column, i) => (
        <span
          key={column.id}
          role="gridcell"
          aria-colindex={i + (hasSelection ? 2 : 1)}
          className={classOf(column, column.id === noted)}
          data-cell-changed={changedIds.includes(column.id) || undefined}
        >
          <Cell row={row} column={column} isGone={isGone} renderGone={renderGone} isRoomy={isRoomy} note={column.id === noted ? note : undefined} />
        </span>
      ))}
    </div>
  );
};

/** Renders again only when something of this very row is new: a change of one row among thousands costs one row. */
export const GridRow = memo(Row) as typeof Row;
