import { survivor } from './held-order';

export interface AnchorInput {
  before: readonly string[];
  after: readonly string[];
  focusedId: string | null;
  /** The row under the pointer, which is held when the keyboard is elsewhere. */
  hoveredId?: string | null | undefined;
  /** Pixels from the top of the list; below zero while room is kept free above the first row. */
  scrollTop: number;
  viewHeight: number;
  rowHeight: number;
  /** Keyboard or pointer is in the list. An untouched list that stands at its top stays there and shows what comes in. */
  isInHand: boolean;
}

export interface AnchorResult {
  /** Pixels from the top of all that is scrolled, the room above included. */
  scrollTop: number;
  /** Pixels kept free above and below the rows, because the list has become too short to keep the row in hand on its pixel. */
  roomAbove: number;
  roomBelow: number;
  /** The row that should hold focus now; null when none did. */
  focusId: string | null;
  /** The focused row itself went away and a neighbour took over. */
  isMoved: boolean;
}

/**
 * Where to scroll when the order changes, so that the row in hand stays on the same pixel.
 * The anchor is the focused row if it can be seen, else the one under the pointer, else the first row on the screen. Browsers cannot do
 * this for rows that are not in the document, so it is computed from keys.
 */
export const reanchor = ({ before, after, focusedId, hoveredId = null, scrollTop, viewHeight, rowHeight, isInHand }: AnchorInput): AnchorResult => {
  const focusId = focusedId === null || after.length === 0 ? null : survivor(before, after, focusedId);
  const focusedAt = focusedId === null ? -1 : before.indexOf(focusedId);
  const focusedTop = focusedAt * rowHeight;
  const isFocusVisible = focusedAt >= 0 && focusedTop + rowHeight > scrollTop && focusedTop < scrollTop + viewHeight;
  const hoveredAt = hoveredId === null ? -1 : before.indexOf(hoveredId);
  const firstShown = Math.min(Math.max(0, Math.floor(scrollTop / rowHeight)), before.length - 1);
  const anchorAt = isFocusVisible ? focusedAt : hoveredAt >= 0 ? hoveredAt : firstShown;
  const anchorId = before[anchorAt];
  const max = Math.max(0, after.length * rowHeight - viewHeight);
  const isMoved = focusId !== focusedId;
  // Room is kept free for a row that the hand is on, not for one that merely stands at the top.
  const hasRoom = isInHand && (isFocusVisible || hoveredAt >= 0) && after.length > 0;
  const at = (wanted: number): AnchorResult => ({
    scrollTop: hasRoom ? Math.max(0, wanted) : Math.min(Math.max(0, wanted), max),
    roomAbove: hasRoom ? Math.max(0, -wanted) : 0,
    roomBelow: hasRoom && wanted > max ? wanted + viewHeight - after.length * rowHeight : 0,
    focusId,
    isMoved,
  });
  if (after.length === 0 || (!isInHand && scrollTop <= 0)) return at(0);
  if (anchorId === undefined) return at(Math.min(scrollTop, max));
  const target = survivor(before, after, anchorId);
  const targetAt = target === null ? -1 : after.indexOf(target);
  return targetAt < 0 ? at(0) : at(targetAt * rowHeight - (anchorAt * rowHeight - scrollTop));
};

/** The row index a movement key leads to, or undefined when the key does not move. */
export const moveTo = (key: string, at: number, count: number, page: number): number | undefined => {
  if (count === 0) return undefined;
  const clamp = (n: number): number => Math.min(Math.max(0, n), count - 1);
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return clamp(at + 1);
    case 'ArrowUp':
    case 'k':
      return clamp(at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'PageDown':
      return clamp(at + page);
    case 'PageUp':
      return clamp(at - page);
    default:
      return undefined;
  }
};
