import { formatMajor, type Money } from '@orderwatch/domain';
import { callAdmin, type CallResult, type ShopifyAccess } from './admin-api.js';
import {
  FIND_ORDER, findSchema, REFUND, REFUND_BASIS, refundBasisSchema, refundSchema, RESHIP, RESHIP_BASIS, RESHIP_STOCK, reshipBasisSchema, reshipSchema, reshipStockSchema, type RefundBasis, type ReshipBasis,
} from './admin-schema.js';
import { isOtherNow, mailingAddress, type ApprovedDelivery } from './delivery.js';

/** Milliseconds a look-up may take, and an act with the look-up before it. */
const LOOK_UP_TIMEOUT = 8_000;
const ACT_TIMEOUT = 12_000;

/** Milliseconds after which an execution (a look-up, then an act) has ended on our side, whatever its result. */
export const CALL_TIMEOUT = LOOK_UP_TIMEOUT + ACT_TIMEOUT;

export interface RefundRequest {
  /** The order's own id at the shop, digits. */
  readonly orderId: string;
  readonly amount: Money;
  readonly note: string;
  /** Fixed when the remedy was made; the same on every attempt. Stands in the refund's note, so that a look-up finds it. */
  readonly key: string;
}

export interface ReshipRequest {
  readonly orderId: string;
  /** `id`: the line's own id at the shop, digits; with it the same variant is sent again. */
  readonly lines: readonly { readonly id?: string; readonly title: string; readonly quantity: number }[];
  readonly currency: string;
  /** Deterministic: what a look-up finds the new order by. */
  readonly sourceIdentifier: string;
  readonly note: string;
  /** Where it was approved to go; absent: where the order went. */
  readonly delivery?: ApprovedDelivery | null;
  /** How it was approved to go, in the shop's words; absent: as the shop decides. */
  readonly service?: string | null;
}

/** What the shop knows that matters before goods are sent again. */
export interface ReshipStock {
  /** What the customer chose and paid for, in the shop's words. */
  readonly service: string | null;
  /** Pieces that can be sold; null = the shop does not count them. */
  readonly lines: readonly { readonly id: string; readonly available: number | null }[];
}

/** Shopify's Admin GraphQL, as far as remedies need it. Every act first asks what is there already. */
export class ShopifyClient {
  constructor(private readonly access: ShopifyAccess) {}

  /**
   * Moves money back once for a key: Shopify answers a repeated key with the first result, and beyond its memory of keys the note tells.
   * @returns the refund's digits.
   */
  async refund(request: RefundRequest): Promise<CallResult<string>> {
    const signal = AbortSignal.timeout(ACT_TIMEOUT);
    const basis = await this.refundBasis(request.orderId, signal);
    if (basis.result !== 'done') return unasked(basis);
    const order = basis.value;
    const earlier = refundOf(order, request.key);
    if (earlier !== null) return { result: 'done', value: earlier };
    const called = await callAdmin(this.access, { query: REFUND, variables: { input: refundInput(request, order), key: request.key } }, refundSchema, signal);
    if (called.result !== 'done') return called;
    const answer = called.value.refundCreate;
    return settle(answer?.refund?.id, answer?.userErrors);
  }

  /** The digits of the order's refund made with that key; null when there is none. */
  async findRefund(orderId: string, key: string): Promise<CallResult<string | null>> {
    const basis = await this.refundBasis(orderId, AbortSignal.timeout(LOOK_UP_TIMEOUT));
    return basis.result === 'done' ? { result: 'done', value: refundOf(basis.value, key) } : basis;
  }

  /**
   * Makes the replacement order, free of charge, for the same customer and address. Not idempotent at Shopify: look up by the source
   * identifier before every attempt. @returns the new order's digits.
   */
  async reship(request: ReshipRequest): Promise<CallResult<string>> {
    const signal = AbortSignal.timeout(ACT_TIMEOUT);
    const basis = await callAdmin(this.access, { query: RESHIP_BASIS, variables: { id: gid('Order', request.orderId) } }, reshipBasisSchema, signal);
    if (basis.result !== 'done') return unasked(basis);
    if (request.delivery && isOtherNow(request.delivery, basis.value.order?.shippingAddress)) return { result: 'refused', why: ADDRESS_CHANGED };
    const order = reshipInput(request, basis.value.order);
    const options = { inventoryBehaviour: 'DECREMENT_OBEYING_POLICY', sendReceipt: false };
    const called = await callAdmin(this.access, { query: RESHIP, variables: { order, options } }, reshipSchema, signal);
    if (called.result !== 'done') return called;
    const answer = called.value.orderCreate;
    return settle(answer?.order?.id, answer?.userErrors);
  }

  /** The digits of the order with that source identifier; null when there is none. */
  async findBySourceIdentifier(sourceIdentifier: string): Promise<CallResult<string | null>> {
    const query = `source_identifier:"${sourceIdentifier.replace(/["\\]/g, '\\$&')}"`;
    const called = await callAdmin(this.access, { query: FIND_ORDER, variables: { query } }, findSchema, AbortSignal.timeout(LOOK_UP_TIMEOUT));
    if (called.result !== 'done') return called;
    const id = called.value.orders.nodes[0]?.id;
    return { result: 'done', value: id === undefined ? null : digits(id) };
  }

  /** Where the order went and to whom, in the shop's own fields; null when the shop does not know the order or it was not sent anywhere. */
  async shippingOf(orderId: string): Promise<CallResult<Pick<ReshipBasis, 'email' | 'shippingAddress'> | null>> {
    const called = await callAdmin(this.access, { query: RESHIP_BASIS, variables: { id: gid('Order', orderId) } }, reshipBasisSchema, AbortSignal.timeout(LOOK_UP_TIMEOUT));
    return called.result === 'done' ? { result: 'done', value: called.value.order } : called;
  }

  /** What is in stock of the order's lines, and how the order went; null when the shop does not know the order. */
  async stockOf(orderId: string): Promise<CallResult<ReshipStock | null>> {
    const called = await callAdmin(this.access, { query: RESHIP_STOCK, variables: { id: gid('Order', orderId) } }, reshipStockSchema, AbortSignal.timeout(LOOK_UP_TIMEOUT));
    if (called.result !== 'done') return called;
    const { order } = called.value;
    const available = ({ variant }: NonNullable<typeof order>['lineItems']['nodes'][number]): number | null => (variant?.inventoryItem?.tracked === true ? (variant.inventoryQuantity ?? null) : null);
    return { result: 'done', value: order && { service: order.shippingLine?.title ?? null, lines: order.lineItems.nodes.map((line) => ({ id: digits(line.id), available: available(line) })) } };
  }

  private async refundBasis(orderId: string, signal: AbortSignal): Promise<CallResult<RefundBasis | null>> {
    const called = await callAdmin(this.access, { query: REFUND_BASIS, variables: { id: gid('Order', orderId) } }, refundBasisSchema, signal);
    return called.result === 'done' ? { result: 'done', value: called.value.order } : called;
  }
}

/** Said where an approval was of another address; the remedy failed for certain, and is asked for anew. */
export const ADDRESS_CHANGED = 'The order’s address at the shop is another one than was approved. Ask for it again, so that the new one is read.';

/**
 * Nobody could tell whether it happened before, so nothing is done now: whatever kept the shop from answering, a token without the right
 * to read included, an earlier attempt may have had its effect.
 */
function unasked(basis: Exclude<CallResult<unknown>, { result: 'done' }>): CallResult<never> {
  return { result: 'later', why: basis.why };
}

const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;

/** What stands in a refund's note and names the request it came from. */
const mark = (key: string): string => `[${key}]`;

function refundOf(order: RefundBasis | null, key: string): string | null {
  const found = order?.refunds.find((refund) => refund.note?.includes(mark(key)));
  return found ? digits(found.id) : null;
}

/**
 * Money goes back through the payment it came by: without its parent a refund is only written down. The oldest successful payment, so that
 * every attempt sends the same input under the same key. An order paid by hand has none.
 */
function refundInput(request: RefundRequest, order: RefundBasis | null): object {
  const orderId = gid('Order', request.orderId);
  const paid = order?.transactions.find((t) => (t.kind === 'SALE' || t.kind === 'CAPTURE') && t.status === 'SUCCESS');
  const parent = paid ? { parentId: paid.id, gateway: paid.gateway ?? 'manual' } : { gateway: 'manual' };
  return {
    orderId, note: `${request.note} ${mark(request.key)}`, currency: request.amount.currency, notify: false,
    transactions: [{ orderId, kind: 'REFUND', amount: formatMajor(request.amount), ...parent }],
  };
}

function reshipInput(request: ReshipRequest, original: ReshipBasis | null): object {
  const free = { shopMoney: { amount: '0.00', currencyCode: request.currency } };
  const variants = new Map(original?.lineItems.nodes.map((line) => [digits(line.id), line.variant?.id]));
  return {
    currency: request.currency, financialStatus: 'PAID', sourceIdentifier: request.sourceIdentifier, sourceName: 'orderwatch', note: request.note, tags: ['reship'],
    ...(original?.email ? { email: original.email } : {}),
    ...(original?.customer ? { customer: { toAssociate: { id: original.customer.id } } } : {}),
    ...(request.delivery ? { shippingAddress: mailingAddress(request.delivery.address) } : original?.shippingAddress ? { shippingAddress: addressInput(original.shippingAddress) } : {}),
    ...(request.service ? { shippingLines: [{ title: request.service, priceSet: free }] } : {}),
    lineItems: request.lines.map((line) => {
      const variantId = line.id === undefined ? undefined : variants.get(line.id);
      return { ...(variantId ? { variantId } : { title: line.title }), quantity: line.quantity, priceSet: free };
    }),
  };
}

function addressInput({ countryCodeV2, ...address }: NonNullable<ReshipBasis['shippingAddress']>): object {
  return { ...address, countryCode: countryCodeV2 ?? null };
}

function settle(id: string | undefined, errors: readonly { readonly message: string }[] = []): CallResult<string> {
  if (errors[0]) return { result: 'refused', why: `Shopify: ${errors.map((e) => e.message).join('; ')}` };
  return id === undefined ? { result: 'unknown', why: 'Shopify named no result' } : { result: 'done', value: digits(id) };
}

/** The plain id behind `gid://shopify/<Type>/`. */
function digits(id: string): string {
  return id.replace(/\?.*$/, '').replace(/^.*\//, '');
}
