import { fromThen, type Rule } from '../rule.js';
import { carrierInWords, dayInWords } from '../words.js';

/** The order is cancelled and a parcel of it has moved, before or after; ends when that parcel is back. */
export const cancelledAfterShipment: Rule = {
  id: 'cancelled_after_shipment',
  label: 'Cancelled, shipped',
  severity: 'high',
  conditions: (state, look) => {
    const cancelled = state.cancelled;
    if (!cancelled) return [];
    return Object.values(state.parcels).flatMap((parcel) => {
      if (!parcel.firstMovement || parcel.status?.value === 'returned') return [];
      const at = Math.max(look.clock(cancelled), look.clock(parcel.firstMovement));
      return [{ subject: { type: 'parcel' as const, id: parcel.id }, startedAt: at, ...fromThen(at), feed: null, detail: { cancelled: cancelled.at, carrier: parcel.carrier } }];
    });
  },
  explain: (detail, _since, now) => `Cancelled ${dayInWords(Number(detail['cancelled']), now)}, but the parcel is with ${carrierInWords(detail['carrier'])}`,
};
