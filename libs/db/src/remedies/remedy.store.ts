import type { EvidenceItem, RemedyDecision, RemedyRecord, RemedyRow } from './remedy-record.js';
import { toRecord } from './remedy-record.js';
import type { PolicyCheck, Remedy, RemedyFacts, RemedyLine } from '@orderwatch/domain';
import { writeChanges } from '../changes/write-changes.js';
import type { Queryable, Tx } from '../transactions.js';

export interface NewRemedy {
  readonly id: string;
  readonly orderId: string;
  readonly remedy: Remedy;
  readonly lines: readonly RemedyLine[];
  readonly reasonCode: string;
  readonly reason: string;
  readonly evidence: readonly EvidenceItem[];
  readonly facts: RemedyFacts;
  readonly checks: readonly PolicyCheck[];
  readonly idempotencyKey: string;
  readonly proposedAt: number;
  readonly mutationId: string;
}

/** What an attempt or a decision changes beside the decided remedy itself. */
export interface RemedyOutcome {
  readonly attempts?: number;
  readonly attemptedAt?: number | null;
  readonly executedAt?: number;
  readonly confirmedAt?: number;
  readonly reference?: string;
  readonly failure?: string | null;
  readonly declinedReason?: string;
  readonly voidReasons?: readonly string[];
}

const SELECT = `
select r.id::text, r.order_id::text, r.number::text, r.version, r.revision, r.kind, r.state, r.amount_minor::text, r.currency, r.lines, r.reason_code, r.reason, r.evidence,
       r.facts_hash, r.facts, r.checks, r.approvals_needed, r.idempotency_key::text, r.proposed_by::text, r.proposed_at, r.expires_at, r.execute_after, r.attempts, r.attempted_at,
       r.executed_at, r.confirmed_at, r.reference, r.failure, r.declined_reason, r.void_reasons, r.mutation_id::text,
       coalesce(s.name, s.home_id) as order_name, s.home, s.home_id, s.customer_id::text,
       (select json_agg(json_build_object('person_id', a.person_id, 'at', a.at, 'decision', a.decision, 'reason', a.reason, 'revision', a.revision, 'facts_hash', a.facts_hash) order by a.at)::text
          from remedy_approval a where a.order_id = r.order_id and a.remedy_id = r.id) as decisions
  from remedy r join order_state s on s.order_id = r.order_id`;

const when = (instant: number | null | undefined): Date | null => (instant === null || instant === undefined ? null : new Date(instant));

/** Remedies with their decisions. Writers compare the version: who was slower changes nothing. */
export class RemedyStore {
  async find(db: Queryable, id: string): Promise<RemedyRecord | undefined> {
    const [row] = await db.query<RemedyRow>(`${SELECT} where r.id = $1::uuid`, [id]);
    return row && toRecord(row);
  }

  async ofOrder(db: Queryable, orderId: string): Promise<RemedyRecord[]> {
    return (await db.query<RemedyRow>(`${SELECT} where r.order_id = $1::uuid order by r.proposed_at desc`, [orderId])).map(toRecord);
  }

  /** Who waits longest first; decided ones newest first, at most `limit`. */
  async inbox(db: Queryable, limit: number): Promise<{ readonly open: RemedyRecord[]; readonly decided: RemedyRecord[] }> {
    const open = await db.query<RemedyRow>(`${SELECT} where r.state in ('proposed','approved','executing','failed','needs_human') order by r.proposed_at, r.id limit $1`, [limit]);
    const decided = await db.query<RemedyRow>(`${SELECT} where r.state in ('executed','confirmed','declined','void') order by r.proposed_at desc, r.id limit $1`, [limit]);
    return { open: open.map(toRecord), decided: decided.map(toRecord) };
  }

  /** @returns false when another open remedy of that kind exists for the order, or the mutation was seen before. */
  async insert(tx: Tx, made: NewRemedy): Promise<boolean> {
    const { remedy } = made;
    const rows = await tx.query(
      `insert into remedy (order_id, id, kind, state, amount_minor, currency, lines, reason_code, reason, evidence, facts_hash, facts, checks, approvals_needed, idempotency_key,
                           proposed_by, proposed_at, expires_at, mutation_id)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19) on conflict do nothing returning 1`,
      [made.orderId, made.id, remedy.kind, remedy.state, remedy.amount?.minor ?? null, remedy.amount?.currency ?? null, JSON.stringify(made.lines), made.reasonCode, made.reason,
        JSON.stringify(made.evidence), remedy.factsHash, JSON.stringify(made.facts), JSON.stringify(made.checks), remedy.approvalsNeeded, made.idempotencyKey,
        remedy.proposedBy, when(made.proposedAt), when(remedy.expiresAt), made.mutationId],
    );
    return rows.length > 0;
  }

  /** Writes the decided remedy when nobody was faster. @returns whether it was written. */
  async save(tx: Tx, before: RemedyRecord, next: Remedy, outcome: RemedyOutcome = {}): Promise<boolean> {
    const rows = await tx.query(
      `update remedy set version = version + 1, state = $4, revision = $5, execute_after = $6,
              attempts = coalesce($7, attempts), attempted_at = coalesce($8, attempted_at), executed_at = coalesce($9, executed_at), confirmed_at = coalesce($10, confirmed_at),
              reference = coalesce($11, reference), failure = case when $12::boolean then $13 else failure end, declined_reason = coalesce($14, declined_reason), void_reasons = coalesce($15, void_reasons)
        where order_id = $1 and id = $2 and version = $3 returning 1`,
      [before.orderId, before.id, before.version, next.state, next.revision, when(next.executeAfter), outcome.attempts ?? null, when(outcome.attemptedAt), when(outcome.executedAt),
        when(outcome.confirmedAt), outcome.reference ?? null, outcome.failure !== undefined, outcome.failure ?? null, outcome.declinedReason ?? null,
        outcome.voidReasons ? JSON.stringify(outcome.voidReasons) : null],
    );
    return rows.length > 0;
  }

  async noteDecision(tx: Tx, record: RemedyRecord, decision: RemedyDecision): Promise<void> {
    await tx.query(
      `insert into remedy_approval (order_id, remedy_id, person_id, at, decision, reason, revision, facts_hash) values ($1,$2,$3,$4,$5,$6,$7,$8)
       on conflict (order_id, remedy_id, person_id, revision) do update set at = excluded.at, decision = excluded.decision, reason = excluded.reason`,
      [record.orderId, record.id, decision.personId, when(decision.at), decision.decision, decision.reason, decision.revision, decision.factsHash],
    );
  }

  /** What left the house, per order; the outside system's id makes a repeat harmless. */
  async noteLedger(tx: Tx, record: RemedyRecord, reference: string, at: number): Promise<void> {
    const { amount, kind } = record.remedy;
    await tx.query(
      `insert into remedy_ledger (order_id, id, at, kind, amount_minor, currency, source, remedy_id) values ($1,$2,$3,$4,$5,$6,$7,$8) on conflict do nothing`,
      [record.orderId, reference, when(at), kind, amount?.minor ?? 0, amount?.currency ?? 'XXX', record.home, record.id],
    );
  }

  /** Tells inbox and order page that the remedy has a new version, and keeps it in the order's history. */
  async announce(tx: Tx, id: string, told: { readonly what: string; readonly why: string | null; readonly actor: string; readonly now: number; readonly mutationId: string | null }): Promise<void> {
    const record = await this.find(tx, id);
    if (!record) return;
    const base = { entity: 'remedy', id, version: record.version, changed: ['state'], actor: told.actor, mutationId: told.mutationId, at: told.now } as const;
    await tx.query(`insert into case_history (order_id, at, actor, what, why, after, mutation_id) values ($1,$2,$3,$4,$5,$6,$7)`, [
      record.orderId, when(told.now), told.actor, told.what, told.why, JSON.stringify({ remedy: id, state: record.remedy.state, kind: record.remedy.kind, amount: record.remedy.amount }), told.mutationId,
    ]);
    await writeChanges(tx, [{ ...base, topic: 'approvals' }, { ...base, topic: `order:${record.orderId}` }]);
  }

  /** Remedies whose execution somebody must look at again: an echo or a look-up may settle them. */
  async unsettled(db: Queryable, orderId: string): Promise<RemedyRecord[]> {
    return (await db.query<RemedyRow>(`${SELECT} where r.order_id = $1::uuid and r.state in ('executing','executed','needs_human')`, [orderId])).map(toRecord);
  }

  /** Remedies whose job got lost: approved and due, or begun, and nothing has happened since that instant. */
  async stranded(db: Queryable, since: number): Promise<string[]> {
    const rows = await db.query<{ id: string }>(
      `select id::text from remedy where (state = 'approved' and execute_after < $1) or (state = 'executing' and attempted_at < $1) order by proposed_at limit 200`, [when(since)]);
    return rows.map((row) => row.id);
  }

  /** Proposals nobody answered in time: they lapse to declined, they never pass. */
  async lapsed(db: Queryable, now: number): Promise<RemedyRecord[]> {
    return (await db.query<RemedyRow>(`${SELECT} where r.state = 'proposed' and r.expires_at <= $1 order by r.expires_at limit 200`, [when(now)])).map(toRecord);
  }
}
