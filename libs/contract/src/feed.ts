/** Event types of the generic feed (contract, section 5): what an outside system may send to the connection `events`. */
export const FEED_TYPES = [
  'order.placed', 'order.edited', 'order.held', 'order.released', 'order.cancelled',
  'payment.authorized', 'payment.captured', 'payment.failed', 'payment.refunded', 'payment.disputed',
  'fulfillment.created', 'fulfillment.cancelled',
  'shipment.label_created', 'shipment.accepted', 'shipment.in_transit', 'shipment.out_for_delivery', 'shipment.delivery_attempted', 'shipment.ready_for_pickup',
  'shipment.delivered', 'shipment.delayed', 'shipment.exception', 'shipment.returning', 'shipment.returned', 'shipment.lost', 'shipment.cancelled', 'shipment.estimate_changed',
  'return.requested', 'return.approved', 'return.declined', 'return.in_transit', 'return.received', 'return.inspected', 'return.refunded', 'return.closed',
  'contact.received', 'contact.status_checked',
] as const;
export type FeedType = (typeof FEED_TYPES)[number];

/** One event of the feed, as it stands on the wire (CloudEvents 1.0, JSON format). Times are RFC 3339 with an offset. */
export interface FeedEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: FeedType;
  /** The order's id in its own system. */
  readonly subject: string;
  /** When it happened. */
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Imports only: when it was known at the time. */
  readonly receivedat?: string;
}
