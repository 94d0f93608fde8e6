/** Connections, shutdown, no resources (disk, memory, connections, limits), a statement out of time, input or output of the server. */
const CONNECTION = /^(08|57P0[123]|57014|53|58030|25P03|57P05)/;
const RETRY = new Set(['40001', '40P01', '55P03']);
const BROKEN = /Connection terminated|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|Driver not Connected|Query runner already released|connection error|Query read timeout/i;

/** SQLSTATE, or the code of the system's error; empty when it has none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('driverError' in error) return codeOf(error.driverError);
  return '';
}

/**
 * The database is away, going away or out of means: nothing is known about the statement, and others would fail as well. It says
 * nothing about what was to be written, which is tried again later, for as long as it takes.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (CONNECTION.test(codeOf(error))) return true;
  return error instanceof Error && (BROKEN.test(error.message) || BROKEN.test(codeOf(error)));
}

/** It took longer than a statement may, or waited so long for a lock: less at once may succeed. */
export function isOutOfTime(error: unknown): boolean {
  return codeOf(error) === '57014';
}

/** Lost a race (deadlock, serialization, lock time-out): the same again may succeed. */
export function isWorthARetry(error: unknown): boolean {
  return RETRY.has(codeOf(error));
}

/** A value that no column takes: a zero byte, a date beyond the calendar, text where a number belongs. Not a failure of ours. */
export function isBadValue(error: unknown): boolean {
  return /^22(003|007|008|021|023|P02|P05)$/.test(codeOf(error));
}

/** A person's line about an error. */
export function describeError(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}
