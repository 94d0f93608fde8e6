import type { Clock } from './clock';

export interface Coalescer {
  /** Something changed. */
  trigger: () => void;
  stop: () => void;
}

export interface Pace {
  /** Least time from one refresh to the next while changes keep coming. */
  everyMs: number;
  /** The same while fewer than {@link FEW} changes came within a second; default: no difference. */
  calmMs?: number;
}

/** Changes within a second up to which each may be shown at once. */
const FEW = 10;

/**
 * Turns any number of changes into few refreshes: at once on the first, then as the pace allows, never two at a time.
 * A change during a refresh sets a mark and causes one more: joining a refresh that began before the change would show the past as the present.
 */
export const createCoalescer = (run: () => Promise<unknown>, paceNow: () => Pace, clock: Clock): Coalescer => {
  let isRunning = false;
  let isDirty = false;
  let isStopped = false;
  let lastStart = Number.NEGATIVE_INFINITY;
  /** Times of the last changes, at most {@link FEW} of them. */
  const recent: number[] = [];
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
    const { everyMs, calmMs = everyMs } = paceNow();
    const isCalm = recent.length < FEW || clock.now() - (recent[0] ?? 0) > 1000;
    const wait = lastStart + (isCalm ? calmMs : everyMs) - clock.now();
    if (wait <= 0) start();
    else cancel = clock.after(wait, start);
  };
  return {
    trigger: () => {
      isDirty = true;
      recent.push(clock.now());
      if (recent.length > FEW) recent.shift();
      plan();
    },
    stop: () => {
      isStopped = true;
      cancel?.();
    },
  };
};
