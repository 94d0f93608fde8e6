import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { comparePending, extendOrder, hasPending, nothingPending, type PendingOrder } from './held-order';

interface HeldOrderOptions {
  /** The server's newest order. */
  fresh: readonly string[];
  /** Changes with the question asked (view, filter, sort): a new question takes its own order at once. */
  queryKey: string;
  focusedId: string | null;
  /** While true the newest order is taken as it comes: nothing is in hand yet. */
  follow?: boolean;
  /** The newest order is only the top of a longer list. */
  isPartial?: boolean;
  /** The order as it was left when the page is come back to. */
  initial?: readonly string[] | undefined;
}

interface HeldOrder {
  order: readonly string[];
  pending: PendingOrder;
  hasPending: boolean;
  apply: () => void;
  /** Adds what follows the last held row: the next page of the same list. */
  extend: () => void;
  /** Give to the grid: an apply within 400 ms of a press waits, so that the press hits what was aimed at. */
  onRowPointerDown: () => void;
}

const PRESS_GUARD_MS = 400;

/** Keeps a list still under the person's hands and says what waits. */
export const useHeldOrder = ({ fresh, queryKey, focusedId, follow = false, isPartial = false, initial }: HeldOrderOptions): HeldOrder => {
  const [held, setHeld] = useState({ queryKey, order: initial ?? fresh });
  const [isPressed, setPressed] = useState(false);
  const pressedAt = useRef(0);
  const guard = useRef<ReturnType<typeof setTimeout>>(undefined);
  const freshRef = useRef({ queryKey, order: fresh });
  // With the drawing, not after it: whoever applies what it has just been told waits gets just that.
  useLayoutEffect(() => {
    freshRef.current = { queryKey, order: fresh };
  });

  const isNewQuestion = held.queryKey !== queryKey;
  const takesAll = (follow && !isPressed) || isNewQuestion || (held.order.length === 0 && fresh.length > 0);
  if (takesAll && (isNewQuestion || held.order !== fresh)) setHeld({ queryKey, order: fresh });
  const order = takesAll ? fresh : held.order;

  const apply = useCallback(() => {
    const wait = PRESS_GUARD_MS - (Date.now() - pressedAt.current);
    const run = (): void => setHeld(freshRef.current);
    if (wait > 0) setTimeout(run, wait);
    else run();
  }, []);
  const extend = useCallback(() => {
    const { queryKey: key, order: newest } = freshRef.current;
    setHeld((old) => {
      const next = old.queryKey === key ? extendOrder(old.order, newest) : old.order;
      return next === old.order ? old : { ...old, order: next };
    });
  }, []);
  const onRowPointerDown = useCallback(() => {
    pressedAt.current = Date.now();
    setPressed(true);
    clearTimeout(guard.current);
    guard.current = setTimeout(() => setPressed(false), PRESS_GUARD_MS);
  }, []);
  useEffect(() => () => clearTimeout(guard.current), []);
  const pending = useMemo(
    () => (order === fresh ? nothingPending : comparePending(order, fresh, focusedId, isPartial)),
    [order, fresh, focusedId, isPartial],
  );
  return { order, pending, hasPending: hasPending(pending), apply, extend, onRowPointerDown };
};
