import { canonicalJson, parseMinor, type AddressedFact, type Fact, type LineFact, type Money, type OrderDetails, type ParcelRef } from '@orderwatch/domain';
import { carrierOf, handleOf, trackingNumberOf } from '../carrier.js';
import type { CustomerRecord } from '../connector.js';
import { defined } from '../events/map.js';
import { customerIdOf, factId, orderIdOf } from '../ids.js';
import type { ShopifyFulfilment, ShopifyFulfilmentEvent, ShopifyOrder, ShopifyRefund } from './schema.js';

/** What one object said. `problem` = it cannot be told which order it is about. */
export interface Said {
  readonly facts: AddressedFact[];
  readonly customers: CustomerRecord[];
  readonly problem?: string;
}

const kind = 'shopify' as const;

type Draft = { [F in Fact as F['type']]: Pick<F, 'at' | 'type' | 'data'> }[Fact['type']];

/**
 * Facts of one object. Shopify sends whole views again and again, so a fact's identity is what it says: equal content has an equal id
 * (a webhook and the same object nested in its order are one fact), other content of the same second another.
 */
function stamp(connection: string, key: string, drafts: readonly Draft[]): Fact[] {
  return drafts.map((draft) => ({ ...draft, id: factId(kind, connection, draft.type, key, draft.at, canonicalJson(draft.data)), source: connection, kind }) as Fact);
}

function moneyOf(amount: string | undefined, currency: string | undefined): Money | undefined {
  if (amount === undefined || currency === undefined) return undefined;
  const minor = parseMinor(amount, currency.toUpperCase());
  return minor === undefined ? undefined : { minor, currency: currency.toUpperCase() };
}

/** The order itself at its creation (what never changes), its current view, payment, cancellation, and what is nested in it. */
export function orderFacts(order: ShopifyOrder, connection: string): Said {
  const at = order.updated_at ?? order.created_at;
  const customers = customerOf(order, connection);
  const drafts: Draft[] = [
    { at: order.created_at, type: 'order.placed', data: {} },
    { at, type: 'order.snapshot', data: detailsOf(order, customers[0]?.id) },
  ];
  if (order.financial_status) drafts.push({ at, type: 'payment.status', data: { code: order.financial_status } });
  if (order.cancelled_at !== undefined) drafts.push({ at: order.cancelled_at, type: 'order.cancelled', data: defined({ reason: order.cancel_reason }) });
  if (order.closed_at !== undefined) drafts.push({ at: order.closed_at, type: 'order.closed', data: {} });
  const nested = [
    ...order.fulfillments.map((f) => fulfilmentFacts({ ...f, order_id: order.key }, connection)),
    ...order.refunds.map((r) => refundFacts({ ...r, order_id: order.key }, connection)),
  ];
  return { facts: [...addressed(order.key, stamp(connection, order.key, drafts)), ...nested.flatMap((n) => n.facts)], customers };
}

function addressed(home: string, facts: readonly Fact[]): AddressedFact[] {
  return facts.map((fact) => ({ to: { order: home }, fact }));
}

function detailsOf(order: ShopifyOrder, customerId: string | undefined): OrderDetails {
  const currency = order.total_price_set?.shop_money?.currency_code ?? order.currency;
  return defined({
    name: order.name, customerId, currency: currency?.toUpperCase(), total: moneyOf(order.total_price_set?.shop_money?.amount ?? order.total_price, currency),
    country: order.shipping_address?.country_code, tags: order.tags === undefined ? undefined : order.tags.split(',').map((t) => t.trim()).filter(Boolean),
    lines: order.line_items.map((line): LineFact => defined({
      id: line.key, sku: line.sku, title: line.title ?? line.name, price: line.price, quantity: countOf(line.current_quantity ?? line.quantity),
    })).filter((line) => line.quantity !== 0),
  });
}

function countOf(text: string | undefined): number | undefined {
  const count = text === undefined ? Number.NaN : Number(text);
  return Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

function customerOf(order: ShopifyOrder, connection: string): CustomerRecord[] {
  const who = order.customer;
  const sourceId = /(\d+)$/.exec(who?.admin_graphql_api_id ?? '')?.[1] ?? who?.id;
  const email = who?.email ?? order.email;
  const key = sourceId ?? email?.trim().toLowerCase();
  if (!key) return [];
  const name = [who?.first_name, who?.last_name].filter(Boolean).join(' ') || order.shipping_address?.name;
  return [defined({ id: customerIdOf(connection, key), sourceId, name, email, phone: who?.phone ?? order.phone, locale: order.customer_locale })];
}

/** A fulfilment: that it exists, its current lines and numbers, that it was cancelled, the shop's own word on the shipment, and links. */
export function fulfilmentFacts(fulfilment: ShopifyFulfilment, connection: string): Said {
  const { order_id: home } = fulfilment;
  if (!home) return { facts: [], customers: [], problem: 'The fulfillment names no order_id.' };
  const fulfilmentId = `${connection}/${fulfilment.key}`;
  const at = fulfilment.updated_at ?? fulfilment.created_at;
  const parcels = parcelsOf(fulfilment, fulfilmentId);
  const snapshot = defined({
    fulfilmentId, location: fulfilment.location_id, parcels, lines: fulfilment.line_items.length > 0 ? fulfilment.line_items.map((l) => l.key) : undefined,
  });
  const drafts: Draft[] = [
    { at: fulfilment.created_at, type: 'fulfilment.created', data: { fulfilmentId } },
    { at, type: 'fulfilment.snapshot', data: snapshot },
  ];
  if (fulfilment.status === 'cancelled') drafts.push({ at, type: 'fulfilment.cancelled', data: { fulfilmentId } });
  if (fulfilment.shipment_status) drafts.push({ at, type: 'shipment.status', data: { ref: { shipment: fulfilmentId }, code: fulfilment.shipment_status, fulfilmentId } });
  for (const { ref } of parcels) {
    if (ref.handle !== undefined) drafts.push({ at: fulfilment.created_at, type: 'handle.linked', data: { handle: ref.handle, orderId: orderIdOf(connection, home) } });
  }
  return { facts: addressed(home, stamp(connection, fulfilment.key, drafts)), customers: [] };
}

function parcelsOf(fulfilment: ShopifyFulfilment, fulfilmentId: string) {
  const listed = fulfilment.tracking_numbers.filter((n) => n !== undefined);
  const numbers = listed.length > 0 ? listed : fulfilment.tracking_number === undefined ? [] : [fulfilment.tracking_number];
  if (numbers.length === 0) return [{ ref: { shipment: fulfilmentId } as ParcelRef }];
  return numbers.map((number, index) => {
    const handle = handleOf(fulfilment.tracking_company, number);
    const ref: ParcelRef = handle === undefined ? { shipment: `${fulfilmentId}#${trackingNumberOf(number) ?? index}` } : { handle };
    return defined({
      ref, carrier: carrierOf(fulfilment.tracking_company), number: trackingNumberOf(number), service: fulfilment.service,
      url: fulfilment.tracking_urls[index] ?? (index === 0 ? fulfilment.tracking_url : undefined),
    });
  });
}

/** A scan in Shopify's words; it names the fulfilment, which stands for its parcels. */
export function eventFacts(event: ShopifyFulfilmentEvent, connection: string): Said {
  if (!event.order_id || !event.fulfillment_id) return { facts: [], customers: [], problem: 'The fulfillment event names no order_id or no fulfillment_id.' };
  const fulfilmentId = `${connection}/${event.fulfillment_id}`;
  const data = defined({
    ref: { shipment: fulfilmentId }, code: event.status, fulfilmentId, facility: [event.city, event.province].filter(Boolean).join(', ') || undefined, description: event.message,
    estimatedAt: event.estimated_delivery_at === undefined ? undefined : new Date(event.estimated_delivery_at).toISOString(),
  });
  return { facts: addressed(event.order_id, stamp(connection, event.key, [{ at: event.happened_at, type: 'shipment.status', data }])), customers: [] };
}

/** A refund: the sum of its successful refund transactions. A record whose money has not moved says nothing yet. */
export function refundFacts(refund: ShopifyRefund, connection: string): Said {
  if (!refund.order_id) return { facts: [], customers: [], problem: 'The refund names no order_id.' };
  const at = refund.processed_at ?? refund.created_at;
  if (at === undefined) return { facts: [], customers: [], problem: 'The refund has neither processed_at nor created_at.' };
  const moved = refund.transactions.filter((t) => t.kind === 'refund' && t.status === 'success');
  const currency = (moved[0]?.currency ?? refund.refund_line_items[0]?.subtotal_set?.shop_money?.currency_code)?.toUpperCase();
  if (!currency || moved.length === 0) return { facts: [], customers: [] };
  const minor = moved.reduce((sum, t) => sum + (moneyOf(t.amount, t.currency ?? currency)?.minor ?? 0), 0);
  const data = { code: 'refunded', refundId: `${connection}/${refund.key}`, amount: { minor, currency } };
  return { facts: addressed(refund.order_id, stamp(connection, refund.key, [{ at, type: 'payment.refund', data }])), customers: [] };
}
