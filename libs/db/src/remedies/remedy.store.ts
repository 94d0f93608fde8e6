import type { EvidenceItem, RemedyDecision, RemedyException, RemedyQuestion, RemedyRecord, RemedyRow } from './remedy-record.js';
import { toRecord } from './remedy-record.js';
import { holdsLosses, lossesOf, type LedgerEntry, type PolicyCheck, type Remedy, type RemedyFacts, type RemedyLine, type Situation } from '@orderwatch/domain';
import type { SealedDelivery } from './delivery.store.js';
import { writeChanges } from '../changes/write-changes.js';
import type { Queryable, Tx } from '../transactions.js';

/** What a proposal says, and what it was read with. */
export interface RemedyContent {
  readonly lines: readonly RemedyLine[];
  readonly reasonCode: string;
  readonly reason: string;
  readonly evidence: readonly EvidenceItem[];
  readonly facts: RemedyFacts;
  readonly checks: readonly PolicyCheck[];
  /** Of the policy that said so; 0 = the one that comes with the program. */
  readonly policyVersion: number;
  readonly situation: Situation & { readonly isClean: boolean };
  /** Of reships; absent: what is stored stays. */
  readonly delivery?: SealedDelivery | null;
}

export interface NewRemedy extends RemedyContent {
  readonly id: string;
  readonly orderId: string;
  readonly remedy: Remedy;
  readonly idempotencyKey: string;
  readonly proposedAt: number;
  readonly mutationId: string;
  readonly cohortId?: string | null;
  readonly exception?: RemedyException | null;
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
  readonly questions?: readonly RemedyQuestion[];
  readonly escalatedAt?: number;
  /** Said and read anew. */
  readonly content?: RemedyContent;
}

const SELECT = `
select r.id::text, r.order_id::text, r.number::text, r.version, r.revision, r.kind, r.state, r.amount_minor::text, r.currency, r.lines, r.reason_code, r.reason, r.evidence,
       r.facts_hash, r.facts, r.checks, r.approvals_needed, r.idempotency_key::text, r.proposed_by::text, r.proposed_at, r.expires_at, r.execute_after, r.attempts, r.attempted_at,
       r.executed_at, r.confirmed_at, r.reference, r.failure, r.declined_reason, r.void_reasons, r.mutation_id::text,
       r.editors::text[] as editors, r.paused_at, r.questions, r.escalated_at, r.policy_version, r.unseen_at, r.cohort_id::text, (select c.cause from remedy_cohort c where c.id = r.cohort_id) as cohort_cause, r.exception,
       coalesce(s.name, s.home_id) as order_name, s.home, s.home_id, s.customer_id::text,
       (select json_agg(json_build_object('person_id', a.person_id, 'on_behalf_of', a.on_behalf_of, 'at', a.at, 'decision', a.decision, 'reason', a.reason, 'revision', a.revision, 'facts_hash', a.facts_hash) order by a.at)::text
          from remedy_approval a where a.order_id = r.order_id and a.remedy_id = r.id) as decisions
  from remedy r join order_state s on s.order_id = r.order_id`;

/** What of it is no personal data. */
function deliveryText(delivery: SealedDelivery | null | undefined): string | null {
  return delivery ? JSON.stringify({ addressOf: delivery.addressOf, service: delivery.service, customerId: delivery.customerId }) : null;
}

const when = (instant: number | null | undefined): Date | null => (instant === null || instant === undefined ? null : new Date(instant));

/** Remedies with their decisions. Writers compare the version: who was slower changes nothing. */
export class RemedyStore {
  async find(db: Queryable, id: string): Promise<RemedyRecord | undefined> {
    const [row] = await db.query<RemedyRow>(`${SELECT} where r.id = $1::uuid`, [id]);
    return row && toRecord(row);
  }

  /** What the policy was asked about it; null for those from before that was kept. */
  async situationOf(db: Queryable, { orderId, id }: Pick<RemedyRecord, 'orderId' | 'id'>): Promise<Situation | null> {
    const [row] = await db.query<{ situation: string | null }>('select situation::text from remedy where order_id = $1::uuid and id = $2::uuid', [orderId, id]);
    return row?.situation ? (JSON.parse(row.situation) as Situation) : null;
  }

  async ofOrder(db: Queryable, orderId: string): Promise<RemedyRecord[]> {
    return (await db.query<RemedyRow>(`${SELECT} where r.order_id = $1::uuid order by r.proposed_at desc`, [orderId])).map(toRecord);
  }

  /** What waits for a person to look it up first, then the oldest; decided ones newest first. */
  async inbox(db: Queryable, limit: { readonly open: number; readonly decided: number }): Promise<{ readonly open: RemedyRecord[]; readonly decided: RemedyRecord[] }> {
    const open = await db.query<RemedyRow>(`${SELECT} where r.state in ('proposed','approved','executing','failed','needs_human') or (r.state = 'executed' and r.unseen_at is not null) order by (r.state in ('failed','needs_human','executed')) desc, r.proposed_at, r.id limit $1`, [limit.open]);
    const decided = await db.query<RemedyRow>(`${SELECT} where r.state in ('executed','confirmed','declined','void') and not (r.state = 'executed' and r.unseen_at is not null) order by r.proposed_at desc, r.id limit $1`, [limit.decided]);
    return { open: open.map(toRecord), decided: decided.map(toRecord) };
  }

  /** @returns false when another open remedy holds the same loss, or the mutation was seen before. */
  async insert(tx: Tx, made: NewRemedy): Promise<boolean> {
    const { remedy } = made;
    if (!(await this.hold(tx, { orderId: made.orderId, id: made.id, remedy }, made.lines))) return false;
    const rows = await tx.query(
      `insert into remedy (order_id, id, kind, state, amount_minor, currency, lines, reason_code, reason, evidence, facts_hash, facts, checks, approvals_needed, idempotency_key,
                           proposed_by, proposed_at, expires_at, mutation_id, policy_version, situation, cohort_id, exception, delivery, delivery_address)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25) on conflict do nothing returning 1`,
      [made.orderId, made.id, remedy.kind, remedy.state, remedy.amount?.minor ?? null, remedy.amount?.currency ?? null, JSON.stringify(made.lines), made.reasonCode, made.reason,
        JSON.stringify(made.evidence), remedy.factsHash, JSON.stringify(made.facts), JSON.stringify(made.checks), remedy.approvalsNeeded, made.idempotencyKey,
        remedy.proposedBy, when(made.proposedAt), when(remedy.expiresAt), made.mutationId, made.policyVersion, JSON.stringify(made.situation), made.cohortId ?? null,
        made.exception ? JSON.stringify(made.exception) : null, deliveryText(made.delivery), made.delivery?.sealed ?? null],
    );
    return rows.length > 0;
  }

  /**
   * Writes the decided remedy when nobody was faster, and when nobody else holds what it makes good. A remedy that is over lets go of it
   * in the same transaction. @returns whether it was written; if not, nothing was.
   */
  async save(tx: Tx, before: RemedyRecord, next: Remedy, outcome: RemedyOutcome = {}): Promise<boolean> {
    const lines = outcome.content?.lines ?? before.lines;
    const [held, holds] = [holdsLosses(before.remedy.state), holdsLosses(next.state)];
    if (holds && (!held || outcome.content)) {
      const isCurrent = await tx.query('select 1 from remedy where order_id = $1 and id = $2 and version = $3 for update', [before.orderId, before.id, before.version]);
      if (isCurrent.length === 0 || !(await this.hold(tx, { ...before, remedy: next }, lines))) return false;
    }
    const rows = await tx.query(
      `update remedy set version = version + 1, state = $4, revision = $5, execute_after = $6,
              attempts = coalesce($7, attempts), attempted_at = coalesce($8, attempted_at), executed_at = coalesce($9, executed_at), confirmed_at = coalesce($10, confirmed_at),
              reference = coalesce($11, reference), failure = case when $12::boolean then $13 else failure end, declined_reason = coalesce($14, declined_reason), void_reasons = coalesce($15, void_reasons),
              paused_at = $16, expires_at = $17, questions = coalesce($18, questions), escalated_at = coalesce($19, escalated_at), unseen_at = $20
        where order_id = $1 and id = $2 and version = $3 returning 1`,
      [before.orderId, before.id, before.version, next.state, next.revision, when(next.executeAfter), outcome.attempts ?? null, when(outcome.attemptedAt), when(outcome.executedAt),
        when(outcome.confirmedAt), outcome.reference ?? null, outcome.failure !== undefined, outcome.failure ?? null, outcome.declinedReason ?? null,
        outcome.voidReasons ? JSON.stringify(outcome.voidReasons) : null, when(next.pausedAt), when(next.expiresAt), outcome.questions ? JSON.stringify(outcome.questions) : null, when(outcome.escalatedAt), when(next.unseenAt)],
    );
    if (rows.length === 0) return false;
    if (outcome.content) await this.rewrite(tx, before, next, outcome.content);
    if (held && !holds) await tx.query('delete from remedy_loss where order_id = $1 and remedy_id = $2', [before.orderId, before.id]);
    return true;
  }

  /** The open remedy that makes good some of the same. */
  async holderOf(db: Queryable, orderId: string, remedy: Pick<Remedy, 'kind'>, lines: readonly RemedyLine[]): Promise<RemedyRecord | undefined> {
    const [row] = await db.query<RemedyRow>(
      `${SELECT} join remedy_loss l on l.order_id = r.order_id and l.remedy_id = r.id where r.order_id = $1 and l.loss = any($2::text[]) order by r.proposed_at limit 1`, [orderId, lossesOf(remedy, lines)]);
    return row && toRecord(row);
  }

  private async rewrite(tx: Tx, { orderId, id }: RemedyRecord, next: Remedy, content: RemedyContent): Promise<void> {
    await tx.query(
      `update remedy set amount_minor = $3, currency = $4, facts_hash = $5, approvals_needed = $6, editors = $7::uuid[], lines = $8, reason_code = $9, reason = $10, evidence = $11, facts = $12, checks = $13,
              policy_version = $14, situation = $15, escalated_at = null,
              delivery = case when $16::boolean then $17 else delivery end, delivery_address = case when $16::boolean then $18 else delivery_address end
        where order_id = $1 and id = $2`,
      [orderId, id, next.amount?.minor ?? null, next.amount?.currency ?? null, next.factsHash, next.approvalsNeeded, next.editors, JSON.stringify(content.lines), content.reasonCode, content.reason,
        JSON.stringify(content.evidence), JSON.stringify(content.facts), JSON.stringify(content.checks), content.policyVersion, JSON.stringify(content.situation),
        content.delivery !== undefined, deliveryText(content.delivery), content.delivery?.sealed ?? null],
    );
  }

  /** Takes what the remedy makes good for it alone, or nothing at all. @returns false when another open remedy has one of it. */
  private async hold(tx: Tx, { orderId, id, remedy }: { readonly orderId: string; readonly id: string; readonly remedy: Remedy }, lines: readonly RemedyLine[]): Promise<boolean> {
    const wanted = lossesOf(remedy, lines);
    const taken = await tx.query('select 1 from remedy_loss where order_id = $1 and loss = any($2::text[]) and remedy_id <> $3 limit 1', [orderId, wanted, id]);
    if (taken.length > 0) return false;
    await tx.query('delete from remedy_loss where order_id = $1 and remedy_id = $2 and loss <> all($3::text[])', [orderId, id, wanted]);
    const mine = await tx.query<{ remedy_id: string }>(
      `insert into remedy_loss (order_id, loss, remedy_id) select $1, loss, $3 from unnest($2::text[]) as loss
       on conflict (order_id, loss) do update set loss = excluded.loss returning remedy_id::text`, [orderId, wanted, id]);
    if (mine.some((row) => row.remedy_id !== id)) throw new Error(`remedy ${id}: another one took the same loss at the same time`); // writers hold the order's lock; this one did not
    return true;
  }

  async noteDecision(tx: Tx, record: RemedyRecord, decision: RemedyDecision): Promise<void> {
    await tx.query(
      `insert into remedy_approval (order_id, remedy_id, person_id, at, decision, reason, revision, facts_hash, on_behalf_of) values ($1,$2,$3,$4,$5,$6,$7,$8,$9)
       on conflict (order_id, remedy_id, person_id, revision) do update set at = excluded.at, decision = excluded.decision, reason = excluded.reason, on_behalf_of = excluded.on_behalf_of`,
      [record.orderId, record.id, decision.personId, when(decision.at), decision.decision, decision.reason, decision.revision, decision.factsHash, decision.onBehalfOf],
    );
  }

  /** What left the house, per order; the outside system's id makes a repeat harmless. */
  async noteLedger(tx: Tx, record: RemedyRecord, reference: string, at: number): Promise<void> {
    const { amount, kind } = record.remedy;
    await tx.query(
      `insert into remedy_ledger (order_id, id, at, kind, amount_minor, currency, source, remedy_id, lines) values ($1,$2,$3,$4,$5,$6,$7,$8,$9) on conflict do nothing`,
      [record.orderId, reference, when(at), kind, amount?.minor ?? 0, amount?.currency ?? 'XXX', record.home, record.id, JSON.stringify(record.lines)],
    );
  }

  /** What was written into the ledger for it did not happen, or under another name. */
  async strikeLedger(tx: Tx, { orderId, id }: Pick<RemedyRecord, 'orderId' | 'id'>): Promise<void> {
    await tx.query('delete from remedy_ledger where order_id = $1::uuid and remedy_id = $2::uuid', [orderId, id]);
  }

  /** Tells inbox and order page that the remedy has a new version, and keeps it in the order's history. */
  async announce(tx: Tx, id: string, told: { readonly what: string; readonly why: string | null; readonly actor: string; readonly now: number; readonly mutationId: string | null }): Promise<void> {
    const record = await this.find(tx, id);
    if (!record) return;
    await tx.query(`insert into case_history (order_id, at, actor, what, why, after, mutation_id) values ($1,$2,$3,$4,$5,$6,$7)`, [
      record.orderId, when(told.now), told.actor, told.what, told.why, JSON.stringify({ remedy: id, state: record.remedy.state, kind: record.remedy.kind, amount: record.remedy.amount }), told.mutationId,
    ]);
    await this.push(tx, id, told);
  }

  /** Tells inbox and order page that the remedy has a new version, and nothing that would be worth a line in the order's history. */
  async push(tx: Tx, id: string, by: { readonly actor: string; readonly now: number; readonly mutationId: string | null }): Promise<void> {
    const record = await this.find(tx, id);
    if (!record) return;
    const base = { entity: 'remedy', id, version: record.version, changed: ['state'], actor: by.actor, mutationId: by.mutationId, at: by.now } as const;
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

  /** What left the house for the order through us. */
  async ledger(db: Queryable, orderId: string): Promise<LedgerEntry[]> {
    const rows = await db.query<{ id: string; at: Date; kind: LedgerEntry['kind']; amount_minor: string; currency: string; source: string; remedy_id: string | null; lines: string }>(
      'select id, at, kind, amount_minor::text, currency, source, remedy_id::text, lines from remedy_ledger where order_id = $1::uuid order by at, id', [orderId]);
    return rows.map((row) => ({
      id: row.id, at: row.at.getTime(), kind: row.kind, amount: { minor: Number(row.amount_minor), currency: row.currency }, source: row.source, remedyId: row.remedy_id, lines: JSON.parse(row.lines) as RemedyLine[],
    }));
  }

  /** What a bank took back from the shop, as the sources told of it; the same dispute told twice counts once. */
  async chargebacks(db: Queryable, orderId: string): Promise<LedgerEntry[]> {
    const rows = await db.query<{ id: string; at: Date; source: string; minor: string; currency: string }>(
      `select fact_id as id, at, source, data::json -> 'amount' ->> 'minor' as minor, data::json -> 'amount' ->> 'currency' as currency from order_event
        where order_id = $1::uuid and type = 'payment.status' and data::json ->> 'code' = 'disputed' and data::json -> 'amount' ->> 'minor' is not null order by at limit 1`, [orderId]);
    return rows.map((row) => ({ id: row.id, at: row.at.getTime(), kind: 'chargeback', amount: { minor: Number(row.minor), currency: row.currency }, source: row.source, remedyId: null, lines: [] }));
  }

  /** Carried out before that instant, never seen at the outside system, and nobody was told. */
  async unseen(db: Queryable, before: number): Promise<RemedyRecord[]> {
    return (await db.query<RemedyRow>(`${SELECT} where r.state = 'executed' and r.unseen_at is null and r.executed_at < $1 order by r.executed_at limit 200`, [when(before)])).map(toRecord);
  }

  /** Remedies that the order's customer had or is about to have since that instant, over all their orders; null when the customer is not known. */
  async ofCustomer(db: Queryable, orderId: string, since: number, except: string | null): Promise<number | null> {
    const [row] = await db.query<{ n: number | null }>(
      `select case when me.customer_id is null then null else (
         select count(*)::int from order_state s join remedy r on r.order_id = s.order_id
          where s.customer_id = me.customer_id and r.proposed_at >= $2 and r.state in ('approved','executing','executed','confirmed','needs_human') and r.id is distinct from $3::uuid) end as n
         from order_state me where me.order_id = $1::uuid`, [orderId, when(since), except]);
    return row?.n ?? null;
  }

  /** Proposals that nobody has answered in the time after which everybody is told. @param by those that lapse by then. */
  async waitingTooLong(db: Queryable, by: number): Promise<RemedyRecord[]> {
    return (await db.query<RemedyRow>(`${SELECT} where r.state = 'proposed' and r.paused_at is null and r.escalated_at is null and r.expires_at <= $1 order by r.expires_at limit 200`, [when(by)])).map(toRecord);
  }

  /** Proposals nobody answered in time: they lapse to declined, they never pass. */
  async lapsed(db: Queryable, now: number): Promise<RemedyRecord[]> {
    return (await db.query<RemedyRow>(`${SELECT} where r.state = 'proposed' and r.paused_at is null and r.expires_at <= $1 order by r.expires_at limit 200`, [when(now)])).map(toRecord);
  }
}
