import type { Echo } from '../admin/api.js';
import type { Courier } from '../delivery/courier.js';
import type { Outgoing } from '../delivery/outgoing.js';
import { FEED_SOURCE, type CloudEvent } from '../feed/cloud-events.js';
import { decimal } from '../shared/money.js';
import { stableUuid } from '../shared/random.js';
import { writeJson } from '../shared/raw-json.js';
import type { ShipStationOrder } from '../shipstation/orders.js';
import { refundPayload, type RefundRecord } from '../shopify/refund-payload.js';
import { speak } from '../store/mouths.js';
import { planCreated, planHanded } from '../store/reship.js';
import type { LiveWorld } from './live-world.js';

/** What a refund in the shop sends out: Shopify's webhook, or the feed's event when the order's home is the feed. */
export function refundEcho(refund: RefundRecord): Outgoing {
  const id = stableUuid('refund', refund.refundId);
  if (/^\d+$/.test(refund.orderId)) {
    return { id, connection: 'shopify', topic: 'refunds/create', triggeredAt: refund.at, eventId: stableUuid('refund event', refund.refundId), body: writeJson(refundPayload(refund)) };
  }
  const event: CloudEvent = {
    specversion: '1.0', id: `refund/${refund.refundId}`, source: FEED_SOURCE, type: 'payment.refunded', subject: refund.orderId, time: new Date(refund.at).toISOString(),
    datacontenttype: 'application/json', data: { amount: decimal(refund.amountMinor), currency: refund.currency, ...(refund.note ? { reason: refund.note } : {}) },
  };
  return { id: `msg_${id}`, connection: 'events', topic: event.type, triggeredAt: refund.at, eventId: event.id, body: JSON.stringify(event) };
}

/** The warehouse's system has an order of its own: the feed tells of it and of its parcel. */
export function handed(seed: string, courier: Courier, world: LiveWorld, isAlive: boolean): (order: ShipStationOrder) => void {
  return ({ orderKey, orderNumber, items }) => {
    const at = Date.now();
    const lines = items.map((item, index) => ({ id: item.lineItemKey ?? String(index + 1), sku: item.sku ?? 'RESHIP', title: item.name, quantity: item.quantity }));
    const plan = planHanded(seed, { orderKey, orderNumber, lines }, at);
    for (const outgoing of speak(plan.order, plan.happenings.slice(0, 1))) void courier.send(outgoing);
    if (isAlive) world.adopt(plan, 1, at);
  };
}

/** Sends what a shop sends after an effect of its Admin API; in the live world a created order is shipped as well. */
export function echoes(seed: string, courier: Courier, world: LiveWorld, isAlive: boolean): Echo {
  return {
    refunded: (_, refund) => void courier.send(refundEcho(refund)),
    ordered: (made, input) => {
      const plan = planCreated(seed, made, input);
      for (const outgoing of speak(plan.order, plan.happenings.slice(0, 1))) void courier.send(outgoing);
      if (isAlive) world.adopt(plan, 1, made.createdAt);
    },
  };
}
