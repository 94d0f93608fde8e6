import { lockOrders, RemedyStore, writeDenied, Transactions, type Clock, type RemedyRecord, type Tx } from '@orderwatch/db';
import type { Decision } from '@orderwatch/domain';
import { readOrderNow, type OrderNow } from './order-facts.js';
import type { RemedyAnswer } from './remedy-answer.js';

/** A remedy as it lies on the desk: with its order, of one moment. */
export interface OnDesk {
  readonly record: RemedyRecord;
  readonly order: OrderNow;
  readonly now: number;
}

/** What somebody does to a remedy, as its order's history will have it. */
export interface ActAsked {
  readonly remedyId: string;
  readonly mutationId: string;
  readonly actorId: string;
  readonly what: string;
}

/** What persons do to a remedy happens under the order's lock, so that facts, remedy and decision are of one moment; the same act again is harmless. */
export class RemedyDesk {
  constructor(
    private readonly transactions: Transactions,
    private readonly remedies: RemedyStore,
    private readonly clock: Clock,
  ) {}

  act(asked: ActAsked, then: (tx: Tx, desk: OnDesk) => Promise<RemedyAnswer>): Promise<RemedyAnswer> {
    return this.transactions.run(async (tx) => {
      const seen = await this.remedies.find(tx, asked.remedyId);
      if (!seen) return { kind: 'not_allowed', reason: 'There is no such remedy.' };
      await lockOrders(tx, [seen.orderId]);
      const record = (await this.remedies.find(tx, asked.remedyId)) ?? seen;
      const before = await answerBefore(tx, record, asked);
      if (before) return before;
      const order = await readOrderNow(tx, record.orderId);
      if (!order) return { kind: 'not_allowed', reason: 'Its order is not there.' };
      const now = this.clock.now();
      const answer = await then(tx, { record, order, now });
      // Who tries to decide on their own is seen by whoever looks whether four eyes are kept.
      if (answer.kind === 'not_allowed' && answer.isForbidden) await writeDenied(tx, { actor: asked.actorId, action: asked.what.replace('_', '.'), target: record.id, why: answer.reason, at: now });
      return answer;
    });
  }
}

/** What the same act came to when it was heard before. Of another act that had its id nothing is told but that: "done" would be taken for this one. */
async function answerBefore(tx: Tx, record: RemedyRecord, { mutationId, actorId, what }: ActAsked): Promise<RemedyAnswer | undefined> {
  const [before] = await tx.query<{ what: string; actor: string; remedy: string | null }>(
    `select what, actor, after::json ->> 'remedy' as remedy from case_history where order_id = $1::uuid and mutation_id = $2::uuid limit 1`, [record.orderId, mutationId]);
  if (!before) return undefined;
  if (before.actor !== actorId || before.remedy !== record.id || (before.what !== what && before.what !== 'remedy_void')) return { kind: 'conflict', message: 'Another act came with this id. Do it again.', remedy: record };
  return before.what === 'remedy_void' ? voided(record) : { kind: 'done', remedy: record };
}

/** The answer for what a changed fact made void. */
export function voided(record: RemedyRecord): RemedyAnswer {
  return { kind: 'conflict', message: `Facts changed since it was asked for: ${record.voidReasons.join('; ')}`, remedy: record };
}

/** A refusal of the domain as an answer. */
export function refused(decision: Extract<Decision, { ok: false }>, record: RemedyRecord): RemedyAnswer {
  return decision.kind === 'conflict' ? { kind: 'conflict', message: decision.why, remedy: record } : { kind: 'not_allowed', reason: decision.why, ...(decision.kind === 'forbidden' ? { isForbidden: true } : {}) };
}
