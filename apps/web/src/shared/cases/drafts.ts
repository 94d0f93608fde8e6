const PREFIX = 'orderwatch.draft.';

/** What was typed and not yet sent, in this tab: kept when an act is refused, the lease ends, or the page is left. */
export const draftOf = (key: string): string => {
  try {
    return sessionStorage.getItem(PREFIX + key) ?? '';
  } catch {
    return '';
  }
};

export const keepDraft = (key: string, text: string): void => {
  try {
    if (text.trim() === '') sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, text);
  } catch {
    // Full, or not allowed: the text then lives as long as its field.
  }
};
