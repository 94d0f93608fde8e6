import type { Claim, ClaimKind, ClaimState, Money } from '@orderwatch/domain';
import { writeChanges } from '../changes/write-changes.js';
import type { Queryable, Tx } from '../transactions.js';

export interface ClaimRecord {
  readonly id: string;
  readonly orderId: string;
  readonly number: string;
  readonly version: number;
  readonly parcelId: string;
  readonly carrier: string | null;
  readonly claim: Claim;
  readonly note: string;
  /** Until when the carrier takes it; null = nobody said. */
  readonly deadline: number | null;
  readonly openedBy: string;
  readonly openedAt: number;
  readonly submittedAt: number | null;
  readonly answeredAt: number | null;
  readonly mutationId: string;
}

export type NewClaim = Pick<ClaimRecord, 'id' | 'orderId' | 'parcelId' | 'carrier' | 'claim' | 'note' | 'deadline' | 'openedBy' | 'openedAt' | 'mutationId'>;

interface Row {
  readonly id: string; readonly order_id: string; readonly number: string; readonly version: number; readonly parcel_id: string; readonly carrier: string | null; readonly kind: ClaimKind; readonly state: ClaimState;
  readonly asked_minor: string; readonly currency: string; readonly reference: string | null; readonly proofs: string; readonly credited_minor: string | null; readonly refusal: string | null; readonly note: string; readonly deadline: Date | null;
  readonly opened_by: string; readonly opened_at: Date; readonly submitted_at: Date | null; readonly answered_at: Date | null; readonly mutation_id: string;
}

const SELECT = `select id::text, order_id::text, number::text, version, parcel_id, carrier, kind, state, asked_minor::text, currency, reference, proofs, credited_minor::text, refusal, note, deadline,
  opened_by::text, opened_at, submitted_at, answered_at, mutation_id::text from carrier_claim`;

function recordOf(row: Row): ClaimRecord {
  const money = (minor: string): Money => ({ minor: Number(minor), currency: row.currency });
  return {
    id: row.id, orderId: row.order_id, number: row.number, version: row.version, parcelId: row.parcel_id, carrier: row.carrier, note: row.note, deadline: row.deadline?.getTime() ?? null, openedBy: row.opened_by, openedAt: row.opened_at.getTime(),
    submittedAt: row.submitted_at?.getTime() ?? null, answeredAt: row.answered_at?.getTime() ?? null, mutationId: row.mutation_id,
    claim: {
      kind: row.kind, state: row.state, asked: money(row.asked_minor), reference: row.reference, proofs: JSON.parse(row.proofs) as string[], credited: row.credited_minor === null ? null : money(row.credited_minor), refusal: row.refusal,
    },
  };
}

/** Claims against carriers. Writers hold the order's lock and compare the version. */
export class ClaimStore {
  async find(db: Queryable, id: string): Promise<ClaimRecord | undefined> {
    const [row] = await db.query<Row>(`${SELECT} where id = $1::uuid`, [id]);
    return row && recordOf(row);
  }

  async ofOrder(db: Queryable, orderId: string): Promise<ClaimRecord[]> {
    return (await db.query<Row>(`${SELECT} where order_id = $1::uuid order by opened_at desc, carrier_claim.id`, [orderId])).map(recordOf);
  }

  async insert(tx: Tx, made: NewClaim): Promise<void> {
    const { claim } = made;
    await tx.query(
      `insert into carrier_claim (order_id, id, parcel_id, carrier, kind, state, asked_minor, currency, note, opened_by, opened_at, mutation_id, deadline) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
      [made.orderId, made.id, made.parcelId, made.carrier, claim.kind, claim.state, claim.asked.minor, claim.asked.currency, made.note, made.openedBy, new Date(made.openedAt), made.mutationId, made.deadline === null ? null : new Date(made.deadline)]);
  }

  /** @returns false when somebody was faster. What was credited stands in the order's ledger from then on. */
  async save(tx: Tx, before: ClaimRecord, next: Claim, at: number): Promise<boolean> {
    const rows = await tx.query(
      `update carrier_claim set version = version + 1, state = $4, reference = $5, proofs = $6, credited_minor = $7, refusal = $8,
              submitted_at = case when $4 = 'submitted' then $9 else submitted_at end, answered_at = case when $4 in ('credited', 'rejected') then $9 else answered_at end
        where order_id = $1::uuid and id = $2::uuid and version = $3 returning 1`,
      [before.orderId, before.id, before.version, next.state, next.reference, JSON.stringify(next.proofs), next.credited?.minor ?? null, next.refusal, new Date(at)]);
    if (rows.length === 0) return false;
    if (next.credited) {
      await tx.query(`insert into remedy_ledger (order_id, id, at, kind, amount_minor, currency, source) values ($1, $2, $3, 'claim', $4, $5, $6) on conflict do nothing`,
        [before.orderId, `claim:${before.id}`, new Date(at), next.credited.minor, next.credited.currency, before.carrier ?? 'carrier']);
    }
    return true;
  }

  /** Tells whoever looks at the order, and keeps it in its history. */
  async announce(tx: Tx, { id, orderId, version, claim }: ClaimRecord, told: { readonly why: string; readonly actor: string; readonly now: number; readonly mutationId: string }): Promise<void> {
    await tx.query('insert into case_history (order_id, at, actor, what, why, after, mutation_id) values ($1,$2,$3,$4,$5,$6,$7)',
      [orderId, new Date(told.now), told.actor, `claim_${claim.state}`, told.why, JSON.stringify({ claim: id, state: claim.state, kind: claim.kind, asked: claim.asked, reference: claim.reference }), told.mutationId]);
    await writeChanges(tx, [{ topic: `order:${orderId}`, entity: 'remedy', id, version, changed: ['state'], actor: told.actor, mutationId: told.mutationId, at: told.now }]);
  }

  /** Whether the act was done before. */
  async wasDone(tx: Tx, orderId: string, mutationId: string): Promise<boolean> {
    return (await tx.query('select 1 from case_history where order_id = $1::uuid and mutation_id = $2::uuid limit 1', [orderId, mutationId])).length > 0;
  }
}
