import { foldOrder, type FoldConfig } from '../order/fold.js';
import type { OrderState } from '../order/state.js';
import type { Instant } from '../shared/time.js';
import type { ToldFact } from './view-context.js';

/** What was known of an order at an earlier instant. */
export interface AsKnown {
  readonly state: OrderState;
  /** The facts that had reached us by then. */
  readonly heard: readonly ToldFact[];
  /** Of these, which reached us before the time they claim, and when. */
  readonly early: Readonly<Record<string, Instant>>;
}

/**
 * The order as it was known at that instant: folded from what had been received by then, and from nothing else. What came later, however
 * early it claims to have happened, changes nothing of it. Null when nothing had been heard.
 */
export function asKnownAt(orderId: string, told: readonly ToldFact[], knownAt: Instant, config: FoldConfig): AsKnown | null {
  const heard = told.filter((one) => one.receivedAt <= knownAt);
  if (heard.length === 0) return null;
  const early = Object.fromEntries(heard.filter((one) => one.receivedAt < one.fact.at).map((one) => [one.fact.id, one.receivedAt]));
  return { state: foldOrder(orderId, heard.map((one) => one.fact), config), heard, early };
}
