import type { Clock } from './clock';

export interface Coalescer {
  /** Something changed. */
  trigger: () => void;
  stop: () => void;
}

export interface Pace {
  /** One refresh per so many milliseconds in the long run. */
  everyMs: number;
  /** So many may follow each other at once after a pause; default 1. */
  burst?: number;
}

/**
 * Turns any number of changes into few refreshes: at once after a pause, then as the pace allows, never two at a time.
 * A change during a refresh sets a mark and causes one more: joining a refresh that began before the change would show the past as the present.
 */
export const createCoalescer = (run: () => Promise<unknown>, { everyMs, burst = 1 }: Pace, clock: Clock): Coalescer => {
  let isRunning = false;
  let isDirty = false;
  let isStopped = false;
  /** When the refreshes so far would have been due, had they come evenly. */
  let paidUntil = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | undefined;

  const settled = (): void => {
    isRunning = false;
    if (isDirty) plan();
  };
  const start = (): void => {
    cancel = undefined;
    isDirty = false;
    isRunning = true;
    paidUntil = Math.max(paidUntil, clock.now()) + everyMs;
    run().then(settled, settled);
  };
  const plan = (): void => {
    if (isStopped || isRunning || cancel) return;
    const wait = paidUntil - (burst - 1) * everyMs - clock.now();
    if (wait <= 0) start();
    else cancel = clock.after(wait, start);
  };
  return {
    trigger: () => {
      isDirty = true;
      plan();
    },
    stop: () => {
      isStopped = true;
      cancel?.();
    },
  };
};
