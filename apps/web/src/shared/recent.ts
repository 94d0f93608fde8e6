import { useSyncExternalStore } from 'react';

export interface Recent {
  href: string;
  label: string;
}

const KEPT = 6;
let recent: readonly Recent[] = [];
const listeners = new Set<() => void>();

/** Remembers an item that was opened; the last one stands first. */
export const rememberOpened = (item: Recent): void => {
  if (recent[0]?.href === item.href && recent[0].label === item.label) return;
  recent = [item, ...recent.filter((each) => each.href !== item.href)].slice(0, KEPT);
  for (const listener of listeners) listener();
};

export const useRecent = (): readonly Recent[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => recent,
  );
