const partsOf = (at: number, zone: string): number => {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
};

/** The instant at which a day ("2026-11-20") begins in a zone. */
export const startOfDay = (day: string, zone: string): Date => {
  const wall = Date.parse(`${day}T00:00:00Z`);
  // Two rounds: the offset of the guess may not be the offset of the answer on the night the clocks change.
  const first = wall - (partsOf(wall, zone) - wall);
  return new Date(wall - (partsOf(first, zone) - first));
};

export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** "16 Nov" for a day that is already one of the business zone. */
export const dayLabel = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.parse(`${day.slice(0, 10)}T00:00:00Z`)).replace('Sept', 'Sep');

/** The day on which an instant falls in a zone. */
export const dayOf = (at: string, zone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(Date.parse(at));
