import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ledger } from './ledger.js';
import { AdminServer } from './server.js';
import { ShopBooks } from './shop-books.js';

const BASIS = `query CreditBasis($id: ID!, $code: String!) { shop { currencyCode } codeDiscountNodeByCode(code: $code) { id }
  order(id: $id) { customer { id state storeCreditAccounts(first: 20) { nodes { balance { amount } transactions(first: 100, reverse: true) { nodes {
    amount { amount currencyCode } createdAt ... on StoreCreditAccountCreditTransaction { id expiresAt } } } } } } } }`;
const STORE_CREDIT = `mutation StoreCredit($id: ID!, $creditInput: StoreCreditAccountCreditInput!) { storeCreditAccountCredit(id: $id, creditInput: $creditInput) {
  storeCreditAccountTransaction { id } userErrors { field message } } }`;
const DISCOUNT_CODE = `mutation DiscountCode($basicCodeDiscount: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $basicCodeDiscount) {
  codeDiscountNode { id } userErrors { field message code } } }`;

interface Shown {
  readonly codeDiscountNodeByCode: object | null;
  readonly order: { readonly customer: { readonly id: string; readonly state: string; readonly storeCreditAccounts: { readonly nodes: readonly { readonly balance: { readonly amount: string }; readonly transactions: { readonly nodes: readonly { readonly expiresAt: string }[] } }[] } } | null };
}

let folder: string;
let server: AdminServer;
let ledger: Ledger;
let url: string;

async function start(): Promise<void> {
  ledger = new Ledger(join(folder, 'ledger.jsonl'));
  const books = new ShopBooks({ ledger, unknownOrderMinor: 10_000, now: () => 1_800_000_000_000 });
  for (const n of [1, 2, 3, 4]) books.know({ id: `500${n}`, name: `#500${n}`, currency: 'EUR', totalMinor: 5_000, email: `c${n}@mail.example` });
  books.know({ id: '6000', name: '#6000', currency: 'EUR', totalMinor: 5_000 });
  server = new AdminServer({ books, ledger, token: undefined, emit: () => Promise.resolve(undefined), echo: { refunded: () => undefined, ordered: () => undefined } });
  url = `http://127.0.0.1:${await server.listen(0)}`;
}

async function stop(): Promise<void> {
  await server.close();
  ledger.close();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  await start();
});

afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

async function ask<T>(query: string, variables: unknown): Promise<T> {
  const response = await fetch(`${url}/admin/api/2026-10/graphql.json`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-shopify-access-token': 't' }, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
  if (!data) throw new Error(JSON.stringify(errors));
  return data;
}

const shown = (order: string, code = 'CREDIT-X'): Promise<Shown> => ask(BASIS, { id: `gid://shopify/Order/${order}`, code });

describe('goodwill credits of the stand-in', () => {
  it('gives store credit as often as it is asked, and shows when each ends, after a restart too', async () => {
    const customers = await Promise.all(['5001', '5002', '5003', '5004'].map(async (id) => (await shown(id)).order.customer));
    expect(new Set(customers.map((c) => c?.state))).toEqual(new Set(['ENABLED', 'DISABLED']));
    const id = customers[0]?.id;
    for (const expiresAt of ['2036-01-01T00:00:01.000Z', '2036-01-01T00:00:02.000Z']) await ask(STORE_CREDIT, { id, creditInput: { creditAmount: { amount: '20.00', currencyCode: 'EUR' }, expiresAt } });
    await stop();
    await start();
    const [account] = (await shown('5001')).order.customer?.storeCreditAccounts.nodes ?? [];
    expect(account).toMatchObject({ balance: { amount: '40.00' }, transactions: { nodes: [{ expiresAt: '2036-01-01T00:00:02.000Z' }, { expiresAt: '2036-01-01T00:00:01.000Z' }] } });
    expect(ledger.all().map((effect) => [effect.kind, effect.amount, effect.orderId])).toEqual([['store_credit', '20.00', id], ['store_credit', '20.00', id]]);
  });

  it('makes a code once', async () => {
    const basicCodeDiscount = { title: 'Goodwill', code: 'CREDIT-X', startsAt: '2026-01-01T00:00:00Z', usageLimit: 1, context: { all: 'ALL' }, customerGets: { value: { discountAmount: { amount: '20.00', appliesOnEachItem: false } }, items: { all: true } } };
    expect((await shown('6000')).order.customer).toBeNull();
    await ask(DISCOUNT_CODE, { basicCodeDiscount });
    expect(await ask(DISCOUNT_CODE, { basicCodeDiscount: { ...basicCodeDiscount, code: 'credit-x' } })).toMatchObject({ discountCodeBasicCreate: { codeDiscountNode: null, userErrors: [{ code: 'TAKEN' }] } });
    expect(ledger.all().map((effect) => effect.orderId)).toEqual(['CREDIT-X']);
    expect((await shown('6000')).codeDiscountNodeByCode).not.toBeNull();
  });

  it('knows where an order that was made here goes', async () => {
    const order = { email: 'a@mail.example', currency: 'EUR', lineItems: [{ title: 'Lamp', quantity: 1 }], shippingAddress: { firstName: 'Ada', address1: 'Road 1', city: 'Ghent', zip: '9000', countryCode: 'BE' } };
    const made = await ask<{ orderCreate: { order: { id: string } } }>('mutation($order: OrderCreateOrderInput!) { orderCreate(order: $order) { order { id } userErrors { message } } }', { order });
    expect(await ask('query($id: ID!) { order(id: $id) { shippingAddress { address1 countryCodeV2 } } }', { id: made.orderCreate.order.id })).toEqual({ order: { shippingAddress: { address1: 'Road 1', countryCodeV2: 'BE' } } });
  });

  it('refuses nothing at all', async () => {
    expect(await ask(STORE_CREDIT, { id: 'gid://shopify/Customer/1', creditInput: { creditAmount: { amount: '0.00', currencyCode: 'EUR' } } })).toMatchObject({ storeCreditAccountCredit: { userErrors: [{ message: 'Amount must be positive' }] } });
  });
});
