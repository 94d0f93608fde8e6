import { decimal } from '../shared/money.js';
import type { RawJson } from '../shared/raw-json.js';
import type { Customer, OrderLine, StoreOrder } from '../store/model.js';
import { fulfilmentPayload, lineItemPayload } from './fulfilment-payload.js';
import { gid, moneyBag, shopTime } from './money-bag.js';
import type { ShopView } from './shop-view.js';

function address(customer: Customer): RawJson {
  return {
    first_name: customer.firstName, last_name: customer.lastName, name: `${customer.firstName} ${customer.lastName}`, company: null,
    address1: customer.street, address2: null, city: customer.city, zip: customer.zip, province: null, province_code: null,
    country: customer.country, country_code: customer.countryCode, phone: customer.phone,
  };
}

function customerPayload(order: StoreOrder): RawJson {
  const { customer } = order;
  return {
    id: BigInt(customer.id), admin_graphql_api_id: gid('Customer', customer.id), first_name: customer.firstName, last_name: customer.lastName,
    email: customer.email, phone: customer.phone, state: 'enabled', verified_email: true, currency: order.currency, note: null, tags: '',
    tax_exempt: false, created_at: shopTime(order.placedAt - 90 * 86_400_000), updated_at: shopTime(order.placedAt),
  };
}

function currentQuantity(line: OrderLine, view: ShopView): number {
  return view.cancelledAt === undefined ? line.quantity : 0;
}

/** The body of `orders/*`: Shopify's whole current view of an order. */
export function orderPayload(view: ShopView): RawJson {
  const { order } = view;
  const subtotal = order.totalMinor - order.shippingMinor;
  const outstanding = view.paidAt === undefined ? order.totalMinor : 0;
  return {
    id: BigInt(order.id),
    admin_graphql_api_id: gid('Order', order.id),
    name: order.name,
    number: order.orderNumber - 1000,
    order_number: order.orderNumber,
    created_at: shopTime(order.placedAt),
    processed_at: shopTime(order.placedAt),
    updated_at: shopTime(view.updatedAt),
    cancelled_at: view.cancelledAt === undefined ? null : shopTime(view.cancelledAt),
    cancel_reason: view.cancelReason ?? null,
    closed_at: null,
    confirmed: true,
    test: false,
    currency: order.currency,
    presentment_currency: order.currency,
    financial_status: view.financialStatus,
    fulfillment_status: view.fulfillmentStatus,
    total_price: decimal(order.totalMinor),
    total_price_set: moneyBag(order.totalMinor, order.currency),
    current_total_price: decimal(view.cancelledAt === undefined ? order.totalMinor : 0),
    current_total_price_set: moneyBag(view.cancelledAt === undefined ? order.totalMinor : 0, order.currency),
    subtotal_price: decimal(subtotal),
    subtotal_price_set: moneyBag(subtotal, order.currency),
    total_shipping_price_set: moneyBag(order.shippingMinor, order.currency),
    total_tax: '0.00',
    taxes_included: true,
    total_discounts: '0.00',
    total_outstanding: decimal(outstanding),
    total_weight: order.lines.reduce((sum, line) => sum + line.grams * line.quantity, 0),
    email: order.customer.email,
    contact_email: order.customer.email,
    phone: order.customer.phone,
    customer_locale: order.customer.locale,
    customer: customerPayload(order),
    billing_address: address(order.customer),
    shipping_address: address(order.customer),
    tags: order.tags.join(', '),
    note: null,
    source_name: order.sourceIdentifier === undefined ? 'web' : 'orderwatch',
    source_identifier: order.sourceIdentifier ?? null,
    payment_gateway_names: ['shopify_payments'],
    line_items: order.lines.map((line) => ({
      ...lineItemPayload(line, order.currency),
      current_quantity: currentQuantity(line, view),
      fulfillable_quantity: view.isFulfilled(line.id) ? 0 : currentQuantity(line, view),
      fulfillment_status: view.isFulfilled(line.id) ? 'fulfilled' : null,
    })),
    fulfillments: view.fulfilments.map((fulfilment) => fulfilmentPayload(order, fulfilment)),
    refunds: [],
    shipping_lines: [{ id: BigInt(order.customer.id) + 11n, title: 'Standard', code: 'STANDARD', price: decimal(order.shippingMinor), price_set: moneyBag(order.shippingMinor, order.currency), carrier_identifier: null, source: 'shopify' }],
  };
}
