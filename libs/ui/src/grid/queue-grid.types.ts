import type { KeyboardEvent, ReactNode } from 'react';
import type { RowMenuItem } from './row-menu';

export interface GridColumn<Row> {
  id: string;
  header: ReactNode;
  /** A CSS grid track: "74px", "minmax(0,1fr)". */
  width: string;
  align?: 'right' | undefined;
  /** Plain elements only: one component of a library per cell is what makes a long list stutter. */
  render: (row: Row) => ReactNode;
  /** A second line of the cell, drawn where rows are roomy: the carrier's own words, say. */
  second?: ((row: Row) => ReactNode) | undefined;
  /** What the cell says, as text; when it changes the cell is marked for two seconds. */
  signature?: ((row: Row) => string) | undefined;
  /** Lets rings and shadows stand out of the cell. */
  overflow?: 'visible' | undefined;
  /** Lays out chip and text in a row, the text cut. */
  flex?: boolean | undefined;
  /** The list is sorted by this column. */
  sort?: 'ascending' | 'descending' | undefined;
  /** The list can be sorted by this column: what a press of its head does, "Highest value first". */
  sortTitle?: string | undefined;
}

/** What the head of a group says. */
export interface GroupHead {
  label: ReactNode;
  /** Rows of the group on the server; those that are drawn are counted when it is not given. */
  count?: number | undefined;
  /** In words: "12 breached". */
  breached?: string | undefined;
  /** In words: "€18 240 at risk". */
  atRisk?: string | undefined;
  /** At the end of the head, e.g. a button that claims the next one of the group. */
  action?: ReactNode;
}

export interface GridGrouping<Row> {
  /** What is grouped by: "carrier". Another one lays the groups out anew. */
  by: string;
  /** Ids of the groups a row is in, outermost first. Ids are unique over all levels. */
  pathOf: (row: Row) => readonly string[];
  headOf: (groupId: string) => GroupHead;
  collapsed: ReadonlySet<string>;
  onCollapsedChange: (collapsed: ReadonlySet<string>) => void;
  /** Groups shown even before one of their rows has been read. Keep its identity while nothing changes. */
  known?: readonly (readonly string[])[] | undefined;
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
  /** The line in hand: a row's id, or `groupKey` of a group. */
  focusedId: string | null;
  onFocusChange: (id: string | null) => void;
  /** The row in hand went away and another has taken over: worth a sentence. */
  onHandedOver?: ((to: string | null, from: string) => void) | undefined;
  onOpen?: ((id: string) => void) | undefined;
  /** The head of a column that has a `sortTitle` was pressed. */
  onSort?: ((columnId: string) => void) | undefined;
  /** Keys that act on the row in hand. Return true when taken. */
  onKey?: ((key: string, id: string, event: KeyboardEvent) => boolean | undefined) | undefined;
  /** The menu of a row (Shift+F10, menu key, right click). */
  rowMenu?: ((row: Row) => readonly RowMenuItem[]) | undefined;
  /** Ids that have left the view; drawn in place, greyed. */
  goneIds?: ReadonlySet<string> | undefined;
  /** Renders a gone row's cell instead of the column's own, e.g. "Resolved by Ana 14:03". */
  renderGone?: ((row: Row, columnId: string) => ReactNode | undefined) | undefined;
  /** What an act on a row came to when it was not as wished: "Ana claimed this 4 s ago". Told on the row, never in a dialog. */
  rowNotes?: ReadonlyMap<string, ReactNode> | undefined;
  /** Rows one has just changed oneself: their cells are not marked as news. */
  quietIds?: ReadonlySet<string> | undefined;
  /** `sunken` for rows that stand for many. */
  rowTone?: ((row: Row) => 'sunken' | undefined) | undefined;
  grouping?: GridGrouping<Row> | undefined;
  selectedIds?: ReadonlySet<string> | undefined;
  onSelectedChange?: ((ids: ReadonlySet<string>) => void) | undefined;
  /** Keep its identity while the language is the same: another one draws all rows again. */
  selectLabel?: ((row: Row) => string) | undefined;
  /** The header's own name for the selection column: "Select all shown". */
  selectHeader?: string | undefined;
  onRowPointerDown?: (() => void) | undefined;
  onEndReached?: (() => void) | undefined;
  /** Pixels; without it the density decides. */
  rowHeight?: number | undefined;
  /** Shown instead of rows when the order is empty. */
  empty?: ReactNode;
  /** An answer to a new question is under way; the old rows stay. */
  isRefreshing?: boolean | undefined;
}
