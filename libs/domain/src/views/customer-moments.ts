import type { Said, OrderState } from '../order/state.js';
import type { Instant } from '../shared/time.js';

/** When the customer wrote last; looking at the status page is not writing. */
export function lastContactOf({ contacts }: Pick<OrderState, 'contacts'>): Instant | null {
  return latest(contacts.filter(({ contact }) => contact !== 'status_checked'));
}

/**
 * When something last changed that the customer can notice: what became of the order, its money, its promise or a parcel, and what
 * they wrote themselves. What a system touches without saying anything new (a label printed, a stock moved) is none of it, so that
 * no list sorted by it is stirred by machines.
 */
export function lastShownChangeOf(state: OrderState): Instant | null {
  const parcels = Object.values(state.parcels).flatMap((parcel) => [parcel.status, parcel.delivered, parcel.problem, parcel.estimate]);
  return latest([
    state.order, state.held, state.released, state.cancelled, state.payment, state.promise, ...parcels,
    ...Object.values(state.refunds), ...Object.values(state.returns), ...Object.values(state.remedies),
    ...state.contacts.filter(({ contact }) => contact !== 'status_checked'),
  ]);
}

function latest(said: readonly (Said | null)[]): Instant | null {
  let at: Instant | null = null;
  for (const each of said) if (each && (at === null || each.at > at)) at = each.at;
  return at;
}
