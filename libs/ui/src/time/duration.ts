import { defaultWords, type Words } from '../words';

type UnitWords = Pick<Words, 'second' | 'minute' | 'hour' | 'day'>;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (n: number): string => String(n).padStart(2, '0');

/**
 * A span in at most two units: "4 d 6 h", "1 h 10", "47 min", "12 s".
 * Minutes after hours go without their unit, as on a clock.
 */
export const formatDuration = (ms: number, words: UnitWords = defaultWords): string => {
  const seconds = Math.max(0, Math.floor(Math.abs(ms) / 1000));
  if (seconds < MINUTE) return `${seconds} ${words.second}`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} ${words.minute}`;
  if (seconds < DAY) {
    const hours = Math.floor(seconds / HOUR);
    const minutes = Math.floor((seconds % HOUR) / MINUTE);
    return minutes === 0 || hours >= 6 ? `${hours} ${words.hour}` : `${hours} ${words.hour} ${two(minutes)}`;
  }
  const days = Math.floor(seconds / DAY);
  const hours = Math.floor((seconds % DAY) / HOUR);
  return hours === 0 || days >= 10 ? `${days} ${words.day}` : `${days} ${words.day} ${hours} ${words.hour}`;
};

/** Time to a deadline with a sign: "12 m" style is left to the caller's words; passed ones carry a true minus. */
export const formatDue = (dueMs: number, nowMs: number, words: UnitWords = defaultWords): string => {
  const left = dueMs - nowMs;
  const span = Math.abs(left);
  const coarse = span >= DAY ? Math.floor(span / (DAY * 1000)) : 0;
  const text = coarse >= 2 ? `${coarse} ${words.day}` : formatDuration(span, words);
  return left < 0 ? `−${text}` : text;
};
