import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { canonicalJson } from '@orderwatch/domain';
import type { Tx } from '../transactions.js';

export interface AuditEntry {
  /** Person id, token id, `operator` (the command line) or `system`. */
  readonly actor: string;
  /** `category.operation`, e.g. `remedy.approve`. */
  readonly action: string;
  readonly target: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/** Where an act came from: written into each entry that is made meanwhile, and so hashed with it. */
export interface AuditOrigin {
  /** Id of the request, as answers and the log have it: what one request did is found by it. */
  readonly request: string;
  /** Tells one person's sessions apart, and opens none of them. */
  readonly session: string | null;
}

const origins = new AsyncLocalStorage<() => AuditOrigin>();

/** Everything audited within `work` came from there. @param origin asked only when something is audited. */
export function withAuditOrigin<T>(origin: () => AuditOrigin, work: () => T): T {
  return origins.run(origin, work);
}

function originOf(): Partial<AuditOrigin> {
  const { request, session } = origins.getStore()?.() ?? {};
  return { ...(request ? { request } : {}), ...(session ? { session } : {}) };
}

const AUDIT_LOCK = 7_261_204_913;
/** What the first entry follows. */
export const GENESIS = Buffer.alloc(32);

/** @param detail canonical text, as it is stored. */
export function hashOf(prev: Buffer, entry: Omit<AuditEntry, 'detail'>, detail: string): Buffer {
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
  const detail = canonicalJson({ ...originOf(), ...entry.detail });
  await tx.prepared('insert into audit (at, actor, action, target, detail, prev, hash) values ($1::timestamptz, $2, $3, $4, $5, $6::bytea, $7::bytea)', [
    new Date(entry.at), entry.actor, entry.action, entry.target, detail, prev, hashOf(prev, entry, detail),
  ]);
}
