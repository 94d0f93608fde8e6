import type { ParcelProblem, PaymentStatus, ReturnStatus, ShipmentStatus } from '../order/state.js';
import type { CardTone } from './view-context.js';

interface Word {
  readonly label: string;
  readonly tone: CardTone;
}

const word = (label: string, tone: CardTone = 'neutral'): Word => ({ label, tone });

const ORDER: Readonly<Record<string, Word>> = {
  placed: word('Placed'), held: word('Held', 'amber'), cancelled: word('Cancelled'), closed: word('Closed'), unannounced: word('Not announced', 'amber'),
};

const PAYMENT: Readonly<Record<PaymentStatus | 'none', Word>> = {
  none: word('No payment known'), pending: word('Pending'), authorized: word('Authorised'), partially_paid: word('Part paid', 'amber'), paid: word('Paid'),
  failed: word('Failed', 'red'), partially_refunded: word('Part refunded'), refunded: word('Refunded'), voided: word('Voided'), disputed: word('Disputed', 'red'),
};

const FULFILMENT: Readonly<Record<string, Word>> = {
  none: word('Not fulfilled'), released: word('Released'), part_handed_over: word('Part handed over', 'amber'), handed_over: word('Handed over'), cancelled: word('Cancelled'),
};

const SHIPMENT: Readonly<Record<ShipmentStatus | 'none' | 'unknown', Word>> = {
  none: word('No parcel yet'), unknown: word('Unknown, feed silent', 'amber'), label_created: word('Label created'), accepted: word('Accepted'),
  in_transit: word('In transit'), out_for_delivery: word('Out for delivery'), attempted: word('Delivery attempted', 'amber'),
  ready_for_pickup: word('Ready for pickup'), delivered: word('Delivered', 'green'), exception: word('Carrier exception', 'amber'),
  returning: word('Returning', 'amber'), returned: word('Returned', 'amber'), lost: word('Lost', 'red'), cancelled: word('Cancelled'),
};

const RETURN: Readonly<Record<ReturnStatus | 'none', Word>> = {
  none: word('Not started'), requested: word('Requested'), approved: word('Approved'), declined: word('Declined'), in_transit: word('On the way back'),
  received: word('Received', 'amber'), inspected: word('Inspected', 'amber'), refunded: word('Refunded'), closed: word('Closed'),
};

/** The five tracks, in the order screens show them. */
export const TRACKS = ['order', 'payment', 'fulfilment', 'shipment', 'return'] as const;
export type TrackName = (typeof TRACKS)[number];

const WORDS: Readonly<Record<TrackName, Readonly<Record<string, Word>>>> = { order: ORDER, payment: PAYMENT, fulfilment: FULFILMENT, shipment: SHIPMENT, return: RETURN };

/** What a carrier reports as wrong, as a row of the timeline says it. */
export const PROBLEM_WORDS: Readonly<Record<ParcelProblem, string>> = {
  delivery_attempt_failed: 'Delivery attempt failed', address_problem: 'Address problem', customs_hold: 'Held by customs', refused: 'Refused',
  damaged: 'Damaged', lost: 'Lost', carrier_exception: 'Carrier exception',
};

/** A status of a track in words, with how much it wants a look. A status without a word shows itself. */
export function statusWord(track: TrackName, status: string): { readonly label: string; readonly tone: CardTone } {
  const words = WORDS[track];
  return (Object.hasOwn(words, status) ? words[status] : undefined) ?? word(status.replace(/_/g, ' ').replace(/^./, (c) => c.toUpperCase()));
}
