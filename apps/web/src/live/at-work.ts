import { useSyncExternalStore } from 'react';

/** Without a touch for so long, or in a hidden window, a person counts as away, in milliseconds. */
const IDLE_MS = 60_000;
const LOOK_MS = 5000;

let touchedAt = 0;
let isAway = false;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

const look = (): void => {
  const next = document.visibilityState === 'hidden' || Date.now() - touchedAt > IDLE_MS;
  if (next === isAway) return;
  isAway = next;
  for (const listener of listeners) listener();
};

const touch = (): void => {
  touchedAt = Date.now();
  if (isAway) look();
};

const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) {
    touchedAt = Date.now();
    for (const sign of signs) window.addEventListener(sign, touch, { passive: true, capture: true });
    document.addEventListener('visibilitychange', look);
    timer = setInterval(look, LOOK_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    for (const sign of signs) window.removeEventListener(sign, touch, { capture: true });
    document.removeEventListener('visibilitychange', look);
    clearInterval(timer);
  };
};

/** Whether nobody is at work in this window: it is hidden, or was not touched for a minute. */
export const useAway = (): boolean => useSyncExternalStore(subscribe, () => isAway);
