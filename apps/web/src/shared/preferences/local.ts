const KEY = 'orderwatch.preferences';

/** What this browser remembers, so that the first paint is already right; the server's word comes a moment later. */
export const keptLocally = (): unknown => {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as unknown;
  } catch {
    return {};
  }
};

export const keepLocally = (preferences: object): void => {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // A browser that keeps nothing still shows what was chosen until it is closed.
  }
};
