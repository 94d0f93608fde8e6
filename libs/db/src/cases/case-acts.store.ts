import { unpackState, type CaseSnapshot, type OrderLook } from '@orderwatch/domain';
import { lockOrders, tryLockOrders } from '../orders/advisory-locks.js';
import type { Queryable, Tx } from '../transactions.js';
import { CASE_COLUMNS, CASE_FROM, caseRecordOf, readCase, type CaseRecord, type CaseSqlRow } from './case-record.js';

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
  /** Person id, `rule:<id>` or `system`. */
  readonly actorId: string;
  readonly mutationId: string | null;
  readonly what: string;
  readonly why: string | null;
  readonly rule: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

/** Compare and set: the order, the version that was read, and for a claim that nobody's lease is live. No rows = somebody was faster. */
const SAVE = `
update case_item set version = version + 1, updated_at = now(), state = $3, backlog = $4, acknowledged = $5::text[], opened_at = $6, due_at = $7, owner_id = $8, lease_until = $9,
  snoozed_until = $10, waiting_for = $11, cleared = $12, reopened = $13, outcome = $14, resolved_at = $15, resolved_by = $16, snooze = $19
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
      next.cleared, next.reopened, next.outcome, at(next.resolvedAt), next.resolvedBy, claimant, at(now), next.snooze === null ? null : JSON.stringify(next.snooze),
    ]);
    return rows.length === 1;
  }

  /** As {@link lock}, but waits for nobody: `busy` when another writer is at that order. */
  async tryLock(tx: Tx, orderId: string): Promise<CaseRecord | null | 'busy'> {
    return (await tryLockOrders(tx, [orderId])).length === 0 ? 'busy' : readCase(tx, orderId);
  }

  /** The same act sent twice at once waits for itself, so that it cannot take two cases. Before any lock on an order. */
  async lockMutation(tx: Tx, mutationId: string): Promise<void> {
    await tx.prepared('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`mutation ${mutationId}`]);
  }

  /** The order as a snooze looks at it; null for a case without one. */
  async orderLook(tx: Tx, orderId: string): Promise<OrderLook | null> {
    const [row] = await tx.prepared<{ state: string; total_minor: string | null; currency: string | null }>('select state, total_minor, currency from order_state where order_id = $1', [orderId]);
    if (!row) return null;
    const value = row.total_minor === null ? null : Number(row.total_minor);
    return { state: unpackState(row.state), value, currency: value === null ? null : row.currency };
  }

  /** The order's deadline rings now: while a case is resolved its findings are not kept up, and who opens it again wants today's. */
  async assessSoon(tx: Tx, orderId: string, now: number): Promise<void> {
    await tx.prepared(
      `insert into order_due as d (order_id, due_at) select order_id, $2::timestamptz from order_state where order_id = $1
       on conflict (order_id) do update set due_at = least(d.due_at, excluded.due_at)`, [orderId, at(now)]);
  }

  /**
   * Prolongs a lease that is still live. No new version: it is nobody's conflict. Under the order's lock, since whoever writes the
   * order writes the whole case as it was read.
   */
  async renewLease(tx: Tx, lease: { readonly orderId: string; readonly personId: string; readonly now: number; readonly until: number }): Promise<boolean> {
    await lockOrders(tx, [lease.orderId]);
    const rows = await tx.prepared(
      `update case_item set lease_until = $4 where order_id = $1 and owner_id = $2 and state = 'claimed' and lease_until > $3 returning 1 as renewed`,
      [lease.orderId, lease.personId, at(lease.now), at(lease.until)]);
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

  /** Whether an act with this id has changed this case; one act on many cases has one id. */
  async hasActed(db: Queryable, orderId: string, mutationId: string): Promise<boolean> {
    return (await db.prepared('select 1 as done from case_history where order_id = $1 and mutation_id = $2', [orderId, mutationId])).length > 0;
  }

  /** Every case that an act with this id has changed. */
  async ordersOfMutation(db: Queryable, mutationId: string): Promise<string[]> {
    const rows = await db.prepared<{ order_id: string }>('select order_id from case_history where mutation_id = $1 order by order_id', [mutationId]);
    return rows.map((row) => row.order_id);
  }

  /** When anybody, or that person, acted last on it. */
  async lastAct(db: Queryable, orderId: string, personId: string | null): Promise<Date | null> {
    const [row] = await db.prepared<{ at: Date }>('select at from case_history where order_id = $1 and ($2::text is null or actor = $2) order by id desc limit 1', [orderId, personId]);
    return row?.at ?? null;
  }

  /** The open cases that are a person's, in hand or put off. */
  async casesOf(db: Queryable, personId: string): Promise<string[]> {
    const rows = await db.prepared<{ order_id: string }>(`select order_id from case_item where owner_id = $1 and state <> 'resolved' order by due_at, order_id`, [personId]);
    return rows.map((row) => row.order_id);
  }

  async history(db: Queryable, orderId: string): Promise<StoredHistoryEntry[]> {
    const rows = await db.prepared<Omit<StoredHistoryEntry, 'before' | 'after'> & { before: string | null; after: string | null }>(
      `select h.id::text as id, h.at, p.name as actor, h.actor as "actorId", h.mutation_id as "mutationId", h.what, h.why, h.rule, h.before, h.after
       from case_history h left join person p on p.id::text = h.actor where h.order_id = $1 order by h.id desc limit 500`,
      [orderId],
    );
    return rows.map((row) => ({ ...row, before: row.before === null ? null : JSON.parse(row.before), after: row.after === null ? null : JSON.parse(row.after) }));
  }

  /** Snoozes that should have ended by then and have not: nobody waits for them but their owner, so somebody must look. */
  async sleepingPast(db: Queryable, then: number, limit: number): Promise<CaseRecord[]> {
    const rows = await db.prepared<CaseSqlRow>(`select ${CASE_COLUMNS} from ${CASE_FROM} where c.state = 'snoozed' and c.snoozed_until <= $1 order by c.snoozed_until, c.order_id limit $2`, [at(then), limit]);
    return rows.map(caseRecordOf);
  }

  /** How many of them, up to a thousand. */
  async countSleepingPast(db: Queryable, then: number): Promise<number> {
    const [row] = await db.prepared<{ n: number }>(`select count(*)::int as n from (select 1 from case_item where state = 'snoozed' and snoozed_until <= $1 limit 1000) x`, [at(then)]);
    return row?.n ?? 0;
  }

  /** Cases whose lease or snooze has ended, the longest ended first. */
  async overdue(db: Queryable, now: number, limit: number): Promise<string[]> {
    const rows = await db.prepared<{ order_id: string }>(
      `(select order_id from case_item where state = 'snoozed' and snoozed_until <= $1 order by snoozed_until, order_id limit $2)
       union all (select order_id from case_item where state = 'claimed' and lease_until <= $1 order by lease_until limit $2) limit $2`,
      [at(now), limit],
    );
    return rows.map((row) => row.order_id);
  }
}
