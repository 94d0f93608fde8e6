import { formatDue, formatMoney, formatTime } from '@orderwatch/ui';
import { intlLocale, t } from './i18n';
import type { ShownClock } from './shown-clock';
import { shownZone } from './zone';

export interface MoneyValue {
  minor: number;
  currency: string;
}

export const money = (value: MoneyValue | null | undefined, isShort = false): string => (value ? formatMoney(Math.round(value.minor), value.currency, isShort) : '–');

const DAY = 86_400_000;

/** The last day of a promise, which ends at the midnight after it: the same day in the list and beside it. */
export const promiseDay = (promisedAt: string): string => formatTime(Date.parse(promisedAt) - 1, 'date');

export interface PromiseView {
  text: string;
  isOver: boolean;
}

/** "19 Nov", or how far past it is: "6 d over", "4 h over"; on a screen that is old the day alone, for such a span goes on growing. */
export const promiseView = (promisedAt: string | null | undefined, promiseText: string | null | undefined, now: number, isAbsolute = false): PromiseView => {
  if (!promisedAt) return { text: promiseText ?? '–', isOver: false };
  const over = now - Date.parse(promisedAt);
  // A day lasts until the midnight after it, which is no longer that day.
  if (over <= 0 || isAbsolute) return { text: promiseDay(promisedAt), isOver: over > 0 };
  const days = Math.floor(over / DAY);
  return { text: days >= 1 ? t('cases:promise.daysOver', { days }) : t('cases:promise.hoursOver', { hours: Math.max(1, Math.floor(over / 3_600_000)) }), isOver: true };
};

/** "−2 h" to a deadline; on a screen that is old its clock time, or its day when that is far. */
export const dueText = (dueAt: string, { now, isAbsolute }: ShownClock): string => {
  const ms = Date.parse(dueAt);
  return isAbsolute ? formatTime(ms, Math.abs(ms - now) < DAY ? 'hour' : 'date') : formatDue(ms, now);
};

export const dateText = (at: string | null | undefined): string => (at ? formatTime(at, 'date') : '–');

export const minuteText = (at: string | null | undefined): string => (at ? formatTime(at, 'minute') : '–');

/** Red once it has passed, amber in the last hour. */
export const dueClass = (dueAt: string | null | undefined, now: number): string | undefined => {
  if (!dueAt) return undefined;
  const left = Date.parse(dueAt) - now;
  return left < 0 ? 'ow-red' : left < 3_600_000 ? 'ow-amber' : undefined;
};

const languages: Record<string, string> = {};

/** "it-IT" → "Italian"; unknown codes are shown as they came. */
export const languageName = (code: string | null | undefined): string | undefined => {
  if (!code) return undefined;
  const known = languages[code];
  if (known) return known;
  try {
    const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(code.split(/[-_]/)[0] ?? code) ?? code;
    languages[code] = name;
    return name;
  } catch {
    return code;
  }
};

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** "Europe/Vienna" → "Vienna, CET": the zone in which the screen's times are written. */
export const zoneName = (zone = shownZone()): string => {
  const short = new Intl.DateTimeFormat(intlLocale(), { timeZoneName: 'short', timeZone: zone }).formatToParts(new Date()).find((part) => part.type === 'timeZoneName')?.value;
  const city = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
  return short && short !== city ? `${city}, ${short}` : city;
};

/** "a, b and c". */
export const listText = (parts: readonly string[]): string => new Intl.ListFormat(intlLocale(), { type: 'conjunction' }).format(parts);

const numbers = new Intl.NumberFormat('en-GB');

/** "1,284" */
export const numberText = (n: number): string => numbers.format(n);
