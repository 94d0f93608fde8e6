import { HOUR, mostInAnHour, MINUTE } from '@orderwatch/domain';
import { executedPerHour, type Queryable } from '@orderwatch/db';

/** Milliseconds until one that was held back has its turn again; until then it can be called back. */
export const BRAKE_WAIT = 5 * MINUTE;

/**
 * Holds executions back when far more leave within an hour than ever: nothing is lost by waiting, and whoever sees it can call it back.
 * @returns why nothing more is carried out now; undefined when it is.
 */
export async function barByBrake(db: Queryable, now: number): Promise<string | undefined> {
  const { lately, usual } = await executedPerHour(db, now - HOUR, now);
  const most = mostInAnHour(usual);
  return lately < most ? undefined : `Waits: ${lately} were carried out within an hour, which is more than usual (${most}). It goes on by itself when there are fewer; until then it can be called back.`;
}
