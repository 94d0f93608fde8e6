import './queue-grid.css';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState, type CSSProperties, type FocusEvent, type MouseEvent, type PointerEvent } from 'react';
import { useDensity, rowHeights } from '../density';
import { GridHead } from './grid-head';
import { gridKeys } from './grid-keys';
import { GridRow } from './grid-row';
import { GroupRow } from './group-row';
import { groupKey, headsAbove, linesOf } from './lines';
import type { QueueGridProps } from './queue-grid.types';
import { RowMenu } from './row-menu';
import { selectedShare } from './selection';
import { isControl } from './stops';
import { useChangedCells } from './use-changed-cells';
import { noRoom, useGridFocus, type Room } from './use-grid-focus';
import { useHeldPaths } from './use-held-paths';
import { useSelection } from './use-selection';
import { useWindow } from './use-window';

const HEAD_HEIGHT = 30;
const nobody: ReadonlySet<string> = new Set();

const rowIdOf = (target: EventTarget): string | undefined => (target instanceof Element ? target.closest<HTMLElement>('[data-row-id]')?.dataset['rowId'] : undefined);

interface OpenMenu<Row> {
  id: string;
  /** As it was when the menu was opened: the menu stays, whatever becomes of the row. */
  row: Row;
  at: { x: number; y: number };
}

/** A live list that never moves under the hand: it draws the order it is given and anchors on the row in focus. */
export const QueueGrid = <Row,>(props: QueueGridProps<Row>) => {
  const { label, order, rowsById, columns, total, focusedId, onFocusChange, onHandedOver, onOpen, onSort, onKey, rowMenu, goneIds, renderGone, rowNotes, quietIds } = props;
  const { rowTone, grouping, selectedIds, onSelectedChange, selectLabel, selectHeader, onRowPointerDown, onEndReached, empty, isRefreshing } = props;
  const density = useDensity();
  const rowHeight = props.rowHeight ?? rowHeights[density];
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const pressed = useRef<string | undefined>(undefined);
  const clicked = useRef<string | undefined>(undefined);
  const [room, setRoom] = useState<Room>(noRoom);
  const [menu, setMenu] = useState<OpenMenu<Row> | null>(null);

  const paths = useHeldPaths(order, rowsById, grouping);
  const collapsed = grouping?.collapsed ?? nobody;
  const known = grouping?.known;
  const lines = useMemo(() => linesOf({ order, pathOf: paths ? (id) => paths.get(id) ?? [] : undefined, collapsed, known }), [order, paths, collapsed, known]);
  const keys = useMemo(() => lines.map((line) => line.key), [lines]);
  const shown = useMemo(() => lines.flatMap((line) => (line.kind === 'row' ? [line.key] : [])), [lines]);
  const focusedAt = focusedId === null ? -1 : keys.indexOf(focusedId);
  const tabStop = focusedAt >= 0 ? focusedAt : 0;
  const isSelectable = onSelectedChange !== undefined;
  const marks = useChangedCells(rowsById, columns, quietIds);
  const selection = useSelection({ selectedIds, onSelectedChange, shown, goneIds });
  const headsOf = useCallback((index: number) => headsAbove(lines, index), [lines]);
  const coverOf = useCallback((index: number) => (lines[index]?.level ?? 1) - 1, [lines]);
  const drawn = useWindow({ count: keys.length, rowHeight, headHeight: HEAD_HEIGHT, roomAbove: room.above, keepAt: tabStop, headsOf, scroller });
  // What is out of sight gets other columns after what is in sight.
  const laterColumns = useDeferredValue(columns);
  const { goTo, onFocus, onBlur } = useGridFocus({ root, scroller, keys, focusedId, focusedAt, rowHeight, headHeight: HEAD_HEIGHT, room, setRoom, onFocusChange, onHandedOver, drawn, coverOf });

  useEffect(() => {
    if (onEndReached && keys.length > 0 && drawn.lastSeen >= keys.length - 10) onEndReached();
  }, [drawn.lastSeen, keys.length, onEndReached]);

  const toggleGroup = (groupId: string): void => {
    const next = new Set(collapsed);
    if (!next.delete(groupId)) next.add(groupId);
    // A head that stays in sight stands further up in the list; folded, it is to stay where it is seen.
    const view = scroller.current;
    const at = keys.indexOf(groupKey(groupId));
    const top = (at - coverOf(at)) * rowHeight + room.above;
    if (view && at >= 0 && view.scrollTop > top) view.scrollTop = top;
    grouping?.onCollapsedChange(next);
  };
  const openMenu = rowMenu
    ? (id: string, at: OpenMenu<Row>['at']): void => {
        const row = rowsById.get(id);
        if (row !== undefined) setMenu({ id, row, at });
      }
    : undefined;
  const closeMenu = useCallback(() => {
    setMenu(null);
    scroller.current?.querySelector<HTMLElement>('[data-row-id][tabindex="0"]')?.focus({ preventScroll: true });
  }, []);
  const page = (): number => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? rowHeight) - HEAD_HEIGHT) / rowHeight) - 1);
  const onKeyDown = gridKeys({ scroller, lines, focusedAt, tabStop, page, selection: isSelectable ? selection : undefined, goTo, onToggleGroup: toggleGroup, onOpen, onMenu: openMenu, onKey });

  const onPointerDown = (event: PointerEvent): void => {
    pressed.current = rowIdOf(event.target);
    if (pressed.current !== undefined) onRowPointerDown?.();
  };
  // The press decides which row is meant, whatever has moved by the time the finger is lifted.
  const onClick = (event: MouseEvent): void => {
    const id = pressed.current ?? rowIdOf(event.target);
    pressed.current = undefined;
    clicked.current = id;
    if (id === undefined) return;
    const isBox = event.target instanceof Element && event.target.matches('.ow-check');
    if (isSelectable && rowsById.has(id) && event.shiftKey) {
      selection.extend(focusedId ?? id, id);
      // What the browser marked as text on the way is not what was meant.
      getSelection()?.removeAllRanges();
    } else if (isSelectable && rowsById.has(id) && (isBox || event.ctrlKey || event.metaKey)) selection.toggle(id);
    else selection.endRange();
    if (id !== focusedId) onFocusChange(id);
  };
  const onDoubleClick = (event: MouseEvent): void => {
    if (isControl(event.target)) return;
    const id = clicked.current ?? rowIdOf(event.target);
    const line = lines.find((each) => each.key === id);
    if (line?.kind === 'group') toggleGroup(line.id);
    else if (line) onOpen?.(line.key);
  };
  const onContextMenu = (event: MouseEvent): void => {
    const id = rowIdOf(event.target);
    if (!openMenu || event.shiftKey || id === undefined || !rowsById.has(id)) return;
    event.preventDefault();
    if (menu) return;
    pressed.current = undefined;
    if (id !== focusedId) onFocusChange(id);
    openMenu(id, { x: event.clientX, y: event.clientY });
  };
  // By Tab, or by a screen reader that goes its own ways: the line that has the keyboard is the one in hand. A press waits for its click.
  const onFocusIn = (event: FocusEvent): void => {
    onFocus();
    const id = rowIdOf(event.target);
    if (pressed.current === undefined && id !== undefined && id !== focusedId) onFocusChange(id);
  };

  const style = useMemo(() => ({ '--row-h': `${rowHeight}px` }) as CSSProperties, [rowHeight]);
  const share = useMemo(() => (isSelectable ? selectedShare(selectedIds ?? nobody, shown.filter((id) => !goneIds?.has(id))) : 'none'), [isSelectable, selectedIds, shown, goneIds]);
  const rowsOnServer = total === undefined ? order.length : Math.max(total, order.length);
  // What is folded away is counted by its head.
  const rowCount = total !== undefined && total < 0 ? -1 : rowsOnServer - order.length + keys.length + 1;
  const columnCount = columns.length + (isSelectable ? 1 : 0);
  return (
    <>
      <div
        className="ow-grid"
        ref={root}
        role={grouping ? 'treegrid' : 'grid'}
        aria-label={label}
        aria-rowcount={rowCount}
        aria-colcount={columnCount}
        aria-multiselectable={isSelectable || undefined}
        aria-busy={isRefreshing || undefined}
        tabIndex={keys.length === 0 ? 0 : -1}
        style={style}
        onKeyDown={(event) => {
          pressed.current = undefined;
          onKeyDown(event);
        }}
        onPointerDown={onPointerDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onContextMenu={onContextMenu}
        onFocus={onFocusIn}
        onBlur={onBlur}
      >
        {isRefreshing ? <div className="ow-progress" role="presentation" /> : null}
        <div className="ow-grid-scroll" ref={scroller} role="presentation">
          <GridHead columns={columns} isSelectable={isSelectable} selectHeader={selectHeader} share={share} isDimmed={isRefreshing ?? false} onSelectShown={() => selection.toggleMany(shown)} onSort={onSort} />
          {keys.length === 0 ? (
            // A grid holds nothing but rows; what is said instead of them stands in one that is not counted.
            <div role="rowgroup" className="ow-grid-empty">
              <div role="row" className="ow-grid-empty" data-empty>
                <div role="gridcell" className="ow-grid-empty" aria-colspan={columnCount}>
                  {empty}
                </div>
              </div>
            </div>
          ) : (
            <>
              {room.above > 0 ? <div role="presentation" style={{ height: room.above }} /> : null}
              <div role="rowgroup" className="ow-rows" data-all={drawn.isAll || undefined} style={{ height: keys.length * rowHeight }}>
                {drawn.indices.map((index, i) => {
                  const line = lines[index];
                  if (line === undefined) return null;
                  const skipped = index - ((drawn.indices[i - 1] ?? -1) + 1);
                  const place = { index, gap: skipped > 0 ? skipped * rowHeight : undefined, isCurrent: line.key === focusedId, isTabStop: index === tabStop };
                  if (line.kind === 'group') {
                    return grouping ? (
                      <GroupRow key={line.key} {...place} lineKey={line.key} groupId={line.id} head={grouping.headOf(line.id)} rows={line.rowIds.length} level={line.level} isOpen={line.isOpen} columnCount={columnCount} onToggle={toggleGroup} />
                    ) : null;
                  }
                  const row = rowsById.get(line.key);
                  if (row === undefined) return null;
                  const isGone = goneIds?.has(line.key) ?? false;
                  return (
                    <GridRow
                      key={line.key}
                      {...place}
                      id={line.key}
                      row={row}
                      columns={drawn.isNear(index) ? columns : laterColumns}
                      isGone={isGone}
                      isRoomy={density === 'roomy'}
                      level={grouping ? line.level : undefined}
                      renderGone={isGone ? renderGone : undefined}
                      note={rowNotes?.get(line.key)}
                      tone={rowTone?.(row)}
                      isSelected={isSelectable ? (selectedIds?.has(line.key) ?? false) : undefined}
                      selectLabel={selectLabel}
                      marks={marks}
                    />
                  );
                })}
              </div>
              {room.below > 0 ? <div role="presentation" style={{ height: room.below }} /> : null}
            </>
          )}
        </div>
      </div>
      {menu && rowMenu ? <RowMenu label={label} items={rowMenu(rowsById.get(menu.id) ?? menu.row)} at={menu.at} onClose={closeMenu} /> : null}
    </>
  );
};
