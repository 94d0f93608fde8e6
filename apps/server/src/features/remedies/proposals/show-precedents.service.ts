import { Inject, Injectable } from '@nestjs/common';
import { DAY, duplicatesOf, similarTo, summarise, type LedgerEntry, type PastCase, type RemedyKind, type RemedyLine } from '@orderwatch/domain';
import { askedLately, connectionLabels, decidedLike, remediesBeside, Transactions, type Clock } from '@orderwatch/db';
import { CLOCK } from '../../../platform/tokens.js';
import { amountOf } from './assess-proposal.js';
import { readOrderNow } from '../order-facts.js';
import type { RemedyPrecedents } from './precedents.types.js';

/** How far back decisions of people are shown as examples; what the order itself had is shown however old it is. */
export const LOOKED_BACK = 180 * DAY;

/** How far back it is counted what became of a person's proposals. */
export const ASKER_WINDOW = 30 * DAY;

/** Examples at most: more are not read before a decision. */
const EXAMPLES = 5;

export interface PrecedentsOf {
  readonly orderId: string;
  readonly kind: RemedyKind;
  readonly amountMinor: number | null;
  readonly lines: readonly RemedyLine[];
  readonly reasonCode: string | null;
  /** The remedy itself, when it is there already. */
  readonly except: string | null;
}

/** What was done before that somebody must know of who asks for a remedy, or decides on one. */
@Injectable()
export class ShowPrecedents {
  constructor(
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns null when there is no such order. */
  async of(asked: PrecedentsOf): Promise<RemedyPrecedents | null> {
    const { orderId, kind, lines, except } = asked;
    const order = await readOrderNow(this.db, orderId);
    if (!order) return null;
    const now = this.clock.now();
    const amount = amountOf(order.state, asked);
    const since = now - LOOKED_BACK;
    const [ours, like, labels, asker] = await Promise.all([remediesBeside(this.db, orderId, since, except), decidedLike(this.db, { kind, reasonCode: asked.reasonCode, since, except }), connectionLabels(this.db), except === null ? null : askedLately(this.db, except, now - ASKER_WINDOW)]);
    const elsewhere = order.ledger.entries.filter((entry) => entry.remedyId === null).map((entry) => doneElsewhere(entry, { orderId, orderName: summarise(order.state).name ?? '' }, labels));
    const { closest, approved, declined } = similarTo({ amount }, like, EXAMPLES);
    return {
      approved, declined, days: LOOKED_BACK / DAY, asker: asker && { ...asker, days: ASKER_WINDOW / DAY },
      duplicates: duplicatesOf({ orderId, kind, amount, lines }, [...ours, ...elsewhere], now).map(({ past, likeness, text, why }) =>
        ({ remedyId: past.state === null ? null : past.id, number: past.number, orderId: past.orderId, orderName: past.orderName, likeness, text, why, state: past.state, at: new Date(past.at) })),
      similar: closest.flatMap(({ id, number, orderName, verdict, ...past }) =>
        (verdict === null || number === null ? [] : [{ remedyId: id, number, orderId: past.orderId, orderName, amount: past.amount, decision: verdict.decision, decidedBy: verdict.by, decidedAt: new Date(verdict.at), reason: verdict.reason }])),
    };
  }
}

function doneElsewhere({ id, kind, amount, lines, at, source }: LedgerEntry, order: Pick<PastCase, 'orderId' | 'orderName'>, labels: Readonly<Record<string, string>>): PastCase {
  return { ...order, id, number: null, kind, state: null, amount, lines, at, by: labels[source] ?? source, verdict: null };
}
