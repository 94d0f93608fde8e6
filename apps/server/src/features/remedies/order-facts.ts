import { createHash } from 'node:crypto';
import { canonicalJson, freezeFacts, type OrderState, type RemedyFacts } from '@orderwatch/domain';
import type { Queryable } from '@orderwatch/db';

export interface OrderNow {
  readonly state: OrderState;
  readonly facts: RemedyFacts;
  readonly factsHash: string;
}

interface LedgerRow {
  readonly id: string;
  readonly at: Date;
  readonly amount_minor: string;
  readonly currency: string;
  readonly source: string;
}

const LEDGER = `select id, at, amount_minor::text, currency, source from remedy_ledger where order_id = $1::uuid and kind = 'refund'`;

/** A refund that we made counts from the moment the shop said so: its own news of it may come later, or to another connection than the order's. */
function withLedger(state: OrderState, ledger: readonly LedgerRow[]): OrderState {
  const told = Object.keys(state.refunds);
  const untold = ledger.filter((row) => !told.some((id) => id.endsWith(`/${row.id}`)));
  const refunds = untold.map(({ id, at, amount_minor, currency, source }) =>
    [`ledger/${id}`, { value: { minor: Number(amount_minor), currency }, at: at.getTime(), factId: '', source, kind: 'person' as const }] as const);
  return { ...state, refunds: { ...state.refunds, ...Object.fromEntries(refunds) } };
}

/** The order as it stands in this transaction, with what a remedy is bound to. */
export async function readOrderNow(db: Queryable, orderId: string): Promise<OrderNow | undefined> {
  const [row] = await db.query<{ state: string }>('select state from order_state where order_id = $1::uuid', [orderId]);
  if (!row) return undefined;
  const state = withLedger(JSON.parse(row.state) as OrderState, await db.query<LedgerRow>(LEDGER, [orderId]));
  const facts = freezeFacts(state);
  return { state, facts, factsHash: hashFacts(facts) };
}

/** SHA-256 of the canonical text: what an approval is bound to. */
export function hashFacts(facts: RemedyFacts): string {
  return createHash('sha256').update(canonicalJson(facts)).digest('hex');
}
