import { decimal } from '../shared/money.js';
import { longId } from '../shared/random.js';
import type { RawJson } from '../shared/raw-json.js';
import { CARRIERS } from '../store/carriers.js';
import type { OrderLine, Scan, StoreOrder } from '../store/model.js';
import { gid, moneyBag, shopTime } from './money-bag.js';
import { SHIPMENT_STATUS, type ShopFulfilment } from './shop-view.js';

/** The fields of a line item that stand in orders, fulfilments and refunds alike. */
export function lineItemPayload(line: OrderLine, currency: string): { readonly [key: string]: RawJson } {
  return {
    id: BigInt(line.id), admin_graphql_api_id: gid('LineItem', line.id), sku: line.sku, title: line.title, name: line.title, quantity: line.quantity,
    grams: line.grams, price: decimal(line.unitMinor), price_set: moneyBag(line.unitMinor, currency), total_discount: '0.00',
    variant_id: BigInt(longId('variant', line.sku)), product_id: BigInt(longId('product', line.sku)), product_exists: true, variant_title: null,
    vendor: 'Halden Home', requires_shipping: true, taxable: true, gift_card: false, fulfillment_service: 'manual', properties: [],
  };
}

/** The body of `fulfillments/create` and `fulfillments/update`. */
export function fulfilmentPayload(order: StoreOrder, view: ShopFulfilment): RawJson {
  const { fulfilment } = view;
  const carrier = CARRIERS[fulfilment.carrier];
  const url = carrier.trackingUrl(fulfilment.number);
  return {
    id: BigInt(fulfilment.id), admin_graphql_api_id: gid('Fulfillment', fulfilment.id), order_id: BigInt(order.id), name: fulfilment.name, status: 'success',
    created_at: shopTime(view.createdAt), updated_at: shopTime(view.updatedAt), service: 'manual', shipment_status: view.shipmentStatus,
    location_id: 72_045_010_001, origin_address: null, email: order.customer.email,
    tracking_company: carrier.shopName, tracking_number: fulfilment.number, tracking_numbers: [fulfilment.number], tracking_url: url, tracking_urls: [url],
    receipt: {},
    line_items: order.lines
      .filter((line) => fulfilment.lineIds.includes(line.id))
      .map((line) => ({ ...lineItemPayload(line, order.currency), fulfillable_quantity: 0, fulfillment_status: 'fulfilled' })),
  };
}

/** The body of `fulfillment_events/create`: what the shop was told of the parcel. `status` is lower case and open-ended. */
export function fulfilmentEventPayload(order: StoreOrder, scan: Scan): RawJson {
  const fulfilment = order.fulfilments[scan.parcel];
  if (!fulfilment) throw new Error(`order ${order.key} has no parcel ${scan.parcel}`);
  const id = longId('fulfilment-event', fulfilment.id, scan.stage, String(scan.at));
  return {
    id: BigInt(id), admin_graphql_api_id: gid('FulfillmentEvent', id), fulfillment_id: BigInt(fulfilment.id), order_id: BigInt(order.id),
    status: SHIPMENT_STATUS[scan.stage] ?? 'ready_for_recipient_pickup', message: scan.message, happened_at: shopTime(scan.at),
    created_at: shopTime(scan.heardAt), updated_at: shopTime(scan.heardAt), shop_id: 548_380_009,
    city: scan.place, province: null, country: order.customer.countryCode, zip: null, address1: null, latitude: null, longitude: null,
    estimated_delivery_at: scan.estimatedAt === undefined ? null : shopTime(scan.estimatedAt),
  };
}
