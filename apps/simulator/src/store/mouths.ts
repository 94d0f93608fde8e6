import type { Outgoing } from '../delivery/outgoing.js';
import { trackerEventPayload } from '../easypost/tracker-payload.js';
import { toCloudEvent } from '../feed/cloud-events.js';
import { longId, stableHex, stableUuid } from '../shared/random.js';
import { writeJson, type RawJson } from '../shared/raw-json.js';
import { fulfilmentEventPayload, fulfilmentPayload } from '../shopify/fulfilment-payload.js';
import { orderPayload } from '../shopify/order-payload.js';
import { refundPayload } from '../shopify/refund-payload.js';
import { SHIPMENT_STATUS, shopView } from '../shopify/shop-view.js';
import type { Happening, Scan, StoreOrder } from './model.js';

/**
 * What the outside systems send when the last of `told` is heard: one CloudEvent where the feed is the order's home,
 * else what Shopify and EasyPost send of the same happening.
 */
export function speak(order: StoreOrder, told: readonly Happening[]): Outgoing[] {
  const news = told.at(-1);
  if (!news) return [];
  return order.home === 'feed' ? [feedDelivery(order, news)] : shopDeliveries(order, told, news);
}

function feedDelivery(order: StoreOrder, news: Happening): Outgoing {
  const event = toCloudEvent(order, news);
  return { id: `msg_${stableHex(24, event.id)}`, connection: 'events', topic: event.type, triggeredAt: news.heardAt, eventId: event.id, body: JSON.stringify(event) };
}

function shopDeliveries(order: StoreOrder, told: readonly Happening[], news: Happening): Outgoing[] {
  const what = `${news.kind}${news.kind === 'scan' ? `-${news.stage}` : ''}@${news.at}`;
  const eventId = stableUuid(order.key, what, 'event');
  const view = shopView(order, told);
  const shopify = (topic: string, payload: RawJson): Outgoing => ({
    id: stableUuid(order.key, what, topic), connection: 'shopify', topic, triggeredAt: news.heardAt, eventId, body: writeJson(payload),
  });
  const updated = (): Outgoing => shopify('orders/updated', orderPayload(view));
  switch (news.kind) {
    case 'placed':
      return [shopify('orders/create', orderPayload(view))];
    case 'paid':
      return [shopify('orders/paid', orderPayload(view)), updated()];
    case 'cancelled':
      return [shopify('orders/cancelled', orderPayload(view)), updated()];
    case 'refunded': {
      const refundId = longId(order.key, what);
      const record = { refundId, orderId: order.id, at: news.at, amountMinor: news.amountMinor, currency: order.currency, note: news.reason, lines: [] };
      return [shopify('refunds/create', refundPayload(record)), updated()];
    }
    case 'fulfilled': {
      const created = view.fulfilments.find((entry) => entry.fulfilment.id === order.fulfilments[news.parcel]?.id);
      return created ? [shopify('fulfillments/create', fulfilmentPayload(order, created)), updated()] : [];
    }
    case 'scan':
      return scanDeliveries(order, told, news, shopify);
    case 'estimate':
    case 'contact':
    case 'status_checked':
      return [];
  }
}

type Say = (topic: string, payload: RawJson) => Outgoing;

/** The carrier speaks through EasyPost; the shop repeats about every third of its scans in its own words. */
function scanDeliveries(order: StoreOrder, told: readonly Happening[], scan: Scan, shopify: Say): Outgoing[] {
  const fulfilment = order.fulfilments[scan.parcel];
  if (!fulfilment) return [];
  const deliveries: Outgoing[] = [];
  if (scan.toldByShop !== true) {
    const scans = told.filter((entry): entry is Scan => entry.kind === 'scan' && entry.parcel === scan.parcel && entry.toldByShop !== true);
    const id = `evt_${stableHex(32, fulfilment.trackerId, scan.stage, String(scan.at))}`;
    deliveries.push({
      id, connection: 'easypost', topic: 'tracker.updated', triggeredAt: scan.heardAt, eventId: id, body: writeJson(trackerEventPayload(id, order, fulfilment, scans)),
    });
  }
  const isRepeated = SHIPMENT_STATUS[scan.stage] !== undefined && Number.parseInt(stableHex(2, fulfilment.id, scan.stage), 16) < 86;
  if (scan.toldByShop === true || isRepeated) {
    deliveries.push(shopify('fulfillment_events/create', fulfilmentEventPayload(order, scan)));
    const view = shopView(order, [...told.slice(0, -1), { ...scan, toldByShop: true }]);
    const current = view.fulfilments.find((entry) => entry.fulfilment.id === fulfilment.id);
    if (current) deliveries.push(shopify('fulfillments/update', fulfilmentPayload(order, current)));
  }
  return deliveries;
}

/** An authentic delivery that nobody can read: cut off half-way, as a proxy in trouble sends it. */
export function unreadable(order: StoreOrder, told: readonly Happening[]): Outgoing | undefined {
  const whole = speak(order, told)[0];
  if (!whole) return undefined;
  return { ...whole, id: stableUuid(whole.id, 'cut off'), body: whole.body.slice(0, Math.max(40, Math.floor(whole.body.length * 0.6))) };
}
