import type { Activity } from './types';

const KEY = 'orderwatch.activity';

/** What a reload would lose is kept for the session of this tab; an undo that needed the page's own code is gone with it. */
export const keepForSession = (entries: readonly Activity[]): void => {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(entries.map((entry) => (typeof entry.undo === 'function' ? { ...entry, undo: undefined } : entry))));
  } catch {
    // Full, or not allowed: the tray then lives as long as the page.
  }
};

export const keptForSession = (): Activity[] => {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? (kept as Activity[]) : [];
  } catch {
    return [];
  }
};
