import { gzipSync, brotliCompressSync, deflateSync, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CannotStore, createDataSource, Transactions } from '@orderwatch/db';
import { event, openBench, signEasypost, signEvents, signShopify, type Bench } from '../../pipeline/testing/bench.js';
import { AcceptWebhook } from './accept-webhook.js';

describe('webhooks', () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await openBench();
  });
  beforeEach(() => bench.rows('truncate inbox, delivery_key'));
  afterAll(() => bench.close());

  const post = async (url: string, payload: Buffer | string, headers: Record<string, string> = {}) => {
    const response = await bench.app.inject({ method: 'POST', url, payload, headers });
    return { status: response.statusCode, body: response.body === '' ? null : response.json<Record<string, unknown>>(), type: response.headers['content-type'], retry: response.headers['retry-after'] };
  };
  const postEvents = (body: Buffer | string, headers: Record<string, string> = {}) => post('/webhooks/events', body, { 'content-type': 'application/cloudevents+json', ...signEvents(body, bench.clock.now()), ...headers });
  const count = async (where = 'true'): Promise<number> => (await bench.rows<{ n: number }>(`select count(*)::int as n from inbox where ${where}`))[0]?.n ?? 0;

  it('answers per event: accepted, repeated, rejected and kept', async () => {
    const good = event('order.placed', 'A1', { name: '#1' });
    const bad = event('order.eaten', 'A1', {});
    const body = JSON.stringify([good, bad, good]);
    const answer = await postEvents(body, { 'content-type': 'application/cloudevents-batch+json' });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ accepted: 1, duplicates: 1, rejected: [{ index: 1, id: bad['id'] }] });
    expect((await postEvents(body)).body).toMatchObject({ accepted: 0, duplicates: 2 });
    expect(await count("state = 'dead' and cause = 'rejected'")).toBe(1);
    expect(await count()).toBe(2);
  });

  it('calls the same id with other content rejected, and keeps it', async () => {
    const first = event('order.placed', 'A1', { name: '#1' });
    await postEvents(JSON.stringify(first));
    const answer = await postEvents(JSON.stringify({ ...first, data: { name: '#2' } }));
    expect(answer.body).toMatchObject({ accepted: 0, duplicates: 0, rejected: [{ index: 0, id: first['id'] }] });
    expect(await count("cause = 'id_reused'")).toBe(1);
  });

  it.each([['text/plain'], ['application/json; charset=utf-8'], ['multipart/form-data'], ['not a type at all'], ['']])('takes an authentic event whatever its type says: %p', async (type) => {
    const answer = await postEvents(JSON.stringify(event('order.placed', 'A1', {})), { 'content-type': type });
    expect([answer.status, answer.body]).toEqual([202, { accepted: 1, duplicates: 0, rejected: [] }]);
  });

  it.each([
    ['no JSON', '{"specversion":'], ['nothing', ''], ['ten thousand levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`], ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00])], ['a number', '7'],
  ])('keeps an authentic body that is %s as a dead letter', async (_, body) => {
    const answer = await postEvents(body);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ accepted: 0, rejected: [{ index: 0 }] });
    expect(await count("state = 'dead'")).toBe(1);
  });

  it('keeps NUL bytes and lone surrogates in strings', async () => {
    const body = JSON.stringify(event('order.placed', 'A1', { name: '#1' })).replace('#1', 'a\\u0000b\\ud800c');
    expect((await postEvents(body)).body).toMatchObject({ accepted: 1 });
    await bench.drain();
    expect(await bench.rows('select name from order_state')).toEqual([{ name: 'a\uFFFDb\uFFFDc' }]);
  });

  it.each([['events', {}], ['shopify', { 'x-shopify-hmac-sha256': 'AAAA' }], ['easypost', signEasypost('{}', 'another secret')]])('refuses what is not signed by %s, counts it, and keeps nothing', async (connection, headers) => {
    const before = await bench.rows<{ n: string }>('select rejected_signatures as n from connection where name = $1', [connection]);
    const answer = await post(`/webhooks/${connection}`, '{}', headers);
    expect(answer.status).toBe(401);
    expect(answer.type).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status: 401, requestId: expect.any(String), title: expect.any(String), detail: expect.any(String) });
    await bench.rejected.flush();
    expect(await bench.rows('select rejected_signatures as n from connection where name = $1', [connection])).toEqual([{ n: String(Number(before[0]?.n) + 1) }]);
    expect(await count()).toBe(0);
  });

  it('refuses an old timestamp', async () => {
    const body = JSON.stringify(event('order.placed', 'A1', {}));
    expect((await post('/webhooks/events', body, signEvents(body, bench.clock.now() - 301_000))).status).toBe(401);
    expect((await post('/webhooks/events', body, signEvents(body, bench.clock.now() - 299_000))).status).toBe(202);
  });

  it('knows no unknown connection and no other method', async () => {
    expect((await post('/webhooks/nobody', '{}')).status).toBe(404);
    expect((await post('/webhooks/no%00body', '{}')).status).toBe(404);
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const) {
      const response = await bench.app.inject({ method, url: '/webhooks/events' });
      expect([method, response.statusCode]).toEqual([method, 405]);
    }
  });

  it.each([['gzip', gzipSync], ['x-gzip', gzipSync], ['deflate', deflateSync], ['deflate', deflateRawSync], ['br', brotliCompressSync]])('inflates %s and verifies what comes out', async (encoding, pack) => {
    const body = JSON.stringify(event('order.placed', 'A1', {}));
    const answer = await post('/webhooks/events', pack(body), { ...signEvents(body, bench.clock.now()), 'content-encoding': encoding });
    expect(answer.body).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
  });

  it('refuses what is too large, broken or in an unknown encoding, and goes on', async () => {
    const large = Buffer.alloc(6 << 20, 32);
    expect((await postEvents(large)).status).toBe(413);
    expect((await postEvents(gzipSync(Buffer.alloc(500 << 20)), { 'content-encoding': 'gzip' })).status).toBe(413);
    expect((await postEvents(gzipSync('{}').subarray(0, 12), { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await postEvents('{}', { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await postEvents('{}', { 'content-encoding': 'compress' })).status).toBe(400);
    expect((await postEvents(JSON.stringify(event('order.placed', 'A1', {})))).status).toBe(202);
  });

  it('keeps a topic nobody reads, and shows it as not used', async () => {
    const body = '{"id": 9007199254740993}';
    expect((await post('/webhooks/shopify/products/update', body, signShopify(body))).status).toBe(200);
    expect((await post('/webhooks/shopify/products/update', body, signShopify(body))).body).toMatchObject({ duplicate: true });
    await bench.drain();
    expect(await bench.rows('select topic, state from inbox')).toEqual([{ topic: 'products/update', state: 'not_used' }]);
  });

  it('keeps no signature with a delivery', async () => {
    const body = '{"object": "Event"}';
    await post('/webhooks/easypost', body, { ...signEasypost(body), authorization: 'Bearer x', 'content-type': 'application/json' });
    expect((await bench.rows<{ headers: string }>('select headers from inbox')).map((r) => JSON.parse(r.headers))).toEqual([expect.not.objectContaining({ 'x-hmac-signature': expect.anything(), authorization: expect.anything() })]);
  });

  it('finds a connection added a moment ago', async () => {
    const secret = 'of another shop';
    await bench.pipeline.connections.add(bench.db.transactions, { name: 'shop-two', kind: 'shopify', secrets: { signing: [secret] } });
    await bench.pipeline.registry.refresh();
    expect((await post('/webhooks/shop-two/orders/create', '{}', signShopify('{}', secret))).status).toBe(200);
  });

  it('tells the sender to try again before it hangs up, and knows the repeat', async () => {
    const accept = new AcceptWebhook(bench.pipeline.intake, bench.clock, 100);
    const body = Buffer.from(JSON.stringify(event('order.placed', 'A1', { name: '#1' })));
    const connection = bench.pipeline.registry.known('events');
    if (!connection) throw new Error('no connection');
    const webhook = { connection, topic: undefined, headers: signEvents(body.toString(), bench.clock.now()), body };
    const db = new Transactions(await createDataSource(bench.db.url, { poolSize: 1 }));
    try {
      await db.run(async (tx) => {
        await tx.query('lock table inbox in access exclusive mode');
        await expect(accept.accept(webhook)).rejects.toEqual(new CannotStore('slow'));
      });
    } finally {
      await db.close();
    }
    expect(await new AcceptWebhook(bench.pipeline.intake, bench.clock).accept(webhook)).toMatchObject({ kind: 'events', accepted: 0, duplicates: 1 });
    expect(await count()).toBe(1);
  });

  it('answers 503 while the database is away, and takes deliveries again afterwards', async () => {
    const name = (await bench.rows<{ name: string }>('select current_database() as name'))[0]?.name ?? '';
    const body = JSON.stringify(event('order.placed', 'A9', {}));
    const admin = new Transactions(await createDataSource(bench.db.url.replace(name, 'postgres')));
    try {
      await admin.query(`alter database ${name} with allow_connections false`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      const answer = await postEvents(body);
      expect([answer.status, answer.retry]).toEqual([503, expect.any(String)]);
    } finally {
      await admin.query(`alter database ${name} with allow_connections true`);
      await admin.close();
    }
    // Links that the database ended while nobody used them are found one by one; a source sends again until it is heard.
    let { status } = await postEvents(body);
    for (let tries = 1; status === 503 && tries < 20; tries += 1) ({ status } = await postEvents(body));
    expect(status).toBe(202);
    expect(await count()).toBe(1);
  });
});
