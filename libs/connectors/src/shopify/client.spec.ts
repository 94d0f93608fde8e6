import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADDRESS_CHANGED, ShopifyClient } from './client.js';

interface Asked {
  readonly query: string;
  readonly variables: { readonly input?: { readonly note: string; readonly transactions: readonly object[] }; readonly order?: object; readonly key?: string; readonly query?: string };
}
type Answer = { readonly status?: number; readonly body?: unknown } | 'lost';

let server: Server;
let asked: Asked[];
let answers: Record<string, Answer>;

const SALE = { id: 'gid://shopify/OrderTransaction/71', kind: 'SALE', status: 'SUCCESS', gateway: 'shopify_payments' };
const REFUNDED = { body: { data: { refundCreate: { refund: { id: 'gid://shopify/Refund/9007199254740993' }, userErrors: [] } } } };
const basis = (refunds: readonly object[] = []): Answer => ({ body: { data: { order: { transactions: [{ ...SALE, id: 'gid://shopify/OrderTransaction/70', status: 'FAILURE' }, SALE], refunds } } } });
const REQUEST = { orderId: '820982911946154508', amount: { minor: 1240, currency: 'EUR' }, note: 'Parcel lost', key: 'b9c2a1de-0000-4000-8000-000000000001' };
const RESHIP = { orderId: '5', lines: [{ id: '61', title: 'Lamp', quantity: 2 }, { title: 'Shade', quantity: 1 }], currency: 'EUR', sourceIdentifier: 'reship:1', note: 'again' };

beforeEach(async () => {
  asked = [];
  answers = { RefundBasis: basis(), Refund: REFUNDED };
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

const client = (): ShopifyClient => new ShopifyClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, token: 't' });
const mutations = (): Asked[] => asked.filter((a) => a.query.startsWith('mutation'));

describe('a refund at Shopify', () => {
  it('goes back through the payment it came by, under its key, and names it in the note', async () => {
    expect(await client().refund(REQUEST)).toEqual({ result: 'done', value: '9007199254740993' });
    const [sent] = mutations();
    expect(sent?.variables.key).toBe(REQUEST.key);
    expect(sent?.variables.input?.transactions).toEqual([{ orderId: 'gid://shopify/Order/820982911946154508', kind: 'REFUND', amount: '12.40', parentId: SALE.id, gateway: 'shopify_payments' }]);
    expect(sent?.variables.input?.note).toBe(`Parcel lost [${REQUEST.key}]`);
  });

  it('sends the same input on every attempt', async () => {
    answers['Refund'] = { status: 502 };
    expect((await client().refund(REQUEST)).result).toBe('unknown');
    expect((await client().refund(REQUEST)).result).toBe('unknown');
    expect(mutations()[1]?.variables).toEqual(mutations()[0]?.variables);
  });

  it('is not made again when the order shows it already', async () => {
    answers['RefundBasis'] = basis([{ id: 'gid://shopify/Refund/1', note: null }, { id: 'gid://shopify/Refund/2', note: `Parcel lost [${REQUEST.key}]` }]);
    expect(await client().refund(REQUEST)).toEqual({ result: 'done', value: '2' });
    expect(await client().findRefund(REQUEST.orderId, REQUEST.key)).toEqual({ result: 'done', value: '2' });
    expect(await client().findRefund(REQUEST.orderId, 'another')).toEqual({ result: 'done', value: null });
    expect(mutations()).toHaveLength(0);
  });

  it.each([
    ['a lost reply', 'lost', 'unknown'],
    ['a server error', { status: 503 }, 'unknown'],
    ['an internal error', { body: { errors: [{ message: 'oops', path: ['refundCreate'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }] } }, 'unknown'],
    ['an error inside the mutation without a code', { body: { data: { refundCreate: null }, errors: [{ message: 'oops', path: ['refundCreate'] }] } }, 'unknown'],
    ['no GraphQL at all', { body: 'hello' }, 'unknown'],
    ['no result', { body: { data: { refundCreate: { refund: null, userErrors: [] } } } }, 'unknown'],
    ['a key that was used for another request', { body: { errors: [{ message: 'mismatch', path: ['refundCreate'], extensions: { code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' } }] } }, 'unknown'],
    ['throttling', { body: { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }] } }, 'later'],
    ['too many requests', { status: 429 }, 'later'],
    ['a wrong token', { status: 401 }, 'refused'],
    ['a user error', { body: { data: { refundCreate: { refund: null, userErrors: [{ field: null, message: 'too much' }] } } } }, 'refused'],
    ['a document that does not validate', { body: { errors: [{ message: 'no such field' }] } }, 'refused'],
  ] as const)('that meets with %s ends as expected', async (_, answer, result) => {
    answers['Refund'] = answer;
    expect((await client().refund(REQUEST)).result).toBe(result);
  });

  it.each(['lost', { status: 500 }, { status: 429 }, { status: 403 }, { body: { errors: [{ message: 'Access denied' }] } }] as const)('is certainly not made when the look-up before it fails (%j)', async (answer) => {
    answers['RefundBasis'] = answer;
    expect((await client().refund(REQUEST)).result).toBe('later');
    expect(mutations()).toHaveLength(0);
  });

  it('is certainly not made when nobody listens', async () => {
    const nobody = client();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect((await nobody.refund(REQUEST)).result).toBe('later');
    server.listen(0);
  });
});

describe('a reship at Shopify', () => {
  it('goes to the same customer and address, free of charge, with the same variants', async () => {
    answers['ReshipBasis'] = { body: { data: { order: {
      email: 'a@example.test', customer: { id: 'gid://shopify/Customer/8' }, shippingAddress: { firstName: 'A', lastName: null, address1: 'Road 1', city: 'Ghent', zip: '9000', countryCodeV2: 'BE' },
      lineItems: { nodes: [{ id: 'gid://shopify/LineItem/61', variant: { id: 'gid://shopify/ProductVariant/900' } }] },
    } } } };
    answers['Reship'] = { body: { data: { orderCreate: { order: { id: 'gid://shopify/Order/77', name: '#77' }, userErrors: [] } } } };
    expect(await client().reship(RESHIP)).toEqual({ result: 'done', value: '77' });
    const free = { shopMoney: { amount: '0.00', currencyCode: 'EUR' } };
    expect(mutations()[0]?.variables.order).toMatchObject({
      sourceIdentifier: 'reship:1', customer: { toAssociate: { id: 'gid://shopify/Customer/8' } }, email: 'a@example.test', shippingAddress: { firstName: 'A', address1: 'Road 1', city: 'Ghent', zip: '9000', countryCode: 'BE' },
      lineItems: [{ variantId: 'gid://shopify/ProductVariant/900', quantity: 2, priceSet: free }, { title: 'Shade', quantity: 1, priceSet: free }],
    });
  });

  it('is found again by its source identifier', async () => {
    answers['FindOrder'] = { body: { data: { orders: { nodes: [{ id: 'gid://shopify/Order/77', name: '#77' }] } } } };
    expect(await client().findBySourceIdentifier('reship:"1"')).toEqual({ result: 'done', value: '77' });
    expect(asked[0]?.variables.query).toBe('source_identifier:"reship:\\"1\\""');
    answers['FindOrder'] = { body: { data: { orders: { nodes: [] } } } };
    expect(await client().findBySourceIdentifier('reship:2')).toEqual({ result: 'done', value: null });
  });
});

describe('where a reship goes', () => {
  const SHOPS = { firstName: 'Mara', lastName: 'Lind', address1: 'Hafenstr. 12', city: 'Hamburg', zip: '20457', countryCodeV2: 'DE' };
  const address = { name: 'Mara Lind', company: '', line1: 'Hafenstr. 12', line2: '', city: 'Hamburg', region: '', postalCode: '20457', country: 'DE', phone: '' };
  const at = (shippingAddress: object | null): void => {
    answers['ReshipBasis'] = { body: { data: { order: { email: null, customer: null, shippingAddress, lineItems: { nodes: [] } } } } };
    answers['Reship'] = { body: { data: { orderCreate: { order: { id: 'gid://shopify/Order/77', name: '#77' }, userErrors: [] } } } };
  };
  const sent = (): Record<string, unknown> | undefined => mutations()[0]?.variables.order as Record<string, unknown> | undefined;

  it('is what was approved, by the service that was approved', async () => {
    at(SHOPS);
    const other = { ...address, name: 'Kim van der Berg', line1: 'Kade 3', line2: '2 hoog', city: 'Utrecht', postalCode: '3511', country: 'NL' };
    expect(await client().reship({ ...RESHIP, delivery: { address: other, isShops: false }, service: 'Express' })).toEqual({ result: 'done', value: '77' });
    expect(sent()?.['shippingAddress']).toEqual({ firstName: 'Kim van der', lastName: 'Berg', address1: 'Kade 3', address2: '2 hoog', city: 'Utrecht', zip: '3511', countryCode: 'NL' });
    expect(sent()?.['shippingLines']).toEqual([{ title: 'Express', priceSet: { shopMoney: { amount: '0.00', currencyCode: 'EUR' } } }]);
  });

  it('is not another one of the shop than was approved', async () => {
    at({ ...SHOPS, address1: 'Elbchaussee 1' });
    expect(await client().reship({ ...RESHIP, delivery: { address, isShops: true } })).toEqual({ result: 'refused', why: ADDRESS_CHANGED });
    expect(mutations()).toEqual([]);
    at({ ...SHOPS, address1: ' HAFENSTR. 12' });
    expect((await client().reship({ ...RESHIP, delivery: { address, isShops: true } })).result).toBe('done');
    at(null); // a shop that says nothing of it contradicts nothing
    expect((await client().reship({ ...RESHIP, delivery: { address, isShops: true } })).result).toBe('done');
  });

  it('tells what is in stock, and "not known" where nobody counts', async () => {
    const line = (id: number, variant: object | null): object => ({ id: `gid://shopify/LineItem/${id}`, variant });
    const nodes = [line(1, { inventoryQuantity: 3, inventoryItem: { tracked: true } }), line(2, { inventoryQuantity: 0, inventoryItem: { tracked: false } }), line(3, null)];
    answers['ReshipStock'] = { body: { data: { order: { shippingLine: { title: 'DHL Express' }, lineItems: { nodes } } } } };
    expect(await client().stockOf('5')).toEqual({ result: 'done', value: { service: 'DHL Express', lines: [{ id: '1', available: 3 }, { id: '2', available: null }, { id: '3', available: null }] } });
  });
});
