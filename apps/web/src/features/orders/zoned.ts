const parts = (at: number, timeZone: string): number => {
  const found = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).formatToParts(at);
  const of = (type: string): number => Number(found.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
};

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
const offsetAt = (at: number, timeZone: string): number => parts(at, timeZone) - Math.floor(at / 60_000) * 60_000;

/** An instant as a field for date and time wants it, by the clocks of a zone: `2026-11-18T14:05`. */
export const fieldText = (at: number, timeZone: string): string => new Date(parts(at, timeZone)).toISOString().slice(0, 16);

/**
 * The instant that such a text means by the clocks of a zone, in epoch milliseconds; undefined if it is none. Of an hour that comes twice,
 * the later one: more was known then. A time that the clocks leap over is moved on with them.
 */
export const instantOf = (text: string, timeZone: string): number | undefined => {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(`${text.slice(0, 16)}:00Z`) : Number.NaN;
  if (Number.isNaN(wall)) return undefined;
  // A day on either side of the change sees both offsets that can hold.
  const tries = [wall - 86_400_000, wall + 86_400_000].map((near) => wall - offsetAt(near, timeZone));
  const right = tries.filter((at) => parts(at, timeZone) === wall);
  return right.length > 0 ? Math.max(...right) : Math.max(...tries);
};
