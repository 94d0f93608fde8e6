import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ShipStationClient, type ReshipOrder } from './client.js';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}
type Answer = { readonly status?: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } | 'lost';

const SHIP_TO = { name: 'Ada Lane', street1: 'Road 1', city: 'Ghent', postalCode: '9000', country: 'BE' };
const RESHIP: ReshipOrder = {
  orderNumber: '1001-R2001', orderKey: 'orderwatch-1', shipTo: SHIP_TO, email: 'a@example.test', lines: [{ id: '61', sku: 'L', name: 'Lamp', quantity: 2 }, { id: '62', sku: null, name: 'Shade', quantity: 1 }],
  service: 'Express', note: 'Parcel lost', orderedAt: Date.UTC(2026, 2, 4),
};
const made = (more: object = {}): object => ({ orderId: 5, orderKey: RESHIP.orderKey, orderNumber: RESHIP.orderNumber, orderStatus: 'awaiting_shipment', ...more });

let server: Server;
let asked: Asked[];
let answers: Record<string, Answer>;

beforeEach(async () => {
  asked = [];
  answers = { GET: { body: { orders: [], total: 0, page: 1, pages: 0 } }, POST: { body: made() } };
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      asked.push({ method, url, authorization: request.headers.authorization, body: chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : null });
      const answer = answers[method] ?? { status: 404 };
      if (answer === 'lost') request.socket.destroy();
      else response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers }).end(JSON.stringify(answer.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise<void>((resolve) => server.close(() => resolve()));
});

const client = (): ShipStationClient => new ShipStationClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, account: 'key', secret: 'hush-hush' });
const acts = (): Asked[] => asked.filter((a) => a.method === 'POST');

describe('a reship at ShipStation', () => {
  it('is an order with a key of its own, free of charge, with address, service and lines', async () => {
    expect(await client().reship(RESHIP)).toEqual({ result: 'done', value: '1001-R2001' });
    expect(asked[0]).toMatchObject({ url: '/orders?orderNumber=1001-R2001&pageSize=100', authorization: `Basic ${Buffer.from('key:hush-hush').toString('base64')}` });
    expect(acts()).toMatchObject([{ url: '/orders/createorder', body: {
      orderNumber: '1001-R2001', orderKey: 'orderwatch-1', orderStatus: 'awaiting_shipment', orderDate: '2026-03-04T00:00:00.000Z', shipTo: SHIP_TO, billTo: { name: 'Ada Lane' }, amountPaid: 0, requestedShippingService: 'Express',
      items: [{ lineItemKey: '61', sku: 'L', name: 'Lamp', quantity: 2, unitPrice: 0 }, { lineItemKey: '62', name: 'Shade', quantity: 1, unitPrice: 0 }],
    } }]);
  });

  it('is not made again, nor changed, when its key is there', async () => {
    answers['GET'] = { body: { orders: [made({ orderKey: 'another', orderNumber: '1001-R20012' }), made({ orderStatus: 'shipped' })] } };
    expect(await client().reship(RESHIP)).toEqual({ result: 'done', value: '1001-R2001' });
    expect(await client().find(RESHIP.orderNumber, RESHIP.orderKey)).toMatchObject({ value: { orderStatus: 'shipped' } });
    expect(acts()).toHaveLength(0);
  });

  it.each(['lost', { status: 500 }, { status: 429 }, { status: 401 }, { body: 'hello' }] as const)('is certainly not made when the look before it fails (%j)', async (answer) => {
    answers['GET'] = answer;
    expect((await client().reship(RESHIP)).result).toBe('later');
    expect(acts()).toHaveLength(0);
  });

  it.each([
    ['a lost reply', 'lost', 'unknown'], ['a server error', { status: 503 }, 'unknown'], ['too many requests', { status: 429 }, 'later'], ['a bad order', { status: 400, body: { Message: 'The request is invalid.' } }, 'refused'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'unknown'], ['an unknown shape', { body: [] }, 'unknown'],
  ] as const)('that meets with %s ends as expected, and tells no secret', async (_, answer, result) => {
    answers['POST'] = answer;
    const ended = await client().reship(RESHIP);
    expect(ended.result).toBe(result);
    expect(JSON.stringify(ended)).not.toContain('hush');
  });

  it('knows where an order went, when all of it is known', async () => {
    answers['GET'] = { body: { orders: [{ orderId: 1, orderNumber: '1001', orderStatus: 'shipped', shipTo: SHIP_TO, customerEmail: 'a@example.test' }] } };
    expect(await client().addressOf('1001')).toEqual({ result: 'done', value: { shipTo: SHIP_TO, email: 'a@example.test' } });
    answers['GET'] = { body: { orders: [{ orderId: 1, orderNumber: '1001', orderStatus: 'shipped', shipTo: { ...SHIP_TO, street1: null } }] } };
    expect(await client().addressOf('1001')).toEqual({ result: 'done', value: null });
  });
});
