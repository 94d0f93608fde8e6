import type { LiveClient } from './live-client';

let client: LiveClient | undefined;
const listeners = new Set<() => void>();

export const current = (): LiveClient | undefined => client;

export const setCurrent = (next: LiveClient | undefined): void => {
  client = next;
  for (const listener of listeners) listener();
};

export const onCurrent = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
