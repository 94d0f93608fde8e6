/** What was carried out per hour over some time: so many hours, in how many of them anything, their sum, and the sum of their squares. */
export interface UsualHours {
  readonly hours: number;
  readonly active: number;
  readonly sum: number;
  readonly squares: number;
}

/** So many in an hour are never held back, however quiet it was before; a starting value: a storm's cohort and a day's work fit in. */
const NEVER_TOO_MANY = 100;

/** Hours with anything in them after which it is known what is usual. */
const KNOWN_AFTER = 50;
/** Until then: an installation may begin with a storm, and nobody could say what is too much for it. */
const MOST_UNKNOWN = 2_000;

/** Most that are carried out within an hour: three standard deviations above what is usual. Beyond it somebody, or something, approves what nobody means. */
export function mostInAnHour({ hours, active, sum, squares }: UsualHours): number {
  if (active < KNOWN_AFTER) return MOST_UNKNOWN;
  const mean = sum / hours;
  const spread = Math.sqrt(Math.max(0, squares / hours - mean ** 2));
  return Math.max(NEVER_TOO_MANY, Math.floor(mean + 3 * spread));
}
