import type { CaseSnapshot } from '@orderwatch/domain';
import { lockOrders } from '../orders/advisory-locks.js';
import type { Queryable, Tx } from '../transactions.js';
import { readCase, type CaseRecord } from './case-record.js';

export interface CaseHistoryEntry {
  readonly orderId: string;
  readonly at: number;
  /** Person id or `system`. */
  readonly actor: string;
  readonly what: string;
  readonly why: string | null;
  readonly rule: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly mutationId: string | null;
}

export interface StoredHistoryEntry {
  readonly id: string;
  readonly at: Date;
  /** The person's name; null is Orderwatch itself. */
  readonly actor: string | null;
  readonly what: string;
  readonly why: string | null;
  readonly rule: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

/** Compare and set: the order, the version that was read, and for a claim that nobody's lease is live. No rows = somebody was faster. */
const SAVE = `
update case_item set version = version + 1, updated_at = now(), state = $3, backlog = $4, acknowledged = $5::text[], opened_at = $6, due_at = $7, owner_id = $8, lease_until = $9,
  snoozed_until = $10, waiting_for = $11, cleared = $12, reopened = $13, outcome = $14, resolved_at = $15, resolved_by = $16
where order_id = $1 and version = $2 and ($17::uuid is null or owner_id is null or owner_id = $17 or lease_until is null or lease_until <= $18)
returning version`;

const at = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** What people do with cases. Every writer of an order holds its lock, so that the processor's writes and people's never overwrite each other. */
export class CaseActsStore {
  /** Locks the order, then reads its case: two statements, for the read must see what the lock waited for. */
  async lock(tx: Tx, orderId: string): Promise<CaseRecord | null> {
    await lockOrders(tx, [orderId]);
    return readCase(tx, orderId);
  }

  /** @returns whether it was still as it had been read. `claimant`: also that no other person's lease is live at `now`. */
  async save(tx: Tx, record: CaseRecord, next: CaseSnapshot, now: number, claimant: string | null): Promise<boolean> {
    const rows = await tx.prepared(SAVE, [
      record.orderId, record.version, next.state, next.backlog, next.acknowledged, at(next.openedAt), at(next.dueAt), next.ownerId, at(next.leaseUntil), at(next.snoozedUntil), next.waitingFor,
      next.cleared, next.reopened, next.outcome, at(next.resolvedAt), next.resolvedBy, claimant, at(now),
    ]);
    return rows.length === 1;
  }

  async writeHistory(tx: Tx, entry: CaseHistoryEntry): Promise<void> {
    await tx.prepared(
      `insert into case_history (order_id, at, actor, what, why, rule, before, after, mutation_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [entry.orderId, at(entry.at), entry.actor, entry.what, entry.why, entry.rule, JSON.stringify(entry.before), JSON.stringify(entry.after), entry.mutationId],
    );
  }

  /** The case that an act with this id has already changed. */
  async orderOfMutation(db: Queryable, mutationId: string): Promise<string | null> {
    const [row] = await db.prepared<{ order_id: string }>('select order_id from case_history where mutation_id = $1 limit 1', [mutationId]);
    return row?.order_id ?? null;
  }

  /** Who acted last on it, and when. */
  async lastAct(db: Queryable, orderId: string): Promise<{ readonly actor: string; readonly at: Date } | null> {
    const [row] = await db.prepared<{ actor: string; at: Date }>('select actor, at from case_history where order_id = $1 order by id desc limit 1', [orderId]);
    return row ?? null;
  }

  async history(db: Queryable, orderId: string): Promise<StoredHistoryEntry[]> {
    const rows = await db.prepared<Omit<StoredHistoryEntry, 'before' | 'after'> & { before: string | null; after: string | null }>(
      `select h.id::text as id, h.at, p.name as actor, h.what, h.why, h.rule, h.before, h.after
       from case_history h left join person p on p.id::text = h.actor where h.order_id = $1 order by h.id desc limit 500`,
      [orderId],
    );
    return rows.map((row) => ({ ...row, before: row.before === null ? null : JSON.parse(row.before), after: row.after === null ? null : JSON.parse(row.after) }));
  }

  /** Cases whose lease or snooze has ended. */
  async overdue(db: Queryable, now: number, limit: number): Promise<string[]> {
    const rows = await db.prepared<{ order_id: string }>(
      `(select order_id from case_item where state = 'snoozed' and snoozed_until <= $1 limit $2)
       union all (select order_id from case_item where state = 'claimed' and lease_until <= $1 limit $2) limit $2`,
      [at(now), limit],
    );
    return rows.map((row) => row.order_id);
  }
}
