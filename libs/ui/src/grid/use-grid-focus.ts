import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { reanchor } from './anchoring';
import { columnOf, focusStop, stopsOf } from './stops';
import type { GridWindow } from './use-window';

export interface Room {
  above: number;
  below: number;
}

export const noRoom: Room = { above: 0, below: 0 };

interface FocusOptions {
  root: RefObject<HTMLElement | null>;
  scroller: RefObject<HTMLElement | null>;
  keys: readonly string[];
  focusedId: string | null;
  focusedAt: number;
  /** Pixels. */
  rowHeight: number;
  headHeight: number;
  room: Room;
  setRoom: (room: Room) => void;
  onFocusChange: (id: string | null) => void;
  onHandedOver: ((to: string | null, from: string) => void) | undefined;
  drawn: GridWindow;
  /** Lines that lie over the top of the list while this one is there: the heads of its groups. */
  coverOf: (index: number) => number;
}

const rowOf = (scroller: HTMLElement, key: string): HTMLElement | null => scroller.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(key)}"]`);

const take = (row: HTMLElement, column: string | null): void => {
  const stop = column === null ? undefined : stopsOf(row).find((each) => columnOf(each) === column);
  if (stop) focusStop(stop);
  else row.focus({ preventScroll: true });
};

/**
 * Keeps the row in hand on its pixel when the order changes, and the keyboard in the list: on the row that takes over, on the list itself
 * when it empties, never on nothing.
 */
export const useGridFocus = (options: FocusOptions) => {
  const { root, scroller, keys, focusedId, focusedAt, rowHeight, headHeight, room, setRoom, onFocusChange, onHandedOver, drawn, coverOf } = options;
  /** The line that is to get the keyboard once it is drawn, and the column it is to stand in. */
  const wanted = useRef<{ key: string; column: string | null } | null>(null);
  /** Where to scroll, and whether the room above and below is already as it will be. */
  const wantedScroll = useRef<{ top: number; isFinal: boolean } | null>(null);
  /** The keyboard was in the list when last seen; React tells nothing when the element that has it is removed. */
  const isInside = useRef(false);
  const lastKeys = useRef(keys);
  const { sync } = drawn;

  /** Takes the free room away and brings a line into sight. */
  const reveal = useCallback(
    (index: number) => {
      const view = scroller.current;
      if (!view) return;
      const now = view.scrollTop - room.above;
      const top = index * rowHeight;
      const highest = top - coverOf(index) * rowHeight;
      const lowest = top + rowHeight - (view.clientHeight - headHeight);
      const next = Math.max(0, highest < now ? highest : lowest > now ? lowest : now);
      // Without room to take away the list is scrolled at once; to look again after it is drawn would make the browser lay out twice per key.
      wantedScroll.current = room === noRoom ? null : { top: next, isFinal: false };
      setRoom(noRoom);
      view.scrollTop = next + room.above;
      sync();
    },
    [scroller, room, setRoom, rowHeight, headHeight, sync, coverOf],
  );

  useLayoutEffect(() => {
    const before = lastKeys.current;
    const view = scroller.current;
    if (before === keys || !view) return;
    lastKeys.current = keys;
    const hadFocus = isInside.current || (root.current?.contains(document.activeElement) ?? false);
    const hovered = view.querySelector<HTMLElement>('[data-row-id]:hover')?.dataset['rowId'] ?? null;
    const next = reanchor({
      before,
      after: keys,
      focusedId,
      hoveredId: hovered,
      scrollTop: view.scrollTop - room.above,
      viewHeight: view.clientHeight - headHeight,
      rowHeight,
      isInHand: hadFocus || root.current?.matches(':hover') === true,
    });
    const nextRoom = next.roomAbove === 0 && next.roomBelow === 0 ? noRoom : { above: next.roomAbove, below: next.roomBelow };
    setRoom(nextRoom);
    wantedScroll.current = { top: next.scrollTop, isFinal: nextRoom === room };
    if (next.focusId === focusedId) return;
    if (hadFocus && next.focusId !== null) wanted.current = { key: next.focusId, column: null };
    onFocusChange(next.focusId);
    if (focusedId !== null) onHandedOver?.(next.focusId, focusedId);
  }, [keys, focusedId, room, rowHeight, headHeight, root, scroller, setRoom, onFocusChange, onHandedOver]);

  // After the room above and below has been made.
  useLayoutEffect(() => {
    const view = scroller.current;
    const want = wantedScroll.current;
    if (want === null || !view) return;
    wantedScroll.current = want.isFinal ? null : { ...want, isFinal: true };
    if (view.scrollTop !== want.top) view.scrollTop = want.top;
    sync();
  });

  // The row in hand was changed from outside: the keyboard goes with it, if it was in the list at all.
  const lastFocused = useRef(focusedId);
  useLayoutEffect(() => {
    if (lastFocused.current === focusedId) return;
    lastFocused.current = focusedId;
    const active = document.activeElement;
    if (focusedId === null || focusedAt < 0 || !(active instanceof HTMLElement) || !scroller.current?.contains(active)) return;
    if (active.closest<HTMLElement>('[data-row-id]')?.dataset['rowId'] === focusedId) return;
    wanted.current ??= { key: focusedId, column: null };
    reveal(focusedAt);
  }, [focusedId, focusedAt, scroller, reveal]);

  useLayoutEffect(() => {
    const want = wanted.current;
    if (want === null || want.key !== focusedId) return;
    const row = scroller.current && rowOf(scroller.current, want.key);
    if (!row) return;
    wanted.current = null;
    take(row, want.column);
  });

  const restore = useCallback(() => {
    const element = root.current;
    if (!element || !isInside.current) return;
    const active = document.activeElement;
    const isLost = active === null || active === document.body;
    if (!isLost && active !== element) return;
    const row = element.querySelector<HTMLElement>('[data-row-id][tabindex="0"]');
    if (row) row.focus({ preventScroll: true });
    else if (isLost) element.focus({ preventScroll: true });
  }, [root]);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const observer = new MutationObserver(restore);
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [root, restore]);

  // Room that cannot be seen any more is taken back, without anything moving.
  useEffect(() => {
    const view = scroller.current;
    if (!view || room === noRoom) return;
    const settle = (): void => {
      const rows = keys.length * rowHeight;
      const isHidden = view.scrollTop >= room.above && view.scrollTop - room.above + view.clientHeight - headHeight <= rows;
      if (!isHidden) return;
      wantedScroll.current = { top: view.scrollTop - room.above, isFinal: true };
      setRoom(noRoom);
    };
    view.addEventListener('scroll', settle, { passive: true });
    return () => view.removeEventListener('scroll', settle);
  }, [scroller, room, keys.length, rowHeight, headHeight, setRoom]);

  const goTo = useCallback(
    (index: number, column: string | null) => {
      const key = keys[index];
      const view = scroller.current;
      if (key === undefined || !view) return;
      reveal(index);
      const row = rowOf(view, key);
      if (row) take(row, column);
      else wanted.current = { key, column };
      onFocusChange(key);
    },
    [keys, scroller, reveal, onFocusChange],
  );
  const onFocus = useCallback(() => {
    isInside.current = true;
  }, []);
  const onBlur = useCallback((event: { currentTarget: EventTarget & Element; relatedTarget: EventTarget | null }) => {
    // Another window has the keyboard for a while; it will come back to the same place.
    if (!document.hasFocus()) return;
    if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) isInside.current = false;
  }, []);
  return { goTo, onFocus, onBlur };
};
