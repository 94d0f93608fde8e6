import type { Queryable } from '../transactions.js';
import { GENESIS } from './audit.store.js';
import { followChain, type ChainRow } from './chain.js';

/** What the last look at the chain found. */
export interface AuditCheck {
  readonly checkedAt: number;
  /** When the chain was last walked from its first entry, and was whole. */
  readonly wholeAt: number | null;
  readonly entries: number;
  readonly head: Anchor | null;
  /** The first entry that does not fit, and since when that is known. */
  readonly broken: { readonly id: string; readonly since: number } | null;
}

/** An entry that was there: nothing before it can be missing as long as it stands and the chain up to it is whole. */
export interface Anchor {
  readonly id: string;
  readonly hash: Buffer;
}

interface CheckRow {
  readonly checked_at: Date; readonly whole_at: Date | null; readonly entries: string; readonly head_id: string | null; readonly head_hash: Buffer | null; readonly broken_id: string | null; readonly broken_since: Date | null;
}

/** Entries that are in memory at a time. */
const PAGE = 2_000;

interface Walk {
  readonly broken: string | null;
  readonly entries: number;
  readonly head: Anchor | null;
}

/** Walks the chain after that entry, page by page: a single long read would hold vacuum and the live feed back. */
async function walk(db: Queryable, from: Anchor | null): Promise<Walk> {
  let head = from;
  for (let entries = 0; ;) {
    // By the column: `id` alone would be the text of that name in the output, and sort 10 before 2.
    const rows = await db.query<ChainRow>(
      `select a.id::text as id, at, at = date_trunc('milliseconds', at) as "isWhole", actor, action, target, detail, prev, hash from audit a where a.id > $1::bigint order by a.id limit ${PAGE}`, [head?.id ?? '0']);
    const found = followChain(rows, head?.hash ?? GENESIS);
    if ('broken' in found) return { broken: found.broken, entries, head };
    entries += rows.length;
    const last = rows.at(-1);
    if (last) head = { id: last.id, hash: found.last };
    if (rows.length < PAGE) return { broken: null, entries, head };
  }
}

/** Walks the whole chain. @returns the id of the first entry that does not fit, or null. */
export async function verifyAudit(db: Queryable): Promise<string | null> {
  return (await walk(db, null)).broken;
}

/** What the last look found; nothing before the first. */
export async function lastAuditCheck(db: Queryable): Promise<AuditCheck | null> {
  const [row] = await db.query<CheckRow>('select checked_at, whole_at, entries::text, head_id::text, head_hash, broken_id::text, broken_since from audit_check');
  if (!row) return null;
  return {
    checkedAt: row.checked_at.getTime(), wholeAt: row.whole_at?.getTime() ?? null, entries: Number(row.entries), head: row.head_id === null || row.head_hash === null ? null : { id: row.head_id, hash: row.head_hash },
    broken: row.broken_id === null || row.broken_since === null ? null : { id: row.broken_id, since: row.broken_since.getTime() },
  };
}

/**
 * Looks at the chain and keeps what was found. What was added since the last look is always read; the whole of it when that is longer ago
 * than `wholeEvery` milliseconds, and while it is broken: only a whole chain ends an alarm. An entry that was the newest once must be there
 * as it was: so an end that was cut off is missed too.
 */
export async function checkAudit(db: Queryable, now: number, wholeEvery: number): Promise<AuditCheck> {
  const before = await lastAuditCheck(db);
  const isWhole = before === null || before.broken !== null || before.wholeAt === null || now - before.wholeAt >= wholeEvery;
  const missing = before?.head && !(await stands(db, before.head)) ? before.head.id : null;
  const found = await walk(db, isWhole ? null : (before?.head ?? null));
  const brokenId = found.broken ?? missing;
  const next: AuditCheck = {
    checkedAt: now, wholeAt: brokenId === null && isWhole ? now : (before?.wholeAt ?? null), broken: brokenId === null ? null : { id: brokenId, since: before?.broken?.since ?? now },
    head: brokenId === null ? found.head : (before?.head ?? null), entries: brokenId === null ? found.entries + (isWhole ? 0 : (before?.entries ?? 0)) : (before?.entries ?? 0),
  };
  await db.query(
    `insert into audit_check (checked_at, whole_at, entries, head_id, head_hash, broken_id, broken_since) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (one) do update set checked_at = excluded.checked_at, whole_at = excluded.whole_at, entries = excluded.entries, head_id = excluded.head_id, head_hash = excluded.head_hash,
       broken_id = excluded.broken_id, broken_since = excluded.broken_since`,
    [new Date(now), next.wholeAt === null ? null : new Date(next.wholeAt), next.entries, next.head?.id ?? null, next.head?.hash ?? null, brokenId, next.broken ? new Date(next.broken.since) : null]);
  return next;
}

async function stands(db: Queryable, { id, hash }: Anchor): Promise<boolean> {
  const rows = await db.query('select 1 from audit where id = $1::bigint and hash = $2', [id, hash]);
  return rows.length > 0;
}
