import { createHash } from 'node:crypto';
import { canonicalJson, freezeFacts, ledgerOf, unpackState, withLedger, type Ledger, type OrderState, type RemedyFacts } from '@orderwatch/domain';
import { RemedyStore, type Queryable } from '@orderwatch/db';

export interface OrderNow {
  readonly state: OrderState;
  readonly facts: RemedyFacts;
  readonly factsHash: string;
  readonly ledger: Ledger;
}

const store = new RemedyStore();

/** What the sources told of the order, without what only our ledger knows yet. */
export async function readState(db: Queryable, orderId: string): Promise<OrderState | undefined> {
  const [row] = await db.query<{ state: string }>('select state from order_state where order_id = $1::uuid', [orderId]);
  return row && unpackState(row.state);
}

/** The order as it stands in this transaction, with what a remedy is bound to. @param without a remedy whose entries in our ledger are not true. */
export async function readOrderNow(db: Queryable, orderId: string, without?: string): Promise<OrderNow | undefined> {
  const told = await readState(db, orderId);
  if (!told) return undefined;
  const ours = (await store.ledger(db, orderId)).filter((row) => without === undefined || row.remedyId !== without);
  const chargebacks = told.payment?.value === 'disputed' ? await store.chargebacks(db, orderId) : [];
  const state = withLedger(told, ours);
  const facts = freezeFacts(state);
  return { state, facts, factsHash: hashFacts(facts), ledger: ledgerOf(told, ours, chargebacks) };
}

/** SHA-256 of the canonical text: what an approval is bound to. */
export function hashFacts(facts: RemedyFacts): string {
  return createHash('sha256').update(canonicalJson(facts)).digest('hex');
}
