import { decimal, minorUnits } from '../shared/money.js';
import { longId } from '../shared/random.js';
import type { ShopBooks, ShopOrder } from './shop-books.js';
import { articleOf } from './stock.js';
import { orderView, plainId } from './views.js';

interface MoneyBagInput {
  readonly shopMoney: { readonly amount: string; readonly currencyCode: string };
}

interface LineItemInput {
  readonly variantId?: string | null;
  readonly title?: string | null;
  readonly sku?: string | null;
  readonly quantity: number;
  readonly priceSet?: MoneyBagInput | null;
}

/** `OrderCreateOrderInput` as far as we read it. */
export interface OrderInput {
  readonly name?: string | null;
  readonly email?: string | null;
  readonly note?: string | null;
  readonly tags?: readonly string[] | null;
  readonly sourceIdentifier?: string | null;
  readonly sourceName?: string | null;
  readonly currency?: string | null;
  readonly lineItems?: readonly LineItemInput[] | null;
  readonly shippingAddress?: Readonly<Record<string, string | null | undefined>> | null;
}

type Payload = { readonly order: object | null; readonly userErrors: readonly { readonly field: readonly string[] | null; readonly message: string; readonly code: string }[] };

/** Creates an order. There is no idempotency here, as at Shopify: asking twice makes two, and the ledger shows it. */
export function orderCreate(books: ShopBooks, input: OrderInput, count: number, onOrder: (order: ShopOrder, input: OrderInput) => void): Payload {
  const items = input.lineItems ?? [];
  if (items.length === 0) return refuse(['order', 'lineItems'], 'Line items must have at least one line item');
  const wrong = items.findIndex((item) => item.quantity < 1 || (!item.variantId && !item.title));
  if (wrong >= 0) return refuse(['order', 'lineItems', String(wrong)], 'Line item needs a variant or a title, and a quantity of at least 1');
  const currency = input.currency ?? items[0]?.priceSet?.shopMoney.currencyCode ?? 'EUR';
  const at = books.now();
  const id = longId('created order', String(count), String(at));
  const lines = items.map((item, index) => {
    const article = item.variantId ? articleOf(books, plainId(item.variantId)) : undefined;
    return { id: longId('created line', id, String(index)), title: item.title ?? article?.title ?? `Variant ${plainId(item.variantId ?? '')}`, sku: item.sku ?? article?.sku ?? null, quantity: item.quantity };
  });
  const totalMinor = items.reduce((sum, item) => sum + (minorUnits(item.priceSet?.shopMoney.amount ?? '0') ?? 0) * item.quantity, 0);
  const name = input.name ?? `#${90_001 + count}`;
  const order = {
    name, email: input.email ?? null, note: input.note ?? null, tags: [...(input.tags ?? [])],
    sourceIdentifier: input.sourceIdentifier ?? null, sourceName: input.sourceName ?? null, createdAt: at, lines,
    shippingAddress: input.shippingAddress ? { ...input.shippingAddress, countryCodeV2: input.shippingAddress['countryCode'] } : null,
  };
  books.record({
    at: new Date(at).toISOString(), kind: 'order', key: null, sourceIdentifier: order.sourceIdentifier, orderId: id, amount: decimal(totalMinor), currency, effectId: id, fingerprint: null,
    detail: { name, totalMinor, order },
  });
  const made = books.findOrShell(id, currency);
  onOrder(made, input);
  return { order: orderView(books, made), userErrors: [] };
}

function refuse(field: readonly string[], message: string): Payload {
  return { order: null, userErrors: [{ field, message, code: 'INVALID' }] };
}
