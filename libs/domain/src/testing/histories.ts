import type { Fact, ParcelRef, SourceKind } from '../order/facts.js';
import { HOUR, type Instant } from '../shared/time.js';

/** What a drawn number stands for: a source of randomness that a property test can shrink. */
export type Draw = (below: number) => number;

/** The order every drawn history is about. */
export const DRAWN_ORDER = '00000000-0000-5000-8000-000000000001';
const OTHER_ORDERS = ['00000000-0000-5000-8000-000000000000', '00000000-0000-5000-8000-000000000002'] as const;

const CODES = ['label_created', 'accepted', 'in_transit', 'out_for_delivery', 'delivery_attempted', 'ready_for_pickup', 'delivered', 'delayed', 'exception/damaged', 'exception/whatever', 'returning', 'returned', 'lost', 'cancelled', 'unheard_of'];
const TRACKER_CODES = ['pre_transit/label_created', 'in_transit/departed_facility', 'out_for_delivery/out_for_delivery', 'delivered/arrived_at_destination', 'failure/damaged', 'return_to_sender/return', 'never/seen'];
const CONTACTS = ['not_received', 'missing_item', 'where_is_it', 'other'] as const;
const PAYMENTS = ['authorized', 'captured', 'failed', 'disputed', 'strange'];

/**
 * Draws one order's history: few parcels, few instants, so that ties, repeats and contradictions are common.
 * @param grain hours between two of the sixty instants; from 24 on, numbers come to be used again.
 */
export function drawHistory(draw: Draw, size: number, start: Instant, grain = 6): Fact[] {
  return Array.from({ length: size }, (_, index) => drawFact(draw, index, { start, grain }));
}

function drawFact(draw: Draw, index: number, { start, grain }: { readonly start: Instant; readonly grain: number }): Fact {
  const at = start + draw(60) * grain * HOUR;
  const base = { id: `f${index}-${draw(1000)}`, at, source: 'events', kind: 'events' as SourceKind };
  const shipment = `events/S${draw(3)}`;
  const handle = `ups:N${draw(2)}`;
  switch (draw(13)) {
    case 0:
      return { ...base, type: 'order.placed', data: { name: '#1001', promisedBy: '2026-01-10', lines: [{ id: '1' }, { id: '2', promisedBy: '2026-01-06' }] } };
    case 1:
      return { ...base, type: 'order.edited', data: { promisedBy: draw(2) ? '2026-01-12' : null, total: { minor: 1000 + draw(10), currency: 'EUR' } } };
    case 2:
      return { ...base, type: (['order.held', 'order.released', 'order.cancelled', 'order.closed'] as const)[draw(4)] ?? 'order.held', data: {} };
    case 3:
      return { ...base, type: 'payment.status', data: { code: PAYMENTS[draw(PAYMENTS.length)] ?? 'captured' } };
    case 4:
      return { ...base, type: 'payment.refund', data: { code: 'refunded', refundId: `r${draw(2)}`, amount: { minor: 500, currency: 'EUR' } } };
    case 5:
      return { ...base, type: 'fulfilment.created', data: { fulfilmentId: `events/F${draw(2)}`, ...(draw(2) ? { lines: [String(1 + draw(2))] } : {}) } };
    case 6: {
      const parcels = Array.from({ length: draw(3) }, (_, i) => ({ ref: { handle: `ups:N${(i + draw(2)) % 2}` } }));
      return { ...base, source: 'shopify', kind: 'shopify', type: 'fulfilment.snapshot', data: { fulfilmentId: `shopify/F${draw(2)}`, parcels } };
    }
    case 7:
      return { ...base, type: 'fulfilment.cancelled', data: { fulfilmentId: `events/F${draw(2)}` } };
    case 8: {
      const orderId = draw(3) === 0 ? (OTHER_ORDERS[draw(2)] ?? DRAWN_ORDER) : DRAWN_ORDER;
      return { ...base, type: 'handle.linked', data: { handle, orderId } };
    }
    case 9:
      return { ...base, source: 'easypost', kind: 'easypost', type: 'shipment.status', data: { ref: { handle }, code: TRACKER_CODES[draw(TRACKER_CODES.length)] ?? 'unknown' } };
    case 10:
      return { ...base, type: 'shipment.estimate', data: { ref: draw(4) === 0 ? { shipment, handle } : { shipment }, estimatedAt: `2026-01-${10 + draw(9)}` } };
    case 11:
      return { ...base, type: 'contact.received', data: { kind: CONTACTS[draw(CONTACTS.length)] ?? 'other' } };
    default: {
      const ref: ParcelRef = draw(3) === 0 ? { shipment, handle } : { shipment };
      return { ...base, type: 'shipment.status', data: { ref, code: CODES[draw(CODES.length)] ?? 'in_transit', fulfilmentId: `events/F${draw(2)}` } };
    }
  }
}
