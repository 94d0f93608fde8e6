const EARLIEST = Date.UTC(1990, 0);
const LATEST = Date.UTC(2100, 0);

const inRange = (at: number): number | undefined => (Number.isNaN(at) || at < EARLIEST || at >= LATEST ? undefined : at);

/** A source's date-time as epoch milliseconds; one without offset is read as UTC. Undefined when it is none, or not between 1990 and 2100. */
export function instantOf(text: string | null | undefined): number | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/i.test(text);
  return inRange(Date.parse(hasOffset || text.length === 10 ? text : `${text}Z`));
}

/** Whether it is a day that exists, as `YYYY-MM-DD`; `Date` alone reads 30 February as 2 March. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const at = Date.UTC(year, month - 1, day);
  return month >= 1 && month <= 12 && day >= 1 && inRange(at) !== undefined && new Date(at).getUTCDate() === day;
}

const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt ]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(\.\d+)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The form in which nearly all programs write an instant, which `Date` reads rightly but for days that do not exist. */
const USUAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** An RFC 3339 date-time as epoch milliseconds, cut (never rounded) to milliseconds; undefined for anything else, no offset included. */
export function rfc3339Of(text: string): number | undefined {
  if (USUAL.test(text)) {
    const at = Date.parse(text);
    return new Date(at).getUTCDate() === Number(text.slice(8, 10)) ? inRange(at) : undefined;
  }
  const [, day, hour, minute, second, fraction = '', offset] = RFC3339.exec(text) ?? [];
  if (day === undefined || !isDay(day)) return undefined;
  // A leap second has no place in Unix time: it is the last moment before the next second.
  const [whole, millis] = second === '60' ? ['59', '.999'] : [second, fraction.slice(0, 4)];
  return inRange(Date.parse(`${day}T${hour}:${minute}:${whole}${millis === '.' ? '' : millis}${offset?.toUpperCase()}`));
}
