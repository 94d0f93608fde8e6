import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ledger } from './ledger.js';
import { AdminServer } from './server.js';
import { ShopBooks } from './shop-books.js';

const REFUND = `mutation R($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) {
  refund { id totalRefundedSet { shopMoney { amount currencyCode } } } userErrors { field message } } }`;
const RESHIP = `mutation O($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) {
  orderCreate(order: $order, options: $options) { order { id name } userErrors { field message } } }`;

interface Answer {
  readonly status: number;
  readonly body: { readonly data?: Record<string, never>; readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[] };
}

let folder: string;
let server: AdminServer;
let ledger: Ledger;
let url: string;
let echoed: string[];
let books: ShopBooks;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  ledger = new Ledger(join(folder, 'ledger.jsonl'));
  echoed = [];
  let clock = 1_800_000_000_000;
  books = new ShopBooks({ ledger, unknownOrderMinor: 10_000, now: () => (clock += 1000) });
  server = new AdminServer({
    books, ledger, token: 'let-me-in', emit: () => Promise.resolve(undefined),
    echo: { refunded: (_, refund) => echoed.push(`refund ${refund.refundId}`), ordered: (order) => echoed.push(`order ${order.id}`) },
  });
  url = `http://127.0.0.1:${await server.listen(0)}`;
});

afterEach(async () => {
  await server.close();
  ledger.close();
  rmSync(folder, { recursive: true });
});

async function ask(query: string, variables: unknown = {}, token = 'let-me-in'): Promise<Answer> {
  const response = await fetch(`${url}/admin/api/2026-10/graphql.json`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-shopify-access-token': token }, body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const input = (amount: string, orderId = '5001'): object => ({
  orderId: `gid://shopify/Order/${orderId}`, currency: 'EUR', note: 'parcel lost',
  transactions: [{ orderId: `gid://shopify/Order/${orderId}`, gateway: 'shopify_payments', kind: 'REFUND', amount, parentId: 'gid://shopify/OrderTransaction/1' }],
});
const refund = async (key: string, amount: string): Promise<{ refund: { id: string } | null; userErrors: { message: string }[] }> =>
  (await ask(REFUND, { input: input(amount), key })).body.data?.['refundCreate'] as never;

describe('refunds', () => {
  it('refunds once per key, however often it is asked', async () => {
    const first = await refund('k1', '40.00');
    const again = await refund('k1', '40.00');
    expect(first.refund?.id).toMatch(/^gid:\/\/shopify\/Refund\/\d+$/);
    expect(again).toEqual(first);
    expect(ledger.all()).toHaveLength(1);
    expect(ledger.all()[0]).toMatchObject({ kind: 'refund', key: 'k1', orderId: '5001', amount: '40.00', currency: 'EUR' });
    expect(echoed).toHaveLength(1);
  });

  it('refuses other parameters under a used key', async () => {
    await refund('k1', '40.00');
    const { body } = await ask(REFUND, { input: input('41.00'), key: 'k1' });
    expect(body.errors?.[0]?.extensions?.code).toBe('IDEMPOTENCY_KEY_PARAMETER_MISMATCH');
    expect(ledger.all()).toHaveLength(1);
  });

  it('refuses to refund without a key', async () => {
    const { body } = await ask(REFUND.replace(' @idempotent(key: $key)', '').replace(', $key: String!', ''), { input: input('1.00') });
    expect(body.errors?.[0]?.message).toMatch(/@idempotent directive is required/);
    expect(ledger.all()).toHaveLength(0);
  });

  it('gives back no more than was paid', async () => {
    await refund('k1', '60.00');
    const second = await refund('k2', '60.00');
    expect(second.refund).toBeNull();
    expect(second.userErrors[0]?.message).toMatch(/more than the 40\.00/);
    expect(ledger.all()).toHaveLength(1);
  });

  it('shows refunds when the order is looked up', async () => {
    await refund('k1', '12.50');
    const { body } = await ask('query($id: ID!) { order(id: $id) { refunds { id note totalRefundedSet { shopMoney { amount } } } } }', { id: 'gid://shopify/Order/5001' });
    expect(body.data).toMatchObject({ order: { refunds: [{ note: 'parcel lost', totalRefundedSet: { shopMoney: { amount: '12.50' } } }] } });
  });

  it('validates arguments like the real schema', async () => {
    const { body } = await ask(REFUND, { input: { ...input('1.00'), amount: 5 }, key: 'k' });
    expect(body.errors?.[0]?.message).toMatch(/amount/);
    expect(ledger.all()).toHaveLength(0);
  });

  it('lets nobody in without the token', async () => {
    expect((await ask(REFUND, { input: input('1.00'), key: 'k' }, 'wrong')).status).toBe(401);
  });
});

describe('created orders', () => {
  const order = { sourceIdentifier: 'remedy-7', tags: ['reship', 'orderwatch'], email: 'a@mail.example', financialStatus: 'PAID', lineItems: [{ title: 'Desk lamp', sku: 'LMP', quantity: 1, priceSet: { shopMoney: { amount: '0.00', currencyCode: 'EUR' } } }] };

  it('can be found by source identifier and by tag', async () => {
    const made = (await ask(RESHIP, { order, options: { inventoryBehaviour: 'BYPASS' } })).body.data?.['orderCreate'] as unknown as { order: { id: string } };
    for (const query of ['source_identifier:"remedy-7"', 'tag:reship', "tag:'orderwatch' AND source_identifier:remedy-7"]) {
      const { body } = await ask('query($q: String!) { orders(first: 5, query: $q) { nodes { id } } }', { q: query });
      expect(body.data).toEqual({ orders: { nodes: [{ id: made.order.id }] } });
    }
    const { body } = await ask('{ orders(first: 5, query: "source_identifier:other") { nodes { id } } }');
    expect(body.data).toEqual({ orders: { nodes: [] } });
  });

  it('take from the stock what is sent again, of the article that the line was', async () => {
    books.know({ id: '77', name: '#77', currency: 'EUR', totalMinor: 8900, lines: [{ id: '771', title: 'Desk lamp, brass', sku: 'LMP-101-BR', quantity: 1 }] });
    const stock = async () => (await ask('{ order(id: "gid://shopify/Order/77") { lineItems(first: 5) { nodes { variant { id inventoryQuantity inventoryItem { tracked } } } } } }')).body.data?.['order'] as unknown as { lineItems: { nodes: { variant: { id: string; inventoryQuantity: number } }[] } };
    const [before] = (await stock()).lineItems.nodes;
    await ask(RESHIP, { order: { ...order, sourceName: 'orderwatch', lineItems: [{ variantId: before?.variant.id, quantity: 2 }] } });
    expect((await stock()).lineItems.nodes[0]?.variant.inventoryQuantity).toBe((before?.variant.inventoryQuantity ?? 0) - 2);
    expect(books.all().at(-1)?.lines).toMatchObject([{ title: 'Desk lamp, brass', sku: 'LMP-101-BR', quantity: 2 }]);
  });

  it('are made twice when asked twice, and the ledger shows it', async () => {
    await ask(RESHIP, { order });
    await ask(RESHIP, { order });
    expect(new Set(ledger.all().map((effect) => effect.effectId)).size).toBe(2);
    expect(echoed).toHaveLength(2);
  });

  it('take tags, adding only new ones', async () => {
    const made = (await ask(RESHIP, { order })).body.data?.['orderCreate'] as unknown as { order: { id: string } };
    const { body } = await ask('mutation($id: ID!, $t: [String!]!) { tagsAdd(id: $id, tags: $t) { node { id ... on Order { tags } } userErrors { message } } }', { id: made.order.id, t: ['reship', 'vip'] });
    expect(body.data).toMatchObject({ tagsAdd: { node: { tags: ['reship', 'orderwatch', 'vip'] }, userErrors: [] } });
  });
});

describe('trouble on order', () => {
  const control = (body: object): Promise<Response> => fetch(`${url}/__control`, { method: 'POST', body: JSON.stringify(body) });

  it.each([['4xx', 422, 0], ['5xx_before', 503, 0], ['5xx_after', 502, 1]] as const)('%s answers %i with %i effects', async (mode, status, effects) => {
    await control({ mode, times: 1 });
    expect((await ask(REFUND, { input: input('5.00'), key: 'k' })).status).toBe(status);
    expect(ledger.all()).toHaveLength(effects);
    expect((await refund('k', '5.00')).refund).not.toBeNull();
    expect(ledger.all()).toHaveLength(1);
  });

  it('throttles with status 200 and a code', async () => {
    await control({ mode: 'throttled', times: 1 });
    const { status, body } = await ask('{ shop { name } }');
    expect([status, body.errors?.[0]?.extensions?.code]).toEqual([200, 'THROTTLED']);
  });

  it('can lose a reply after the effect', async () => {
    await control({ mode: 'reply_lost', times: 1 });
    await expect(ask(REFUND, { input: input('5.00'), key: 'k' })).rejects.toThrow();
    expect(ledger.all()).toHaveLength(1);
    expect((await (await fetch(`${url}/__ledger`)).json()) as unknown[]).toHaveLength(1);
  });

  it('refuses trouble it does not know', async () => {
    expect((await control({ mode: 'meltdown' })).status).toBe(400);
  });
});
