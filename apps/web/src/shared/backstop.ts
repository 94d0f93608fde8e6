/** How often what is on the screen is read again although nothing was heard, in milliseconds. */
const LIVE_MS = 60_000;
const NOT_LIVE_MS = 15_000;
/** Windows and lists are spread by this share to both sides, so that they do not all ask at once. */
const SPREAD = 0.2;

/** A number between 0 and 1 that is the same for the same text. */
const share = (text: string): number => {
  let hash = 2_166_136_261;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return (hash >>> 0) / 2 ** 32;
};

/**
 * The wait before the next reading of one list. Spread by window and list, not by chance at each call: another value at each drawing would
 * begin the wait anew.
 */
export const backstopMs = (isLive: boolean, window: string, list: string): number => Math.round((isLive ? LIVE_MS : NOT_LIVE_MS) * (1 - SPREAD + 2 * SPREAD * share(`${window} ${list}`)));
