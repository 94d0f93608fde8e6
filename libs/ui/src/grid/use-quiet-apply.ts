import { useEffect, useRef, type RefObject } from 'react';

interface QuietApplyOptions {
  /** The element around the list. */
  list: RefObject<HTMLElement | null>;
  hasPending: boolean;
  hasSelection?: boolean | undefined;
  apply: () => void;
  /** Applies once nobody has touched anything for so long, in milliseconds; undefined: never, which is the usual. */
  idleMs?: number | undefined;
}

const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

const isInHand = (list: HTMLElement | null): boolean => list !== null && (list.contains(document.activeElement) || list.matches(':hover'));

/**
 * The two moments in which changes are taken without being asked for: when the window is shown again and nothing of the list is in hand,
 * and, if the person wants it, when nobody has done anything for a while.
 */
export const useQuietApply = ({ list, hasPending, hasSelection = false, apply, idleMs }: QuietApplyOptions): void => {
  const latest = useRef({ hasPending, hasSelection, apply });
  useEffect(() => {
    latest.current = { hasPending, hasSelection, apply };
  });
  useEffect(() => {
    const onShown = (): void => {
      const now = latest.current;
      if (document.visibilityState === 'visible' && now.hasPending && !now.hasSelection && !isInHand(list.current)) now.apply();
    };
    document.addEventListener('visibilitychange', onShown);
    return () => document.removeEventListener('visibilitychange', onShown);
  }, [list]);
  useEffect(() => {
    if (idleMs === undefined || !hasPending) return;
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => latest.current.apply(), idleMs);
    };
    wait();
    for (const sign of SIGNS) document.addEventListener(sign, wait, { passive: true, capture: true });
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS) document.removeEventListener(sign, wait, { capture: true });
    };
  }, [idleMs, hasPending]);
};
