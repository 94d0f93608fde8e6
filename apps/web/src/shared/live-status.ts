import { useSyncExternalStore } from 'react';

export interface LiveStatus {
  state: 'live' | 'catching-up' | 'stale' | 'offline';
  /** Since when it is not live, by this machine's clock. */
  since?: number | undefined;
  /** Server clock minus ours. */
  offsetMs: number;
}

let status: LiveStatus = { state: 'catching-up', offsetMs: 0 };
const listeners = new Set<() => void>();

/** Told by the socket; read by every screen. */
export const setLiveStatus = (next: LiveStatus): void => {
  if (next.state === status.state && next.since === status.since && Math.abs(next.offsetMs - status.offsetMs) < 500) return;
  status = next;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const liveStatus = (): LiveStatus => status;

export const useLiveStatus = (): LiveStatus => useSyncExternalStore(subscribe, liveStatus);
