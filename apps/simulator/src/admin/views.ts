import { longId } from '../shared/random.js';
import { gid } from '../shopify/money-bag.js';
import type { RefundRecord } from '../shopify/refund-payload.js';
import { customerView, discountOf } from './credits.js';
import { matches, searchTerms } from './search.js';
import { stockOf, variantIdOf } from './stock.js';
import { moneyBagOf, refundedMinor, type ShopBooks, type ShopOrder } from './shop-books.js';

type Page = { readonly first?: number | null; readonly after?: string | null; readonly last?: number | null };

/** A connection over a list: Shopify pages by cursor, ours is the position. */
function connection<T extends { readonly id: string }>(items: readonly T[], page: Page): object {
  const start = page.after ? Number(page.after) + 1 : 0;
  const count = page.first ?? page.last ?? 50;
  const nodes = items.slice(start, start + count);
  const edges = nodes.map((node, index) => ({ cursor: String(start + index), node }));
  return {
    nodes, edges,
    pageInfo: { hasNextPage: start + count < items.length, hasPreviousPage: start > 0, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** A refund as the Admin API shows it. */
export function refundView(books: ShopBooks, order: ShopOrder, refund: RefundRecord): { readonly id: string } {
  const view = {
    __typename: 'Refund', id: gid('Refund', refund.refundId), legacyResourceId: refund.refundId, createdAt: iso(refund.at), updatedAt: iso(refund.at), note: refund.note ?? null,
    totalRefundedSet: moneyBagOf(refund.amountMinor, refund.currency),
    order: () => orderView(books, order),
    transactions: (page: Page) => connection([transaction(longId('transaction', refund.refundId), 'REFUND', refund.amountMinor, refund.currency, refund.at)], page),
  };
  return view;
}

function transaction(id: string, kind: 'SALE' | 'REFUND', amountMinor: number, currency: string, at: number): { readonly id: string } {
  const view = {
    id: gid('OrderTransaction', id), kind, status: 'SUCCESS', gateway: 'shopify_payments', amountSet: moneyBagOf(amountMinor, currency),
    createdAt: iso(at), processedAt: iso(at), parentTransaction: null,
  };
  return view;
}

/** An order as the Admin API shows it. */
export function orderView(books: ShopBooks, order: ShopOrder): { readonly id: string } {
  const refunded = refundedMinor(order);
  const money = (minor: number): object => moneyBagOf(minor, order.currency);
  const view = {
    __typename: 'Order', id: gid('Order', order.id), legacyResourceId: order.id, name: order.name,
    createdAt: iso(order.createdAt), processedAt: iso(order.createdAt), updatedAt: iso(order.updatedAt),
    cancelledAt: null, email: order.email, note: order.note, tags: order.tags, sourceIdentifier: order.sourceIdentifier, sourceName: order.sourceName, test: false,
    currencyCode: order.currency, presentmentCurrencyCode: order.currency,
    displayFinancialStatus: refunded === 0 ? 'PAID' : refunded >= order.totalMinor ? 'REFUNDED' : 'PARTIALLY_REFUNDED', displayFulfillmentStatus: 'UNFULFILLED',
    totalPriceSet: money(order.totalMinor), currentTotalPriceSet: money(order.totalMinor), totalReceivedSet: money(order.totalMinor), totalRefundedSet: money(refunded),
    refunds: ({ first }: Page) => order.refunds.slice(0, first ?? undefined).map((refund) => refundView(books, order, refund)),
    transactions: ({ first }: Page) => [
      transaction(longId('sale', order.id), 'SALE', order.totalMinor, order.currency, order.createdAt),
      ...order.refunds.map((refund) => transaction(longId('transaction', refund.refundId), 'REFUND', refund.amountMinor, refund.currency, refund.at)),
    ].slice(0, first ?? undefined),
    shippingAddress: order.shippingAddress, shippingLine: null,
    customer: order.email === null ? null : customerView(books, order.email),
    lineItems: (page: Page) => connection(order.lines.map((line) => ({ id: gid('LineItem', line.id), title: line.title, sku: line.sku, quantity: line.quantity, variant: () => variantView(books, line.sku) })), page),
  };
  return view;
}

/** The article of a line, with what is there of it; what was sold without one has none. */
function variantView(books: ShopBooks, sku: string | null): object | null {
  if (sku === null) return null;
  return { __typename: 'ProductVariant', id: gid('ProductVariant', variantIdOf(sku)), sku, inventoryQuantity: () => stockOf(books, sku), inventoryItem: { tracked: true } };
}

/** The queries of the stand-in. */
export function queries(books: ShopBooks): Readonly<Record<string, (args: never) => unknown>> {
  return {
    shop: () => ({ id: gid('Shop', '548380009'), name: 'Halden Home', myshopifyDomain: 'demo-store.myshopify.com', currencyCode: 'EUR' }),
    order: ({ id }: { readonly id: string }) => {
      const order = books.find(plainId(id));
      return order ? orderView(books, order) : null;
    },
    codeDiscountNodeByCode: ({ code }: { readonly code: string }) => discountOf(books, code),
    orders: (args: Page & { readonly query?: string | null; readonly reverse: boolean; readonly sortKey: string }) => {
      const terms = searchTerms(args.query ?? '');
      const by = args.sortKey === 'UPDATED_AT' ? (order: ShopOrder) => order.updatedAt : (order: ShopOrder) => order.createdAt;
      const found = books.all().filter((order) => matches(order, terms)).sort((a, b) => by(a) - by(b));
      return connection((args.reverse ? found.reverse() : found).map((order) => orderView(books, order)), args);
    },
  };
}

/** The last part of a gid. */
export function plainId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
