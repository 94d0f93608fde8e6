import { createHash } from 'node:crypto';
import { canonicalJson, freezeFacts, type OrderState, type RemedyFacts } from '@orderwatch/domain';
import type { Queryable } from '@orderwatch/db';

export interface OrderNow {
  readonly state: OrderState;
  readonly facts: RemedyFacts;
  readonly factsHash: string;
}

/** The order as it stands in this transaction, with what a remedy is bound to. */
export async function readOrderNow(db: Queryable, orderId: string): Promise<OrderNow | undefined> {
  const [row] = await db.query<{ state: string }>('select state from order_state where order_id = $1::uuid', [orderId]);
  if (!row) return undefined;
  const state = JSON.parse(row.state) as OrderState;
  const facts = freezeFacts(state);
  return { state, facts, factsHash: hashFacts(facts) };
}

/** SHA-256 of the canonical text: what an approval is bound to. */
export function hashFacts(facts: RemedyFacts): string {
  return createHash('sha256').update(canonicalJson(facts)).digest('hex');
}
