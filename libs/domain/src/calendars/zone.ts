import { DAY, HOUR, MINUTE, type Instant } from '../shared/time.js';

const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(zone: string): Intl.DateTimeFormat | null {
  let format = formats.get(zone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
      });
    } catch {
      format = null;
    }
    formats.set(zone, format);
  }
  return format;
}

/** Offsets change on quarters of an hour only (tz database), so one answer serves the whole quarter. */
const QUARTER = 15 * MINUTE;
const MOST_REMEMBERED = 20_000;
const offsets = new Map<string, number>();

/** Milliseconds the zone is ahead of UTC at that instant; 0 for a zone nobody knows. */
export function zoneOffset(zone: string, instant: Instant): number {
  if (zone === 'UTC') return 0;
  const quarter = Math.floor(instant / QUARTER);
  const key = `${zone} ${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    if (offsets.size >= MOST_REMEMBERED) offsets.clear();
    offset = readOffset(zone, quarter * QUARTER);
    offsets.set(key, offset);
  }
  return offset;
}

function readOffset(zone: string, instant: Instant): number {
  const format = formatOf(zone);
  if (!format) return 0;
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
  const local = Date.UTC(part['year'] ?? 1970, (part['month'] ?? 1) - 1, part['day'] ?? 1, part['hour'] ?? 0, part['minute'] ?? 0, part['second'] ?? 0);
  return local - Math.floor(instant / 1000) * 1000;
}

/** The instant at which the wall clock of the zone first shows that local time (given as if it were UTC). */
export function fromLocal(zone: string, local: Instant): Instant {
  if (zone === 'UTC') return local;
  const guess = local - zoneOffset(zone, local);
  const again = local - zoneOffset(zone, guess);
  return Math.min(guess, again) + zoneOffset(zone, Math.min(guess, again)) === local ? Math.min(guess, again) : Math.max(guess, again);
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * When a promise or estimate ends: a date lasts until that day has ended in the zone, a date-time until that instant.
 * @returns the first instant after it for a date, the instant itself for a date-time, undefined when the text is neither.
 */
export function endOf(text: string, zone: string): Instant | undefined {
  if (DATE.test(text)) {
    const midnight = Date.parse(`${text}T00:00:00.000Z`);
    return Number.isNaN(midnight) ? undefined : fromLocal(zone, midnight + DAY);
  }
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}

/** Whether the text names a whole day. */
export function isDate(text: string): boolean {
  return DATE.test(text);
}

/**
 * The instant at which `length` milliseconds of business time (all hours of Monday to Friday in the zone) have gone by since `from`.
 */
export function addBusinessTime(from: Instant, length: number, zone: string): Instant {
  let local = from + zoneOffset(zone, from);
  let left = length;
  for (;;) {
    const dayStart = Math.floor(local / DAY) * DAY;
    const weekday = new Date(dayStart).getUTCDay();
    const isWeekend = weekday === 0 || weekday === 6;
    const rest = dayStart + DAY - local;
    if (!isWeekend && left <= rest) return fromLocal(zone, local + left);
    if (!isWeekend) left -= rest;
    local = dayStart + DAY;
  }
}

/** Two business days as business time: the limit of `unfulfilled_late`. */
export const BUSINESS_DAY = 24 * HOUR;
