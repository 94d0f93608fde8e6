import type { Clock } from './clock';

export interface Coalescer {
  /** Something changed. */
  trigger: () => void;
  stop: () => void;
}

/**
 * Turns any number of changes into few refreshes: at once on the first, then at most one per `everyMs`, never two at a time.
 * A change during a refresh sets a mark and causes one more: joining a refresh that began before the change would show the past as the present.
 */
export const createCoalescer = (run: () => Promise<unknown>, everyMs: number, clock: Clock): Coalescer => {
  let isRunning = false;
  let isDirty = false;
  let isStopped = false;
  let lastStart = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | undefined;

  const settled = (): void => {
    isRunning = false;
    if (isDirty) plan();
  };
  const start = (): void => {
    cancel = undefined;
    isDirty = false;
    isRunning = true;
    lastStart = clock.now();
    run().then(settled, settled);
  };
  const plan = (): void => {
    if (isStopped || isRunning || cancel) return;
    const wait = lastStart + everyMs - clock.now();
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
