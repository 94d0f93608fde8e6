import { useSyncExternalStore } from 'react';
import { watchTouches } from './touches';

/** Without a touch for so long, or in a hidden window, a person counts as away, in milliseconds. */
const IDLE_MS = 60_000;
const LOOK_MS = 5000;

let touchedAt = 0;
let isAway = false;
let timer: ReturnType<typeof setInterval> | undefined;
let stopTouches: (() => void) | undefined;
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

const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) {
    touchedAt = Date.now();
    stopTouches = watchTouches(touch);
    document.addEventListener('visibilitychange', look);
    timer = setInterval(look, LOOK_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stopTouches?.();
    document.removeEventListener('visibilitychange', look);
    clearInterval(timer);
  };
};

/** Whether nobody is at work in this window: it is hidden, or was not touched for a minute. */
export const useAway = (): boolean => useSyncExternalStore(subscribe, () => isAway);
