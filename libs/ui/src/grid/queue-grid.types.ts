import type { KeyboardEvent, ReactNode } from 'react';

export interface GridColumn<Row> {
  id: string;
  header: ReactNode;
  /** A CSS grid track: "74px", "minmax(0,1fr)". */
  width: string;
  align?: 'right' | undefined;
  render: (row: Row) => ReactNode;
  /** What the cell says, as text; when it changes the cell is marked for two seconds. */
  signature?: ((row: Row) => string) | undefined;
  /** Lets rings and shadows stand out of the cell. */
  overflow?: 'visible' | undefined;
  /** Lays out chip and text in a row, the text cut. */
  flex?: boolean | undefined;
}

export interface QueueGridProps<Row> {
  /** View and sort in words: "Next up, due soonest first". */
  label: string;
  /** The held order: ids. Rendering follows this, not the cache. */
  order: readonly string[];
  rowsById: ReadonlyMap<string, Row>;
  columns: readonly GridColumn<Row>[];
  /** Rows on the server; -1 when unknown. */
  total?: number | undefined;
  focusedId: string | null;
  onFocusChange: (id: string | null) => void;
  onOpen?: ((id: string) => void) | undefined;
  /** Keys that act on the row in hand. Return true when taken. */
  onKey?: ((key: string, id: string, event: KeyboardEvent) => boolean | undefined) | undefined;
  /** Ids that have left the view; drawn in place, greyed. */
  goneIds?: ReadonlySet<string> | undefined;
  /** Renders a gone row's cell instead of the column's own, e.g. "Resolved by Ana 14:03". */
  renderGone?: ((row: Row, columnId: string) => ReactNode | undefined) | undefined;
  /** `sunken` for rows that stand for many. */
  rowTone?: ((row: Row) => 'sunken' | undefined) | undefined;
  selectedIds?: ReadonlySet<string> | undefined;
  onSelectedChange?: ((ids: ReadonlySet<string>) => void) | undefined;
  selectLabel?: ((row: Row) => string) | undefined;
  /** The header's own name for the selection column. */
  selectHeader?: string | undefined;
  onRowPointerDown?: (() => void) | undefined;
  onEndReached?: (() => void) | undefined;
  rowHeight?: number | undefined;
  /** Shown instead of rows when the order is empty. */
  empty?: ReactNode;
  /** An answer to a new question is under way; the old rows stay. */
  isRefreshing?: boolean | undefined;
}
