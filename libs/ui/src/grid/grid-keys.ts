import type { KeyboardEvent, RefObject } from 'react';
import type { GridLine } from './lines';
import { rove } from './roving';
import { columnOf, focusStop, isControl, stopAt, stopsOf } from './stops';
import type { GridSelection } from './use-selection';

interface KeysOptions {
  scroller: RefObject<HTMLElement | null>;
  lines: readonly GridLine[];
  focusedAt: number;
  tabStop: number;
  /** Lines that fit on the screen, less one. */
  page: () => number;
  selection: GridSelection | undefined;
  goTo: (index: number, column: string | null) => void;
  onToggleGroup: (groupId: string) => void;
  onOpen: ((id: string) => void) | undefined;
  onMenu: ((id: string, at: { x: number; y: number }) => void) | undefined;
  onKey: ((key: string, id: string, event: KeyboardEvent) => boolean | undefined) | undefined;
}

const isField = (target: EventTarget): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) && !target.classList.contains('ow-check');

/** Below the row's beginning, where the eye is. */
const menuPlace = (row: HTMLElement): { x: number; y: number } => {
  const box = row.getBoundingClientRect();
  return { x: box.left + 36, y: box.bottom };
};

/** The next line that is a row; heads of groups are passed over. Where there is none it stays. */
const nextRow = (lines: readonly GridLine[], from: number, step: 1 | -1): number => {
  let at = from + step;
  while (lines[at]?.kind === 'group') at += step;
  return lines[at] === undefined ? from : at;
};

/** What the keys do; answers whether one was taken. */
const press = (event: KeyboardEvent<HTMLElement>, options: KeysOptions): boolean => {
  const { scroller, lines, focusedAt, tabStop, page, selection, goTo, onToggleGroup, onOpen, onMenu, onKey } = options;
  const { key } = event;
  const line = lines[tabStop];
  if (event.ctrlKey || event.metaKey) {
    if (key.toLowerCase() !== 'a' || !selection) return false;
    selection.selectShown();
    return true;
  }
  const row = line && scroller.current?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(line.key)}"]`);
  const isOnControl = isControl(event.target);
  if (line?.kind === 'row' && row && onMenu && (key === 'ContextMenu' || (key === 'F10' && event.shiftKey))) {
    onMenu(line.key, menuPlace(row));
    return true;
  }
  if (event.shiftKey && line && selection && (key === 'ArrowDown' || key === 'ArrowUp')) {
    const to = nextRow(lines, tabStop, key === 'ArrowDown' ? 1 : -1);
    const target = lines[to];
    if (target?.kind !== 'row') return true;
    selection.extend(line.key, target.key);
    goTo(to, null);
    return true;
  }
  const stops = row ? stopsOf(row) : [];
  const at = row ? stopAt(row, stops) : null;
  const move = rove(key, {
    lineAt: focusedAt,
    lineCount: lines.length,
    stopAt: at,
    stopCount: line?.kind === 'group' ? stops.filter(isControl).length : stops.length,
    page: page(),
    isGroupOpen: line?.kind === 'group' ? line.isOpen : undefined,
    parentAt: line?.parent == null ? undefined : lines.findIndex((each) => each.key === line.parent),
    isRtl: scroller.current !== null && getComputedStyle(scroller.current).direction === 'rtl',
  });
  if (move?.to === 'line') {
    selection?.endRange();
    // Up and down inside the cells stays in the column.
    const isWalk = at !== null && move.index !== focusedAt;
    goTo(move.index, isWalk && stops[at] ? columnOf(stops[at]) : null);
    return true;
  }
  if (move?.to === 'stop') {
    const stop = stops[move.index];
    if (stop) focusStop(stop);
    return true;
  }
  if (line === undefined) return false;
  if (line.kind === 'group') {
    const isToggle = move?.to === 'toggle' || ((key === 'Enter' || key === 'o') && !isOnControl);
    if (isToggle) onToggleGroup(line.id);
    else if ((key === ' ' || key === 'x') && selection && !isOnControl) selection.toggleMany(line.rowIds);
    else return onKey?.(key, line.key, event) ?? false;
    return true;
  }
  if ((key === 'Enter' || key === 'o') && onOpen && !(isOnControl && key === 'Enter')) {
    onOpen(line.key);
    return true;
  }
  if ((key === ' ' || key === 'x') && selection && !(isOnControl && key === ' ')) {
    selection.toggle(line.key);
    return true;
  }
  if (isOnControl && (key === 'Enter' || key === ' ')) return false;
  return onKey?.(key, line.key, event) ?? false;
};

/** The keys of the list, for its `onKeyDown`. */
export const gridKeys =
  (options: KeysOptions) =>
  (event: KeyboardEvent<HTMLElement>): void => {
    if (event.nativeEvent.isComposing || event.altKey || isField(event.target)) return;
    if (press(event, options)) event.preventDefault();
  };
