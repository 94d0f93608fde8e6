import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { codeOf, markOf, ShopifyCreditClient, type CreditRequest } from './credit-client.js';

interface Asked {
  readonly query: string;
  readonly variables: { readonly id?: string; readonly creditInput?: object; readonly basicCodeDiscount?: object };
}
type Answer = { readonly status?: number; readonly body?: unknown } | 'lost';

const ASKED_AT = Date.UTC(2026, 2, 4, 10);
const REQUEST: CreditRequest = { orderId: '5001', amount: { minor: 2_000, currency: 'EUR' }, title: 'Goodwill credit AP-2001', key: 'b9c2a1de-0000-4000-8000-000000000001', askedAt: ASKED_AT, others: ['40'] };
const ACCOUNT = { id: 'gid://shopify/Customer/8', state: 'ENABLED' };
const credit = (id: string, more: object = {}): object =>
  ({ id: `gid://shopify/StoreCreditAccountCreditTransaction/${id}`, amount: { amount: '20.0', currencyCode: 'EUR' }, createdAt: new Date(ASKED_AT + 60_000).toISOString(), expiresAt: null, ...more });

let server: Server;
let asked: Asked[];
let answers: Record<string, Answer>;

function basis(customer: object | null, { credits = [], code = null, currency = 'EUR' }: { credits?: readonly object[]; code?: object | null; currency?: string } = {}): Answer {
  const whole = customer && { ...customer, storeCreditAccounts: { nodes: [{ transactions: { nodes: credits } }] } };
  return { body: { data: { shop: { currencyCode: currency }, codeDiscountNodeByCode: code, order: { customer: whole } } } };
}

beforeEach(async () => {
  asked = [];
  answers = {
    CreditBasis: basis(ACCOUNT),
    StoreCredit: { body: { data: { storeCreditAccountCredit: { storeCreditAccountTransaction: { id: 'gid://shopify/StoreCreditAccountCreditTransaction/77' }, userErrors: [] } } } },
    DiscountCode: { body: { data: { discountCodeBasicCreate: { codeDiscountNode: { id: 'gid://shopify/DiscountCodeNode/5' }, userErrors: [] } } } },
  };
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
      asked.push(body);
      const answer = answers[/(?:query|mutation) (\w+)/.exec(body.query)?.[1] ?? ''] ?? { status: 400 };
      if (answer === 'lost') request.socket.destroy();
      else response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise<void>((resolve) => server.close(() => resolve()));
});

const client = (): ShopifyCreditClient => new ShopifyCreditClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 't' });
const acts = (): Asked[] => asked.filter((a) => a.query.startsWith('mutation'));

describe('a goodwill credit at Shopify', () => {
  it('is store credit for a customer with an account, and ends at a second of its own', async () => {
    expect(await client().give(REQUEST)).toEqual({ result: 'done', value: '77' });
    expect(acts()[0]?.variables).toEqual({ id: ACCOUNT.id, creditInput: { creditAmount: { amount: '20.00', currencyCode: 'EUR' }, expiresAt: markOf(REQUEST) } });
    expect(markOf(REQUEST)).toMatch(/^2036-03-04T/);
    expect(markOf({ ...REQUEST, key: 'another' })).not.toBe(markOf(REQUEST));
  });

  it.each([
    ['of a customer without an account, for them alone', { id: ACCOUNT.id, state: 'DISABLED' }, { customers: { add: [ACCOUNT.id] } }],
    ['of nobody known, for whoever has it', null, { all: 'ALL' }],
  ])('is a discount code for the order %s', async (_, customer, context) => {
    answers['CreditBasis'] = basis(customer);
    expect(await client().give(REQUEST)).toEqual({ result: 'done', value: codeOf(REQUEST.key) });
    expect(acts()[0]?.variables.basicCodeDiscount).toMatchObject({
      code: codeOf(REQUEST.key), usageLimit: 1, context, customerGets: { value: { discountAmount: { amount: '20.00', appliesOnEachItem: false } }, items: { all: true } }, startsAt: new Date(ASKED_AT).toISOString(),
    });
  });

  it('is a discount code for an order that the shop does not know', async () => {
    answers['CreditBasis'] = { body: { data: { shop: { currencyCode: 'EUR' }, codeDiscountNodeByCode: null, order: null } } };
    expect(await client().give(REQUEST)).toEqual({ result: 'done', value: codeOf(REQUEST.key) });
    expect(acts()[0]?.variables.basicCodeDiscount).toMatchObject({ context: { all: 'ALL' } });
  });

  it('is no discount code in a currency that is not the shop’s own', async () => {
    answers['CreditBasis'] = basis(null, { currency: 'USD' });
    expect((await client().give(REQUEST)).result).toBe('refused');
    expect(acts()).toHaveLength(0);
  });

  it.each([
    ['a credit that carries its mark', { credits: [credit('41', { expiresAt: markOf(REQUEST) })] }, { result: 'done', value: '41' }],
    ['its code', { code: { id: 'gid://shopify/DiscountCodeNode/5' } }, { result: 'done', value: codeOf(REQUEST.key) }],
    ['a credit of the same amount whose mark is not there', { credits: [credit('42')] }, { result: 'unknown' }],
  ] as const)('is not given again when the shop shows %s', async (_, shown, result) => {
    answers['CreditBasis'] = basis(ACCOUNT, shown);
    expect(await client().give(REQUEST)).toMatchObject(result);
    expect(acts()).toHaveLength(0);
  });

  it.each([
    ['another remedy’s', credit('40')], ['of before', credit('43', { createdAt: new Date(ASKED_AT - 1).toISOString() })], ['of another amount', credit('44', { amount: { amount: '20.01', currencyCode: 'EUR' } })],
  ])('is not taken for one that is %s', async (_, other) => {
    answers['CreditBasis'] = basis(ACCOUNT, { credits: [other] });
    expect(await client().give(REQUEST)).toEqual({ result: 'done', value: '77' });
  });

  it.each(['lost', { status: 502 }, { status: 429 }, { body: { errors: [{ message: 'Access denied' }] } }] as const)('is certainly not given when the look before it fails (%j)', async (answer) => {
    answers['CreditBasis'] = answer;
    expect((await client().give(REQUEST)).result).toBe('later');
    expect(acts()).toHaveLength(0);
  });

  it.each([
    ['a lost reply', 'lost', 'unknown'], ['a server error', { status: 503 }, 'unknown'], ['throttling', { status: 429 }, 'later'],
    ['a refusal', { body: { data: { storeCreditAccountCredit: { storeCreditAccountTransaction: null, userErrors: [{ field: null, message: 'limit exceeded' }] } } } }, 'refused'],
  ] as const)('that meets with %s ends as expected', async (_, answer, result) => {
    answers['StoreCredit'] = answer;
    expect((await client().give(REQUEST)).result).toBe(result);
  });

  it('has its code already when the shop says that the code is taken', async () => {
    answers['CreditBasis'] = basis(null);
    answers['DiscountCode'] = { body: { data: { discountCodeBasicCreate: { codeDiscountNode: null, userErrors: [{ message: 'Code must be unique', code: 'TAKEN' }] } } } };
    expect(await client().give(REQUEST)).toEqual({ result: 'done', value: codeOf(REQUEST.key) });
  });

  it('is found by what it is called', async () => {
    answers['CreditBasis'] = basis(ACCOUNT, { credits: [credit('41')] });
    expect(await client().has(REQUEST, '41')).toEqual({ result: 'done', value: true });
    expect(await client().has(REQUEST, codeOf(REQUEST.key))).toEqual({ result: 'done', value: false });
    answers['CreditBasis'] = basis(null, { code: { id: 'gid://shopify/DiscountCodeNode/5' } });
    expect(await client().has(REQUEST, codeOf(REQUEST.key))).toEqual({ result: 'done', value: true });
  });
});
