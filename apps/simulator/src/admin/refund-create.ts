import { createHash } from 'node:crypto';
import { decimal, minorUnits } from '../shared/money.js';
import { longId } from '../shared/random.js';
import type { RefundRecord } from '../shopify/refund-payload.js';
import { AdminError } from './admin-error.js';
import { refundedMinor, type ShopBooks, type ShopOrder } from './shop-books.js';
import { orderView, plainId, refundView } from './views.js';

/** `RefundInput` as far as we read it. */
export interface RefundInput {
  readonly orderId: string;
  readonly note?: string | null;
  readonly currency?: string | null;
  readonly allowOverRefunding?: boolean | null;
  readonly refundLineItems?: readonly { readonly lineItemId: string; readonly quantity: number; readonly restockType?: string | null }[] | null;
  readonly transactions?: readonly { readonly amount: string; readonly kind: string; readonly orderId: string }[] | null;
  readonly refundMethods?: readonly { readonly storeCreditRefund?: { readonly amount: { readonly amount: string; readonly currencyCode: string } } | null }[] | null;
}

type Payload = { readonly refund: object | null; readonly order: object | null; readonly userErrors: readonly { readonly field: readonly string[] | null; readonly message: string }[] };

/** JSON with sorted keys, so that the order of fields in a request does not make it another request. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value).filter(([, item]) => item !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Refunds once per key. The effect is in the ledger before this returns; `onRefund` hears of new effects only. */
export function refundCreate(books: ShopBooks, input: RefundInput, key: string | undefined, onRefund: (order: ShopOrder, refund: RefundRecord) => void): Payload {
  if (key === undefined || key === '') throw new AdminError('The @idempotent directive is required for this mutation but was not provided.', 'BAD_REQUEST');
  const fingerprint = createHash('sha256').update(canonical(input)).digest('hex');
  const earlier = books.underKey(key);
  if (earlier) {
    if (earlier.fingerprint !== fingerprint) throw new AdminError('The same idempotency key cannot be used with different operation parameters.', 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH');
    const done = books.refundOf(earlier.effectId);
    if (done) return { refund: refundView(books, done.order, done.refund), order: orderView(books, done.order), userErrors: [] };
  }
  const orderId = plainId(input.orderId);
  const currency = input.currency ?? input.refundMethods?.find((method) => method.storeCreditRefund)?.storeCreditRefund?.amount.currencyCode;
  const order = books.findOrShell(orderId, currency ?? 'EUR');
  const amountMinor = amountOf(input);
  const problem = problemWith(order, input, amountMinor, currency ?? order.currency);
  if (problem) return { refund: null, order: null, userErrors: [problem] };
  const refundId = longId('refund', key, orderId);
  const lines = (input.refundLineItems ?? []).map((line) => ({ lineItemId: plainId(line.lineItemId), quantity: line.quantity, restockType: line.restockType ?? 'NO_RESTOCK' }));
  books.record({
    at: new Date(books.now()).toISOString(), kind: 'refund', key, sourceIdentifier: null, orderId, amount: decimal(amountMinor), currency: order.currency, effectId: refundId, fingerprint,
    detail: { note: input.note ?? null, lines, name: order.name, totalMinor: order.totalMinor },
  });
  const refund = order.refunds.find((entry) => entry.refundId === refundId);
  if (!refund) throw new Error(`refund ${refundId} was recorded but is not in the books`);
  onRefund(order, refund);
  return { refund: refundView(books, order, refund), order: orderView(books, order), userErrors: [] };
}

/** Money moves by transactions or store credit; line items alone move none. */
function amountOf(input: RefundInput): number {
  const amounts = [...(input.transactions ?? []).map((entry) => entry.amount), ...(input.refundMethods ?? []).map((method) => method.storeCreditRefund?.amount.amount ?? '0')];
  return amounts.reduce((sum, amount) => sum + (minorUnits(amount) ?? Number.NaN), 0);
}

function problemWith(order: ShopOrder, input: RefundInput, amountMinor: number, currency: string): Payload['userErrors'][number] | undefined {
  if (Number.isNaN(amountMinor) || amountMinor < 0) return { field: ['transactions', '0', 'amount'], message: 'Amount is not a valid amount of money' };
  if (amountMinor === 0 && (input.refundLineItems ?? []).length === 0) return { field: null, message: 'Refund must have at least one line item or transaction' };
  if ((input.transactions ?? []).some((entry) => entry.kind !== 'REFUND')) return { field: ['transactions', '0', 'kind'], message: 'Kind must be REFUND' };
  if ((input.transactions ?? []).some((entry) => plainId(entry.orderId) !== order.id)) return { field: ['transactions', '0', 'orderId'], message: 'Order does not match' };
  if (currency !== order.currency) return { field: ['currency'], message: `Currency must be ${order.currency}` };
  const left = order.totalMinor - refundedMinor(order);
  if (amountMinor > left && input.allowOverRefunding !== true) {
    return { field: ['transactions', '0', 'amount'], message: `Refund amount ${decimal(amountMinor)} is more than the ${decimal(left)} that can be refunded` };
  }
  return undefined;
}
