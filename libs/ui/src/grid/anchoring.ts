import { survivor } from './held-order';

export interface AnchorInput {
  before: readonly string[];
  after: readonly string[];
  focusedId: string | null;
  scrollTop: number;
  viewHeight: number;
  rowHeight: number;
  /** Keyboard or pointer is in the list. An untouched list that stands at its top stays there and shows what comes in. */
  isInHand: boolean;
}

export interface AnchorResult {
  scrollTop: number;
  /** The row that should hold focus now; null when none did. */
  focusId: string | null;
  /** The focused row itself went away and a neighbour took over. */
  isMoved: boolean;
}

/**
 * Where to scroll when the order changes, so that the row in hand stays on the same pixel.
 * The anchor is the focused row if it can be seen, else the first row on the screen. Browsers cannot do this for
 * rows that are not in the document, so it is computed from keys.
 */
export const reanchor = ({ before, after, focusedId, scrollTop, viewHeight, rowHeight, isInHand }: AnchorInput): AnchorResult => {
  const focusId = focusedId === null || after.length === 0 ? null : survivor(before, after, focusedId);
  const focusedAt = focusedId === null ? -1 : before.indexOf(focusedId);
  const focusedTop = focusedAt * rowHeight;
  const isFocusVisible = focusedAt >= 0 && focusedTop + rowHeight > scrollTop && focusedTop < scrollTop + viewHeight;
  const anchorAt = isFocusVisible ? focusedAt : Math.min(Math.floor(scrollTop / rowHeight), before.length - 1);
  const anchorId = before[anchorAt];
  const max = Math.max(0, after.length * rowHeight - viewHeight);
  const clamp = (value: number): number => Math.min(Math.max(0, value), max);
  const isMoved = focusId !== focusedId;
  if (!isInHand && scrollTop === 0) return { scrollTop: 0, focusId, isMoved };
  if (anchorId === undefined) return { scrollTop: clamp(scrollTop), focusId, isMoved };
  const target = survivor(before, after, anchorId);
  const targetAt = target === null ? -1 : after.indexOf(target);
  if (targetAt < 0) return { scrollTop: 0, focusId, isMoved };
  const offset = anchorAt * rowHeight - scrollTop;
  return { scrollTop: clamp(targetAt * rowHeight - offset), focusId, isMoved };
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
