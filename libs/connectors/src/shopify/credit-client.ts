import { createHash } from 'node:crypto';
import { DAY, formatMajor, parseMinor, type Money } from '@orderwatch/domain';
import { callAdmin, type CallResult, type ShopifyAccess } from './admin-api.js';
import { CREDIT_BASIS, creditBasisSchema, DISCOUNT_CODE, discountCodeSchema, STORE_CREDIT, storeCreditSchema, type CreditBasis } from './credit-schema.js';

/** Milliseconds a look-up may take, and an act with the look-up before it; as for refunds. */
const LOOK_UP_TIMEOUT = 8_000;
const ACT_TIMEOUT = 12_000;

/** Years after which a store credit ends; the exact second is how ours are told from others. */
const YEARS = 10;

export interface CreditRequest {
  /** The order's own id at the shop, digits. */
  readonly orderId: string;
  readonly amount: Money;
  /** What the shop's staff read beside a discount code. */
  readonly title: string;
  /** Fixed when the remedy was made; code and mark are made from it. */
  readonly key: string;
  /** When it was asked for, the same on every attempt. Milliseconds. */
  readonly askedAt: number;
  /** Store credits that are known to belong to other remedies, digits. */
  readonly others: readonly string[];
}

type CreditTransaction = { readonly id: string; readonly isOurs: boolean; readonly createdAt: string };

/**
 * Goodwill credits. Shopify repeats a store credit that is sent twice, and its books keep no word of ours; so each of ours ends at a second
 * that is made from its key. A credit of the same amount that came since and does not carry the mark may be ours, should the shop round the
 * second: then nobody can tell, and nothing is done. A discount code is made from the key: it exists once or not at all.
 */
export class ShopifyCreditClient {
  constructor(private readonly access: ShopifyAccess) {}

  /** @returns what the customer or the shop's staff find it by: digits of the store credit's transaction, or the discount code. */
  async give(request: CreditRequest): Promise<CallResult<string>> {
    const signal = AbortSignal.timeout(ACT_TIMEOUT);
    const basis = await this.basis(request, signal);
    if (basis.result !== 'done') return { result: 'later', why: basis.why };
    const earlier = earlierOf(basis.value, request);
    if (earlier.result !== 'done' || earlier.value !== null) return earlier as CallResult<string>;
    const { order, shop } = basis.value;
    const customer = order?.customer; // an order that lives elsewhere has none here: whoever has the code may use it
    return customer?.state === 'ENABLED' ? this.storeCredit(request, customer.id, signal) : this.discountCode(request, { currency: shop.currencyCode, customer: customer?.id }, signal);
  }

  /** Whether the shop has that credit: by its transaction's digits, or by its code. */
  async has(request: Pick<CreditRequest, 'orderId' | 'key'>, reference: string): Promise<CallResult<boolean>> {
    const basis = await this.basis(request, AbortSignal.timeout(LOOK_UP_TIMEOUT));
    if (basis.result !== 'done') return basis;
    const { codeDiscountNodeByCode: node } = basis.value;
    return { result: 'done', value: (node && reference === codeOf(request.key)) || transactionsOf(basis.value).some(({ id }) => id !== undefined && digits(id) === reference) };
  }

  private basis({ orderId, key }: Pick<CreditRequest, 'orderId' | 'key'>, signal: AbortSignal): Promise<CallResult<CreditBasis>> {
    return callAdmin(this.access, { query: CREDIT_BASIS, variables: { id: `gid://shopify/Order/${orderId}`, code: codeOf(key) } }, creditBasisSchema, signal);
  }

  private async storeCredit(request: CreditRequest, customer: string, signal: AbortSignal): Promise<CallResult<string>> {
    const { amount } = request;
    const creditInput = { creditAmount: { amount: formatMajor(amount), currencyCode: amount.currency }, expiresAt: markOf(request) };
    const called = await callAdmin(this.access, { query: STORE_CREDIT, variables: { id: customer, creditInput } }, storeCreditSchema, signal);
    if (called.result !== 'done') return called;
    const answer = called.value.storeCreditAccountCredit;
    if (answer?.userErrors[0]) return refused(answer.userErrors);
    const id = answer?.storeCreditAccountTransaction?.id;
    return id === undefined ? { result: 'unknown', why: 'Shopify named no result' } : { result: 'done', value: digits(id) };
  }

  private async discountCode(request: CreditRequest, { currency, customer }: { readonly currency: string; readonly customer: string | undefined }, signal: AbortSignal): Promise<CallResult<string>> {
    const { amount, key, title, askedAt } = request;
    if (amount.currency !== currency) return { result: 'refused', why: `The customer has no account, and a discount code is in the shop's own currency, ${currency}` };
    const code = codeOf(key);
    const basicCodeDiscount = {
      title, code, startsAt: new Date(askedAt).toISOString(), usageLimit: 1, appliesOncePerCustomer: true,
      context: customer === undefined ? { all: 'ALL' } : { customers: { add: [customer] } },
      customerGets: { value: { discountAmount: { amount: formatMajor(amount), appliesOnEachItem: false } }, items: { all: true } },
    };
    const called = await callAdmin(this.access, { query: DISCOUNT_CODE, variables: { basicCodeDiscount } }, discountCodeSchema, signal);
    if (called.result !== 'done') return called;
    const answer = called.value.discountCodeBasicCreate;
    // The code is ours alone: taken, it was made by an attempt whose answer got lost.
    if (answer?.userErrors.some((error) => error.code === 'TAKEN')) return { result: 'done', value: code };
    if (answer?.userErrors[0]) return refused(answer.userErrors);
    return answer?.codeDiscountNode ? { result: 'done', value: code } : { result: 'unknown', why: 'Shopify named no result' };
  }
}

/** What a customer enters; nobody can guess it, and every attempt makes the same. */
export function codeOf(key: string): string {
  const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const bytes = [...createHash('sha256').update(`credit:${key}`).digest().subarray(0, 12)];
  const text = bytes.map((byte) => letters[byte % letters.length]).join('');
  return `CREDIT-${text.slice(0, 6)}-${text.slice(6)}`;
}

/** When a store credit ends: a second of that day made from the key. */
export function markOf({ key, askedAt }: Pick<CreditRequest, 'key' | 'askedAt'>): string {
  const day = new Date(askedAt);
  day.setUTCHours(0, 0, 0, 0);
  day.setUTCFullYear(day.getUTCFullYear() + YEARS);
  const second = createHash('sha256').update(`mark:${key}`).digest().readUInt32BE(0) % (DAY / 1_000);
  return new Date(day.getTime() + second * 1_000).toISOString();
}

function earlierOf(basis: CreditBasis, request: CreditRequest): CallResult<string | null> {
  if (basis.codeDiscountNodeByCode) return { result: 'done', value: codeOf(request.key) };
  const like = likeIt(basis, request);
  const ours = like.find((credit) => credit.isOurs);
  if (ours) return { result: 'done', value: digits(ours.id) };
  const strange = like.find((credit) => !request.others.includes(digits(credit.id)));
  if (strange) return { result: 'unknown', why: `the customer got store credit of this amount at ${strange.createdAt}; nobody can tell whether it is this one` };
  return { result: 'done', value: null };
}

function transactionsOf({ order }: CreditBasis) {
  return order?.customer?.storeCreditAccounts.nodes.flatMap((account) => account.transactions.nodes) ?? [];
}

/** Credits of the same amount since it was asked for. */
function likeIt(basis: CreditBasis, request: CreditRequest): CreditTransaction[] {
  const { amount, askedAt } = request;
  const mark = Date.parse(markOf(request));
  return transactionsOf(basis).flatMap(({ id, amount: given, createdAt, expiresAt }) => {
    if (id === undefined || given.currencyCode !== amount.currency || parseMinor(given.amount, given.currencyCode) !== amount.minor) return [];
    const isOurs = expiresAt !== null && expiresAt !== undefined && Date.parse(expiresAt) === mark;
    return isOurs || Date.parse(createdAt) >= askedAt ? [{ id, isOurs, createdAt }] : [];
  });
}

function refused(errors: readonly { readonly message: string }[]): CallResult<never> {
  return { result: 'refused', why: `Shopify: ${errors.map((e) => e.message).join('; ')}` };
}

function digits(id: string): string {
  return id.replace(/\?.*$/, '').replace(/^.*\//, '');
}
