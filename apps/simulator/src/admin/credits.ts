import { decimal, minorUnits } from '../shared/money.js';
import { longId } from '../shared/random.js';
import { gid } from '../shopify/money-bag.js';
import type { Effect } from './ledger.js';
import type { ShopBooks } from './shop-books.js';

/** `StoreCreditAccountCreditInput` as far as we read it. */
export interface StoreCreditInput {
  readonly creditAmount: { readonly amount: string; readonly currencyCode: string };
  readonly expiresAt?: string | null;
}

/** `DiscountCodeBasicInput` as far as we read it. */
export interface DiscountInput {
  readonly title?: string | null;
  readonly code?: string | null;
  readonly startsAt?: string | null;
  readonly usageLimit?: number | null;
  readonly context?: { readonly all?: string | null; readonly customers?: { readonly add?: readonly string[] | null } | null } | null;
  readonly customerGets?: { readonly value?: { readonly discountAmount?: { readonly amount?: string | null } | null } | null } | null;
}

type UserError = { readonly field: readonly string[] | null; readonly message: string; readonly code: string };

/** Every third customer has never made an account. */
const WITHOUT_ACCOUNT = 3;

/** The customer behind an e-mail address, with what they were given. */
export function customerView(books: ShopBooks, email: string): object {
  const id = longId('customer', email.toLowerCase());
  const accountId = gid('StoreCreditAccount', longId('store credit', id));
  return {
    __typename: 'Customer', id: gid('Customer', id), state: Number(id.slice(-4)) % WITHOUT_ACCOUNT === 0 ? 'DISABLED' : 'ENABLED',
    storeCreditAccounts: () => {
      const own = books.given('store_credit').filter((effect) => effect.orderId === gid('Customer', id));
      const currencies = [...new Set(own.map((effect) => effect.currency ?? 'EUR'))];
      return { nodes: currencies.map((currency) => account(`${accountId}-${currency}`, currency, own.filter((effect) => effect.currency === currency))) };
    },
  };
}

function account(id: string, currency: string, own: readonly Effect[]): object {
  const balance = own.reduce((sum, effect) => sum + (minorUnits(effect.amount ?? '0') ?? 0), 0);
  return {
    id, balance: { amount: decimal(balance), currencyCode: currency },
    transactions: ({ first, reverse }: { readonly first?: number | null; readonly reverse: boolean }) => ({ nodes: (reverse ? [...own].reverse() : own).slice(0, first ?? undefined).map(transactionView) }),
  };
}

function transactionView(effect: Effect): object {
  return {
    __typename: 'StoreCreditAccountCreditTransaction', id: gid('StoreCreditAccountCreditTransaction', effect.effectId), amount: { amount: effect.amount, currencyCode: effect.currency },
    createdAt: effect.at, expiresAt: (effect.detail['expiresAt'] as string | undefined) ?? null,
  };
}

/** Gives store credit. Nothing makes a repeat harmless, as at Shopify: asking twice gives twice, and the ledger shows it. */
export function giveStoreCredit(books: ShopBooks, customer: string, { creditAmount, expiresAt }: StoreCreditInput): object {
  const minor = minorUnits(creditAmount.amount);
  if (!customer.startsWith('gid://shopify/Customer/')) return refuseCredit(['id'], 'Owner does not exist', 'OWNER_NOT_FOUND');
  if (minor === undefined || minor <= 0) return refuseCredit(['creditInput', 'creditAmount'], 'Amount must be positive', 'NEGATIVE_OR_ZERO_AMOUNT');
  const at = new Date(books.now()).toISOString();
  const effect: Effect = {
    at, kind: 'store_credit', key: null, sourceIdentifier: null, orderId: customer, amount: decimal(minor), currency: creditAmount.currencyCode,
    effectId: longId('store credit transaction', customer, String(books.given('store_credit').length)), fingerprint: null, detail: expiresAt ? { expiresAt } : {},
  };
  books.record(effect);
  return { storeCreditAccountTransaction: transactionView(effect), userErrors: [] };
}

function refuseCredit(field: readonly string[], message: string, code: string): object {
  return { storeCreditAccountTransaction: null, userErrors: [{ field, message, code } satisfies UserError] };
}

/** Makes a discount code; a code exists once. */
export function makeDiscountCode(books: ShopBooks, input: DiscountInput): object {
  const code = input.code ?? '';
  const minor = minorUnits(input.customerGets?.value?.discountAmount?.amount ?? '');
  const problem = code === '' || !input.title ? { field: ['basicCodeDiscount', 'code'], message: "Code can't be blank", code: 'BLANK' }
    : minor === undefined || minor <= 0 ? { field: ['basicCodeDiscount', 'customerGets'], message: 'Value must be positive', code: 'INVALID' }
      : discountOf(books, code) ? { field: ['basicCodeDiscount', 'code'], message: 'Code must be unique. Please try a different code.', code: 'TAKEN' } : undefined;
  if (problem) return { codeDiscountNode: null, userErrors: [problem satisfies UserError] };
  books.record({
    at: new Date(books.now()).toISOString(), kind: 'discount_code', key: code, sourceIdentifier: null, orderId: code, amount: decimal(minor ?? 0), currency: 'EUR', effectId: longId('discount', code.toLowerCase()), fingerprint: null,
    detail: { title: input.title, usageLimit: input.usageLimit ?? null, context: input.context ?? null },
  });
  return { codeDiscountNode: discountOf(books, code), userErrors: [] };
}

/** Codes are the same whatever their case. */
export function discountOf(books: ShopBooks, code: string): object | null {
  const found = books.given('discount_code').find((effect) => effect.orderId.toLowerCase() === code.toLowerCase());
  return found ? { id: gid('DiscountCodeNode', found.effectId) } : null;
}
