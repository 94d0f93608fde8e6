/** What has happened to a list since its order was last applied. */
export interface PendingOrder {
  arrived: number;
  /** Arrivals that now stand before the row in hand. */
  beforeFocused: number;
  left: number;
  /** The same rows, in another order. */
  isReordered: boolean;
}

export const nothingPending: PendingOrder = { arrived: 0, beforeFocused: 0, left: 0, isReordered: false };

export const hasPending = (pending: PendingOrder): boolean =>
  pending.arrived > 0 || pending.left > 0 || pending.isReordered;

/**
 * The held rows that have left. When the newest answer is only the top of a longer list, rows below its end may have
 * been pushed out of it by others and are not counted.
 */
export const goneFrom = (held: readonly string[], fresh: readonly string[], isPartial = false): string[] => {
  const freshSet = new Set(fresh);
  const last = isPartial ? held.findLastIndex((id) => freshSet.has(id)) : held.length;
  return held.filter((id, i) => i <= last && !freshSet.has(id));
};

/** Compares the order on the screen with the server's newest one, seen from the row in hand. */
export const comparePending = (
  held: readonly string[],
  fresh: readonly string[],
  focusedId: string | null,
  isPartial = false,
): PendingOrder => {
  const heldSet = new Set(held);
  const freshSet = new Set(fresh);
  const arrived = fresh.filter((id) => !heldSet.has(id));
  const left = goneFrom(held, fresh, isPartial).length;
  const at = focusedId === null ? -1 : fresh.indexOf(focusedId);
  const beforeFocused = at < 0 ? 0 : fresh.slice(0, at).filter((id) => !heldSet.has(id)).length;
  const stayedHeld = held.filter((id) => freshSet.has(id));
  const stayedFresh = fresh.filter((id) => heldSet.has(id));
  const isReordered = stayedHeld.some((id, i) => id !== stayedFresh[i]);
  return { arrived: arrived.length, beforeFocused, left, isReordered };
};

/** The row that takes over when `id` is gone: the next one that survives, else the one before. */
export const survivor = (held: readonly string[], fresh: readonly string[], id: string): string | null => {
  const freshSet = new Set(fresh);
  if (freshSet.has(id)) return id;
  const at = held.indexOf(id);
  if (at < 0) return fresh[0] ?? null;
  for (let i = at + 1; i < held.length; i += 1) {
    const candidate = held[i];
    if (candidate !== undefined && freshSet.has(candidate)) return candidate;
  }
  for (let i = at - 1; i >= 0; i -= 1) {
    const candidate = held[i];
    if (candidate !== undefined && freshSet.has(candidate)) return candidate;
  }
  return fresh[0] ?? null;
};

/** More of the same list: what follows the last row held is added below; nothing else moves. */
export const extendOrder = (held: readonly string[], fresh: readonly string[]): readonly string[] => {
  const heldSet = new Set(held);
  let last = fresh.length - 1;
  while (last >= 0 && !heldSet.has(fresh[last] ?? '')) last -= 1;
  const tail = fresh.slice(last + 1);
  return last < 0 || tail.length === 0 ? held : [...held, ...tail];
};
