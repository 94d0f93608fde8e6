import { createHash } from 'node:crypto';
import { canonicalJson } from '@orderwatch/domain';
import type { Queryable, Tx } from '../transactions.js';

export interface AuditEntry {
  /** Person id, token id, `operator` (the command line) or `system`. */
  readonly actor: string;
  /** `category.operation`, e.g. `remedy.approve`. */
  readonly action: string;
  readonly target: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly at: number;
}

const AUDIT_LOCK = 7_261_204_913;
const GENESIS = Buffer.alloc(32);

function hashOf(prev: Buffer, entry: AuditEntry, detail: string): Buffer {
  return createHash('sha256').update(prev).update(canonicalJson({ at: entry.at, actor: entry.actor, action: entry.action, target: entry.target, detail })).digest();
}

/**
 * Appends to the hash chain. The advisory lock comes last in the caller's transaction and is a statement of its own:
 * a row lock on the tail forks, and a read in the same statement would see the tail from before the lock.
 */
export async function writeAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.prepared('select pg_advisory_xact_lock($1::bigint)', [AUDIT_LOCK]);
  const [tail] = await tx.prepared<{ hash: Buffer }>('select hash from audit order by id desc limit 1');
  const prev = tail?.hash ?? GENESIS;
  const detail = canonicalJson(entry.detail);
  await tx.prepared('insert into audit (at, actor, action, target, detail, prev, hash) values ($1::timestamptz, $2, $3, $4, $5, $6::bytea, $7::bytea)', [
    new Date(entry.at), entry.actor, entry.action, entry.target, detail, prev, hashOf(prev, entry, detail),
  ]);
}

/** Walks the chain. @returns the id of the first entry that does not fit, or null. */
export async function verifyAudit(db: Queryable): Promise<string | null> {
  let prev: Buffer = GENESIS;
  const rows = await db.query<{ id: string; at: Date; actor: string; action: string; target: string | null; detail: string; prev: Buffer; hash: Buffer }>(
    // By the column: `id` alone would be the text of that name in the output, and sort 10 before 2.
    'select a.id::text as id, at, actor, action, target, detail, prev, hash from audit a order by a.id',
  );
  for (const row of rows) {
    const entry = { at: row.at.getTime(), actor: row.actor, action: row.action, target: row.target, detail: {} };
    if (!row.prev.equals(prev) || !row.hash.equals(hashOf(prev, entry, row.detail))) return row.id;
    prev = row.hash;
  }
  return null;
}
