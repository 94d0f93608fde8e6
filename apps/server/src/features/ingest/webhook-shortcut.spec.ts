import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { event, SECRETS, signEvents, signShopify } from '../../pipeline/testing/bench.js';
import { startTestServer, type TestServer } from '../../testing/test-server.js';

interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

describe('the short way of deliveries', () => {
  let server: TestServer;
  let short = 0;

  beforeAll(async () => {
    server = await startTestServer({ env: { ORDERWATCH_ROLE: 'api', ORDERWATCH_DEMO: '0', ORDERWATCH_EVENTS_SECRET: SECRETS.events, ORDERWATCH_SHOPIFY_SECRET: SECRETS.shopify } });
    const way = server.application.fastify.shortWay;
    const asked = way?.shortcut;
    if (!way || !asked) throw new Error('there is no short way');
    way.shortcut = (request) => {
      const taken = asked(request);
      if (taken) short += 1;
      return taken;
    };
  });
  afterAll(() => server.close());

  const post = (path: string, body: Buffer | string, headers: Readonly<Record<string, string>>): Promise<Heard> => new Promise((resolve, reject) => {
    const sent = httpRequest(`${server.url}${path}`, { method: 'POST', headers }, (response) => {
      const { 'x-request-id': id, date: _, ...rest } = response.headers;
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString())).on('end', () => {
        const { requestId, ...said } = JSON.parse(text) as Record<string, unknown>;
        expect([undefined, id]).toContain(requestId);
        expect(id).toMatch(/^[\da-f-]{36}$/);
        resolve({ status: response.statusCode ?? 0, headers: rest, body: said });
      });
    });
    sent.on('error', reject).end(body);
  });
  const rows = () => server.db.transactions.query<{ headers: string; topic: string | null; state: string }>('select headers, topic, state from inbox order by id desc limit 1');
  /** A new event each time, so that the second way does not find a duplicate. */
  const fed = (make: () => Buffer | string, more: Readonly<Record<string, string>> = {}, pack = (body: Buffer | string): Buffer | string => body) => () => {
    const body = make();
    return [pack(body), { 'content-type': 'application/cloudevents+json', ...signEvents(body, Date.now()), ...more }] as const;
  };
  const good = (): string => JSON.stringify(event('order.placed', 'A1', { name: '#1' }));

  it.each([
    ['a good event', '/webhooks/events', fed(good), 202], ['a batch', '/webhooks/events', fed(() => `[${good()},${good()}]`), 202], ['a rejected event', '/webhooks/events', fed(() => '{"specversion":"1.0","id":"x"}'), 202],
    ['a packed event', '/webhooks/events', fed(good, { 'content-encoding': 'gzip' }, gzipSync), 202], ['no content type', '/webhooks/events', fed(good, { 'content-type': '' }), 202], ['an odd content type', '/webhooks/events', fed(good, { 'content-type': 'no type' }), 202],
    ['a body in pieces', '/webhooks/events', fed(good, { 'transfer-encoding': 'chunked' }), 202], ['headers of the event', '/webhooks/events/a.topic/of-two_parts', fed(good, { 'ce-id': '1', authorization: 'Bearer x', 'user-agent': 'u'.repeat(900) }), 202], ['an empty topic', '/webhooks/events/', fed(good), 202], ['a long topic', `/webhooks/events/${'t/'.repeat(300)}`, fed(good), 202],
    ['a body of nothing', '/webhooks/events', fed(() => ''), 202], ['a forged event', '/webhooks/events', () => [good(), signEvents('another', Date.now())] as const, 401], ['no signature', '/webhooks/shopify/orders/create', () => ['{}', {}] as const, 401],
    ['too much', '/webhooks/events', fed(() => ' '.repeat((5 << 20) + 1)), 413], ['a bomb', '/webhooks/events', fed(good, { 'content-encoding': 'gzip' }, () => gzipSync(Buffer.alloc(6 << 20))), 413], ['a broken packing', '/webhooks/events', fed(good, { 'content-encoding': 'br' }), 400], ['an unknown packing', '/webhooks/events', fed(good, { 'content-encoding': 'zip' }), 400],
    ['what a shop says', '/webhooks/shopify/orders/create', () => { const body = `{"id":${Math.floor(Math.random() * 1e9)}}`; return [body, { 'content-type': 'application/json', 'x-shopify-topic': 'orders/create', ...signShopify(body) }] as const; }, 200],
  ] as const)('answers %s like the router does', async (_what, path, make, status) => {
    const heard: unknown[] = [];
    for (const [url, isShort] of [[path, 1], [`${path}?x=1`, 0]] as const) {
      const [before, [body, headers]] = [short, make()];
      const answer = await post(url, body, headers);
      expect([answer.status, short - before]).toEqual([status, isShort]);
      const [kept] = await rows();
      const { 'webhook-id': _id, 'webhook-timestamp': _at, ...keptHeaders } = JSON.parse(kept?.headers ?? '{}') as Record<string, string>;
      heard.push([answer, status < 300 ? { ...kept, headers: keptHeaders } : null]);
    }
    expect(heard[0]).toEqual(heard[1]);
    expect(Object.keys((heard[0] as readonly [Heard])[0].headers)).toContain('x-content-type-options');
  });

  it.each([['GET', '/webhooks/events', 405], ['POST', '/webhooks/nobody', 404], ['POST', '/webhooks/ev%65nts', 401], ['POST', '/webhooks//events', 404], ['POST', '/webhooks/', 404]])('leaves %s %s to the router', async (method, path, status) => {
    const before = short;
    const response = await fetch(`${server.url}${path}`, { method, ...(method === 'POST' ? { body: '{}' } : {}) });
    expect([response.status, short - before]).toEqual([status, 0]);
  });

  it('counts what it answers under the route', async () => {
    const counted = async (): Promise<number> => Number(/request_seconds_count\{method="POST",route="\/webhooks\/:connection\/\*",status="401"\} (\d+)/.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1] ?? 0);
    const before = await counted();
    expect((await post('/webhooks/events/a', '{}', {})).status).toBe(401);
    expect(await counted()).toBe(before + 1);
  });
});
