import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ledger } from '../admin/ledger.js';
import { AdminServer } from '../admin/server.js';
import { ShopBooks } from '../admin/shop-books.js';
import { Gorgias } from '../helpdesk/gorgias.js';
import { Tickets } from '../helpdesk/tickets.js';
import { Zendesk } from '../helpdesk/zendesk.js';
import { ShipStationOrders } from './orders.js';

const ORDER = { orderNumber: '1001-R2001', orderKey: 'orderwatch-1', orderDate: '2026-01-01T00:00:00.000Z', orderStatus: 'awaiting_shipment', billTo: { name: 'Ada' }, shipTo: { name: 'Ada' }, items: [{ name: 'Lamp', quantity: 1 }] };
const BARE = { ...ORDER, orderKey: 'bare', orderNumber: '1002', items: undefined };

let folder: string;
let server: AdminServer;
let ledger: Ledger;
let url: string;
let handed: string[];

async function start(): Promise<void> {
  ledger = new Ledger(join(folder, 'ledger.jsonl'));
  const now = (): number => 1_800_000_000_000;
  const books = new ShopBooks({ ledger, unknownOrderMinor: 10_000, now });
  const outsides = [new ShipStationOrders({ ledger, now, onOrder: (order) => handed.push(`${order.orderNumber} ${order.items.length}`) }), new Gorgias(new Tickets('gorgias', ledger, now)), new Zendesk(new Tickets('zendesk', ledger, now))];
  server = new AdminServer({ books, ledger, outsides, token: undefined, emit: () => Promise.resolve(undefined), echo: { refunded: () => undefined, ordered: () => undefined } });
  url = `http://127.0.0.1:${await server.listen(0)}`;
}

async function stop(): Promise<void> {
  await server.close();
  ledger.close();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  handed = [];
  await start();
});

afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}${path}`, { method, headers: { authorization: 'Basic YTpi', ...headers }, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: response.status, body: await response.json() };
}
const control = (body: object): Promise<Response> => fetch(`${url}/__control`, { method: 'POST', body: JSON.stringify(body) });

describe('the stand-in for ShipStation', () => {
  it('makes an order once per key, whatever happens to the answers, and knows it after a restart', async () => {
    await control({ mode: '5xx_before', times: 1 });
    expect((await call('POST', '/shipstation/orders/createorder', ORDER)).status).toBe(503);
    await control({ mode: 'reply_lost', times: 1 });
    await expect(call('POST', '/shipstation/orders/createorder', ORDER)).rejects.toThrow();
    await stop();
    await start();
    await control({ mode: 'throttled', times: 1 });
    expect((await call('GET', '/shipstation/orders?orderNumber=1001')).status).toBe(429);
    expect(await call('GET', '/shipstation/orders?orderNumber=1001')).toMatchObject({ status: 200, body: { orders: [{ orderKey: 'orderwatch-1' }], total: 1 } });
    expect((await call('POST', '/shipstation/orders/createorder', { ...ORDER, items: [] })).status).toBe(200);
    expect(ledger.all().map((effect) => effect.kind)).toEqual(['shipstation_order']);
    expect(handed).toEqual(['1001-R2001 1']);
    expect((await call('POST', '/shipstation/orders/createorder', BARE)).status).toBe(200);
    expect(handed).toEqual(['1001-R2001 1', '1002 0']);
  });

  it('refuses what names no address, and who does not say who they are', async () => {
    expect((await call('POST', '/shipstation/orders/createorder', { ...ORDER, shipTo: undefined })).status).toBe(400);
    expect((await call('GET', '/shipstation/orders', undefined, { authorization: '' })).status).toBe(401);
    expect((await call('GET', '/shipstation/elsewhere')).status).toBe(404);
  });
});

describe('the stand-ins for helpdesks', () => {
  it('keep notes and tags per ticket; Gorgias writes twice when asked twice', async () => {
    const note = { channel: 'internal-note', via: 'api', from_agent: true, sender: { email: 'a@x.test' }, body_text: 'done' };
    for (let i = 0; i < 2; i += 1) expect((await call('POST', '/gorgias/api/tickets/7/messages', note)).status).toBe(201);
    expect((await call('POST', '/gorgias/api/tickets/7/messages', { ...note, channel: 'email' })).status).toBe(400);
    expect(await call('GET', '/gorgias/api/messages?ticket_id=7')).toMatchObject({ body: { data: [{ body_text: 'done' }, { body_text: 'done' }] } });
    expect(await call('POST', '/gorgias/api/tags', { name: 'refunded' })).toMatchObject({ status: 201, body: { id: 1 } });
    expect((await call('POST', '/gorgias/api/tickets/7/tags', { ids: [1] })).status).toBe(201);
    expect(ledger.all().map((effect) => effect.kind)).toEqual(['helpdesk_note', 'helpdesk_note', 'helpdesk_tag']);
  });

  it('write a comment once per key at Zendesk, after a restart too', async () => {
    const comment = { ticket: { comment: { body: 'done', public: false } } };
    await call('PUT', '/zendesk/api/v2/tickets/7.json', comment, { 'idempotency-key': 'k' });
    await stop();
    await start();
    await call('PUT', '/zendesk/api/v2/tickets/7.json', comment, { 'idempotency-key': 'k' });
    expect(await call('GET', '/zendesk/api/v2/tickets/7/comments.json')).toMatchObject({ body: { comments: [{ body: 'done', public: false }] } });
    expect(await call('PUT', '/zendesk/api/v2/tickets/7/tags.json', { tags: ['a', 'b'] })).toMatchObject({ body: { tags: ['a', 'b'] } });
  });
});
