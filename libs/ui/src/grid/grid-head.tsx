import { useEffect, useRef } from 'react';
import type { GridColumn } from './queue-grid.types';
import { tracksOf } from './tracks';

interface GridHeadProps<Row> {
  columns: readonly GridColumn<Row>[];
  isSelectable: boolean;
  selectHeader: string | undefined;
  /** Of what is shown. */
  share: 'all' | 'some' | 'none';
  isDimmed: boolean;
  onSelectShown: () => void;
  onSort: ((columnId: string) => void) | undefined;
}

/** The box over the column of boxes: all that is shown. By keyboard it is Ctrl+A, so it is no stop of the Tab key. */
const AllBox = ({ share, label, onChange }: { share: GridHeadProps<unknown>['share']; label: string; onChange: () => void }) => {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = share === 'some';
  }, [share]);
  return <input ref={box} type="checkbox" className="ow-check" tabIndex={-1} aria-label={label} title={label} checked={share === 'all'} onChange={onChange} />;
};

/** Sorts by its column. The list is one stop of the Tab key, and the keyboard stays on its row: this is for the hand, and for a screen reader's own press. */
const SortButton = ({ column, onSort }: { column: GridColumn<never>; onSort: (columnId: string) => void }) => (
  <button type="button" className="ow-sort" tabIndex={-1} title={column.sortTitle} onPointerDown={(event) => event.preventDefault()} onMouseDown={(event) => event.preventDefault()} onClick={() => onSort(column.id)}>
    {column.header}
  </button>
);

export const GridHead = <Row,>({ columns, isSelectable, selectHeader, share, isDimmed, onSelectShown, onSort }: GridHeadProps<Row>) => (
  <div className="ow-grid-head" role="rowgroup">
    <div className="ow-row" data-head role="row" aria-rowindex={1} style={{ gridTemplateColumns: tracksOf(columns, isSelectable), opacity: isDimmed ? 0.6 : undefined }}>
      {isSelectable ? (
        <span role="columnheader" aria-colindex={1} className="ow-cell-visible">
          <AllBox share={share} label={selectHeader ?? ''} onChange={onSelectShown} />
        </span>
      ) : (
        <span role="presentation" />
      )}
      {columns.map((column, i) => (
        <span key={column.id} role="columnheader" aria-colindex={i + (isSelectable ? 2 : 1)} aria-sort={column.sort} className={column.align ? 'ow-num' : undefined}>
          {onSort && column.sortTitle ? <SortButton column={column} onSort={onSort} /> : column.header}
        </span>
      ))}
    </div>
  </div>
);
