import { endOf, isDate, zoneOffset } from '../calendars/zone.js';
import { dayInWords } from '../exceptions/words.js';
import { formatMajor, type Money } from '../shared/money.js';
import type { Instant } from '../shared/time.js';

const SIGNS: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£' };

/** An amount for people: `€640.00`, `CHF 12.50`. */
export function moneyInWords(money: Money): string {
  const text = formatMajor(money);
  const sign = SIGNS[money.currency];
  if (sign === undefined) return `${money.currency} ${text}`;
  return text.startsWith('-') ? `-${sign}${text.slice(1)}` : sign + text;
}

/** Sentences for staff name days only, in UTC: the clock stands beside them, in the zone that the page names. */
export const SCREEN_ZONE = 'UTC';

/** The wall clock of a zone as if it were UTC: what day and hour people there saw. */
function local(instant: Instant, zone: string): Instant {
  return instant + zoneOffset(zone, instant);
}

/** The day of an instant in the order's zone: `15 Nov`. */
export function dayIn(zone: string, instant: Instant, now: Instant): string {
  return dayInWords(local(instant, zone), local(now, zone));
}

/** Day and time in the order's zone: `18 Nov 14:05`. */
export function momentIn(zone: string, instant: Instant, now: Instant): string {
  return `${dayIn(zone, instant, now)} ${new Date(local(instant, zone)).toISOString().slice(11, 16)}`;
}

/** A promise or an estimate as it was given: a day, or a day and time. */
export function targetInWords(text: string, zone: string, now: Instant): string {
  if (isDate(text)) return dayInWords(text, local(now, zone));
  const end = endOf(text, zone);
  return end === undefined ? text : momentIn(zone, end, now);
}

/** `1 parcel`, `2 parcels`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
