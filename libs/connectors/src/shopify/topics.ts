import { isObject } from '../json.js';

/** What we read; every other topic is kept and shown as not used. */
export type Shape = 'order' | 'fulfillment' | 'fulfillment_event' | 'refund';

const READ: Readonly<Record<string, Shape>> = {
  'orders/create': 'order', 'orders/updated': 'order', 'orders/paid': 'order', 'orders/fulfilled': 'order', 'orders/partially_fulfilled': 'order', 'orders/cancelled': 'order',
  'fulfillments/create': 'fulfillment', 'fulfillments/update': 'fulfillment', 'fulfillment_events/create': 'fulfillment_event', 'refunds/create': 'refund',
};

/** Topics whose bodies look like ones we read and say something else: a scan taken back, an order that is none yet. */
const LOOKALIKES: ReadonlySet<string> = new Set(['fulfillment_events/delete', 'draft_orders/create', 'draft_orders/update', 'draft_orders/delete', 'orders/delete']);

/** Whether the topic says that its body must not be read, whatever it looks like. */
export function isLookalike(topic: string): boolean {
  return LOOKALIKES.has(topic);
}

/** What bodies of that topic are; undefined for a topic we do not read. */
export function shapeOfTopic(topic: string): Shape | undefined {
  return Object.hasOwn(READ, topic) ? READ[topic] : undefined;
}

const WRAPPERS: readonly string[] = ['order', 'fulfillment', 'fulfillment_event', 'refund'];

/** The objects of a body: a webhook's own, or what an API answer wraps (`{"order": {…}}`, `{"refunds": […]}`). */
export function unwrap(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return [];
  if (value['id'] === undefined) {
    for (const name of WRAPPERS) {
      if (isObject(value[name])) return [value[name]];
      const many = value[`${name}s`];
      if (Array.isArray(many)) return many;
    }
  }
  return [value];
}

/** What the object is by its own fields; the topic header is not signed. */
export function shapeOf(value: unknown): Shape | undefined {
  if (!isObject(value)) return undefined;
  const has = (name: string) => value[name] !== undefined;
  if (has('fulfillment_id') && has('happened_at')) return 'fulfillment_event';
  if (has('order_id') && (has('refund_line_items') || (has('transactions') && has('restock')))) return 'refund';
  if (has('order_id') && (has('tracking_company') || has('tracking_numbers')) && has('status') && has('created_at')) return 'fulfillment';
  if (!has('order_id') && has('line_items') && has('created_at') && (has('financial_status') || has('fulfillment_status'))) return 'order';
  return undefined;
}
