export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Whole seconds in UTC, as most vendors write a time: `2026-11-20T08:15:00Z`. */
export function isoSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** The calendar day in UTC. */
export function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The number of the UTC day since 1970: the unit in which history is drawn. */
export function dayNumber(at: number): number {
  return Math.floor(at / DAY);
}
