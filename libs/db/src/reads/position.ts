import type { Queryable } from '../transactions.js';

/**
 * The latest change that everyone may have seen, `<xid>.<id>`. Read before a list's rows: a change that slips in between
 * is told again, which does no harm; the other way round it would be missed.
 */
export async function latestPosition(db: Queryable): Promise<string | null> {
  const [row] = await db.prepared<{ seq: string }>(LATEST_POSITION);
  return row?.seq ?? null;
}

/** The same as a sub-select, for lists that are one statement and so one picture. */
export const LATEST_POSITION = `select xid::text || '.' || id as seq from change where xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid desc, id desc limit 1`;
