/** An instant as milliseconds since the Unix epoch, always a whole number (cut to milliseconds at the edge). */
export type Instant = number;

/** Lengths of time in milliseconds. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant as ISO 8601 in UTC with milliseconds, as it is written to every wire. */
export function toIso(instant: Instant): string {
  return new Date(instant).toISOString();
}
