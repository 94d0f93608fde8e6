import { useSyncExternalStore } from 'react';
import { announce } from '../announce';
import { t } from '../i18n';
import { parsePreferences } from './parse';
import { keepLocally, keptLocally } from './local';
import { isSaving, savePreferences } from './remote';
import type { Preferences } from './types';

let current: Preferences = parsePreferences(keptLocally());
const listeners = new Set<() => void>();

const take = (next: Preferences): void => {
  current = next;
  keepLocally(next);
  for (const listener of listeners) listener();
};

export const preferences = (): Preferences => current;

export const onPreferences = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const usePreferences = (): Preferences => useSyncExternalStore(onPreferences, preferences);

/** What the server keeps for this person. It wins over what this browser remembers, which may be somebody else's. */
export const takeServerPreferences = (kept: unknown): void => {
  if (!isSaving()) take(parsePreferences(kept));
};

/** Changes some of them: at once on the screen, then on the server. */
export const changePreferences = (patch: Partial<Preferences>): void => {
  take({ ...current, ...patch });
  savePreferences(patch).catch(() => announce(t('frame:notKept'), 'assertive'));
};
