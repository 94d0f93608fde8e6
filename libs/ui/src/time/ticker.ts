import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current = Date.now();

const tick = (): void => {
  current = Date.now();
  for (const listener of listeners) listener();
};

const onVisible = (): void => {
  if (document.visibilityState === 'visible') tick();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  if (timer === undefined) {
    tick();
    timer = setInterval(tick, 1000);
    document.addEventListener('visibilitychange', onVisible);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
      document.removeEventListener('visibilitychange', onVisible);
    }
  };
};

/**
 * The time, cut to `stepMs`. All readers share one timer, and a reader renders only when its own step turns,
 * so a page of a thousand ages costs one interval.
 */
export const useNow = (stepMs = 15_000): number =>
  useSyncExternalStore(subscribe, () => Math.floor(current / stepMs) * stepMs);
