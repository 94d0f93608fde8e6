import { formatMoney, formatTime } from '@orderwatch/ui';

export interface MoneyValue {
  minor: number;
  currency: string;
}

export const money = (value: MoneyValue | null | undefined, isShort = false): string => (value ? formatMoney(Math.round(value.minor), value.currency, isShort) : '–');

const DAY = 86_400_000;

export interface PromiseView {
  text: string;
  isOver: boolean;
}

/** "19 Nov", or how far past it is: "6 d over", "4 h over". */
export const promiseView = (promisedAt: string | null | undefined, promiseText: string | null | undefined, now: number): PromiseView => {
  if (!promisedAt) return { text: promiseText ?? '–', isOver: false };
  const over = now - Date.parse(promisedAt);
  if (over <= 0) return { text: dateText(promisedAt), isOver: false };
  const days = Math.floor(over / DAY);
  return { text: days >= 1 ? `${days} d over` : `${Math.max(1, Math.floor(over / 3_600_000))} h over`, isOver: true };
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

/** "Europe/Vienna" → "Vienna, CET". */
export const zoneName = (): string => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const short = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(new Date()).find((part) => part.type === 'timeZoneName')?.value;
  const city = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
  return short && short !== city ? `${city}, ${short}` : city;
};
