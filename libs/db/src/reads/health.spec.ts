import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import type { Transactions } from '../transactions.js';
import { readDeadLetterGroups, readDeadLetters } from './dead-letters.js';
import { feedsOnTime, readNotUsed, readSources, readUnlinked } from './health.js';
import { latestPosition } from './position.js';
import { readRawDelivery } from './raw-delivery.js';
import { addCase, addDelivery, addOrder, ago, DAY, HOUR, insertRow, NOW } from './testing/rows.js';

let database: TestDatabase;
let db: Transactions;
const sealer = new Sealer('a secret for tests only');

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.transactions;
});
afterAll(() => database?.drop());
beforeEach(async () => {
  await db.query('truncate connection, inbox, feed_health, feed_hour, order_state, case_item, order_event, unlinked_event, change');
  await insertRow(db, 'connection', { name: 'events', kind: 'events' });
});

describe('readSources', () => {
  it('shows a connection that never sent anything, and none that was only imported', async () => {
    await insertRow(db, 'connection', { name: 'old', kind: 'events', origin: 'imported' });
    const sources = await readSources(db, NOW);
    expect(sources).toHaveLength(1);
    expect(sources[0]).toMatchObject({ connection: 'events', lastReceivedAt: null, eventsLastHour: 0, usualPerHour: 0, lagP50Seconds: null, deadLetters: 0 });
    expect(sources[0]?.hourly).toEqual(Array.from({ length: 24 }, () => 0));
    expect(await feedsOnTime(db)).toEqual({ onTime: 0, total: 1 });
  });

  it('gives events of the last hour, what is usual at this hour, lags and the last 24 hours', async () => {
    const now = new Date('2026-03-20T12:15:00.000Z');
    const hour = (back: number, events: number, lags: number[] = []) => insertRow(db, 'feed_hour', { connection: 'events', hour: new Date(Date.parse('2026-03-20T12:00:00.000Z') - back * HOUR), events, lag_seconds: lags });
    await hour(0, 10, [1, 2, 3]);
    await hour(1, 40, [100]);
    await hour(24, 20);
    await hour(48, 60);
    await hour(49, 999);
    const [source] = await readSources(db, now);
    expect(source).toMatchObject({ eventsLastHour: 40, usualPerHour: 26.7, lagP50Seconds: 2.5 });
    expect(source?.hourly.slice(-2)).toEqual([40, 10]);
    expect(source?.hourly).toHaveLength(24);
  });

  it('counts dead letters, unused deliveries, held orders and unknown codes', async () => {
    await addDelivery(db, { state: 'dead', cause: 'bad_json', received_at: ago(2 * DAY) });
    await addDelivery(db, { state: 'dead', cause: 'bad_json', received_at: ago(1000) });
    await addDelivery(db, { state: 'not_used', topic: 'carts/update' });
    await addOrder(db, { held_by: ['events'] });
    const finding = (code: string) => ({ rule: 'unmapped_status', detail: { source: 'events', code } });
    await addCase(db, await addOrder(db), { rule: 'unmapped_status', rules: ['unmapped_status'], findings: JSON.stringify([finding('XK7'), finding('XK8')]) });
    await addCase(db, await addOrder(db), { rule: 'unmapped_status', rules: ['unmapped_status'], findings: JSON.stringify([finding('XK7')]) });
    expect((await readSources(db, NOW))[0]).toMatchObject({ deadLetters: 2, deadLastHour: 1, oldestDeadLetterAt: ago(2 * DAY), notUsed: 1, ordersHeld: 1, unmapped: 2 });
    expect(await readNotUsed(db)).toMatchObject([{ connection: 'events', topic: 'carts/update', count: 1 }]);
  });
});

describe('dead letters', () => {
  it('stand by cause and can be listed by it', async () => {
    await addDelivery(db, { state: 'dead', cause: 'bad_json', detail: 'Unexpected token', attempts: 2 });
    await addDelivery(db, { state: 'dead', cause: 'bad_json', attempts: 5 });
    await addDelivery(db, { state: 'dead', cause: 'id_reused', connection: 'shopify' });
    await addDelivery(db);
    expect(await readDeadLetterGroups(db)).toMatchObject([{ cause: 'bad_json', letters: 2, attempts: 5, sample: 'Unexpected token' }, { cause: 'id_reused', letters: 1 }]);
    expect(await readDeadLetters(db, { cause: 'bad_json' })).toHaveLength(2);
    expect(await readDeadLetters(db, { connection: 'shopify' })).toMatchObject([{ cause: 'id_reused', bytes: 1 }]);
    expect(await readDeadLetters(db, { first: 1 })).toHaveLength(1);
  });
});

describe('readUnlinked', () => {
  it('names what waits for its order, overdue after a day', async () => {
    const event = (handle: string, fact_id: string, received: number, code: string) => ({ handle, fact_id, type: 'shipment.status', code, at: ago(received), received_at: ago(received), source: 'easypost', kind: 'easypost', data: '{}' });
    await insertRow(db, 'unlinked_event', event('ups:1', 'a', 30 * HOUR, 'in_transit'));
    await insertRow(db, 'unlinked_event', event('ups:1', 'b', HOUR, 'delivered'));
    await insertRow(db, 'unlinked_event', event('ups:2', 'c', HOUR, 'in_transit'));
    expect(await readUnlinked(db, NOW)).toMatchObject([{ handle: 'ups:1', events: 2, lastStatus: 'delivered', overdue: true }, { handle: 'ups:2', overdue: false }]);
  });
});

describe('readRawDelivery', () => {
  it('opens the exact bytes and shows the facts that came from them', async () => {
    const body = Buffer.from('{"a": "\\u0000 \\ud800"}');
    await addDelivery(db, { body: sealer.sealBody(body), topic: 'orders/create', headers: '{"x-topic":"orders/create"}' });
    const [row] = await db.query<{ id: string }>('select id::text as id from inbox');
    const id = row?.id ?? '';
    await insertRow(db, 'order_event', { order_id: '00000000-0000-4000-8000-000000000001', fact_id: 'f1', type: 'order.placed', at: NOW, received_at: NOW, source: 'events', kind: 'events', inbox_id: id, data: '{}' });
    await insertRow(db, 'unlinked_event', { handle: 'ups:1', fact_id: 'f2', type: 'shipment.status', code: 'x', at: NOW, received_at: NOW, source: 'events', kind: 'events', inbox_id: id, data: '{}' });
    const raw = await readRawDelivery(db, sealer, id);
    expect(raw?.body?.equals(body)).toBe(true);
    expect(raw).toMatchObject({ topic: 'orders/create', headers: { 'x-topic': 'orders/create' }, state: 'done' });
    expect(raw?.trace.map((t) => [t.factId, t.orderId === null])).toEqual([['f1', false], ['f2', true]]);
  });

  it('answers with nothing for what is no id, and without a body when the bytes cannot be opened', async () => {
    await addDelivery(db, { body: Buffer.from('not sealed by us at all, but long enough') });
    const [row] = await db.query<{ id: string }>('select id::text as id from inbox');
    expect((await readRawDelivery(db, sealer, row?.id ?? ''))?.body).toBeNull();
    for (const id of ['', 'x', '1; drop table inbox', '99999999999999999999999']) expect(await readRawDelivery(db, sealer, id)).toBeNull();
  });
});

/** Transactions of other databases of the same server hold the feed back as well: asks until it moves. */
async function nextPosition(before: string | null): Promise<string | null> {
  for (;;) {
    const position = await latestPosition(db);
    if (position !== before) return position;
  }
}

describe('latestPosition', () => {
  it('is the last change that everyone can see, not one that is still being written', async () => {
    expect(await latestPosition(db)).toBeNull();
    await insertRow(db, 'change', { topic: 'queue', entity: 'case', entity_id: 'a', version: 1 });
    const before = await nextPosition(null);
    expect(before).toMatch(/^\d+\.\d+$/);
    await db.run(async (tx) => {
      await insertRow(tx, 'change', { topic: 'queue', entity: 'case', entity_id: 'b', version: 1 });
      expect(await latestPosition(db)).toBe(before);
    });
    expect(await nextPosition(before)).toMatch(/^\d+\.\d+$/);
  });
});
