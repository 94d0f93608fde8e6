import type { Transactions, Tx } from '../transactions.js';
import { writeAudit } from './audit.store.js';

/** Something that somebody tried and may not do. */
export interface DeniedAttempt {
  /** Person or token. */
  readonly actor: string;
  /** Of the role matrix. */
  readonly action: string;
  readonly target: string | null;
  readonly why: string;
  readonly at: number;
  /** Of the request, where entries do not learn it by themselves. */
  readonly request?: string;
}

/** So many of one person and one action are written down within the window; more are in the log alone, so that nobody can fill the audit. */
export const MOST_DENIED = 5;
const WINDOW_MS = 10 * 60_000;
/** Entries of one person that are looked through for earlier ones. */
const LOOKED_THROUGH = 500;

/** Writes a refused attempt down, with the caller's transaction. The last one within the window says that it is. @returns whether it was written. */
export async function writeDenied(tx: Tx, { actor, action, target, why, at, request }: DeniedAttempt): Promise<boolean> {
  const [row] = await tx.query<{ n: number }>(
    `select count(*)::int as n from (select action, at, detail from audit where actor = $1 order by id desc limit ${LOOKED_THROUGH}) lately
      where action = 'access.denied' and at > $2 and detail::json ->> 'action' = $3`, [actor, new Date(at - WINDOW_MS), action]);
  const n = row?.n ?? 0;
  if (n >= MOST_DENIED) return false;
  await writeAudit(tx, { actor, action: 'access.denied', target, at, detail: { action, reason: why, ...(request === undefined ? {} : { request }), ...(n === MOST_DENIED - 1 ? { furtherOnesInTheLog: true } : {}) } });
  return true;
}

/** The same in a transaction of its own: whatever was asked for is not done, and this stays. */
export function noteDenied(db: Transactions, attempt: DeniedAttempt): Promise<boolean> {
  return db.run((tx) => writeDenied(tx, attempt));
}
