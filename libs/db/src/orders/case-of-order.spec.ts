import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HOUR, type Fact } from '@orderwatch/domain';
import { ConfigurationStore } from '../config/configuration.js';
import { CustomerStore } from '../customers/customer.store.js';
import { FeedHealthStore } from '../feeds/feed-health.js';
import { readOrderPage } from '../reads/order-page.js';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import type { WriteResult } from './incoming.js';
import { OrderWriter } from './order-writer.js';

const T = Date.UTC(2026, 0, 5, 8);
const ORDER = '00000000-0000-5000-8000-000000000001';
const base = { source: 'events', kind: 'events' } as const;
const scan = (id: string, at: number, ref: { shipment: string; handle?: string }): Fact => ({ ...base, id, at, type: 'shipment.status', data: { ref, code: 'in_transit' } });
const note = (id: string, at: number): Fact => ({ ...base, source: 'shop', id, at, type: 'contact.status_checked', data: { kind: 'status_checked' } });

describe('the case of an order', () => {
  let db: TestDatabase;
  const writer = new OrderWriter(new CustomerStore(new Sealer('a master secret of a test')), new ConfigurationStore());
  const feeds = new FeedHealthStore();

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  beforeEach(() => rows('truncate order_event, order_state, parcel_state, handle, case_item, case_history, change, feed_health, feed_hour, feed_silence'));
  afterAll(() => db.drop());

  const rows = <R>(sql: string, params: readonly unknown[] = []): Promise<R[]> => db.transactions.query<R>(sql, params);
  const write = (now: number, ...facts: Fact[]): Promise<WriteResult> => db.transactions.run((tx) => writer.write(tx, {
    now, cause: { actor: 'system' }, orders: [ORDER],
    facts: facts.map((fact) => ({ to: { orderId: ORDER, home: 'events', homeId: 'A1' }, fact, receivedAt: fact.at, inboxId: null })),
  }));
  const silence = (from: number, connection = 'events'): Promise<unknown> => rows('insert into feed_silence (connection, from_at) values ($1, $2)', [connection, new Date(from)]);
  const theCase = () => rows<{ state: string; held: boolean; reopened: number }>('select state, held, reopened from case_item');
  const findings = async () => (await readOrderPage(db.transactions, ORDER))?.open.length;

  it('is not closed by a silence that was seen after it opened, and says that the feed is late', async () => {
    await write(T, scan('a', T, { shipment: 'events/S' }));
    await write(T + 49 * HOUR);
    await silence(T + 47 * HOUR);
    await write(T + 50 * HOUR, note('n', T + 50 * HOUR));
    expect(await theCase()).toEqual([{ state: 'new', held: true, reopened: 0 }]);
    expect(await findings()).toBe(1);
    await write(T + 51 * HOUR, scan('b', T + 51 * HOUR, { shipment: 'events/S' }));
    expect(await theCase()).toMatchObject([{ state: 'resolved', held: false }]);
  });

  it('does not open because of a silence', async () => {
    await write(T, scan('a', T, { shipment: 'events/S' }));
    await silence(T + 47 * HOUR);
    await write(T + 49 * HOUR);
    expect(await theCase()).toEqual([]);
  });

  it('stays resolved when its parcel gets a smaller name', async () => {
    await write(T, scan('a', T, { shipment: 'events/S' }));
    await write(T + 49 * HOUR);
    const [key] = (await readOrderPage(db.transactions, ORDER))?.open ?? [];
    await rows("update case_item set state = 'resolved', acknowledged = array[$1], outcome = 'cannot_fix', resolved_at = now()", [key]);
    const label: Fact = { ...base, id: 'l', at: T - HOUR, type: 'shipment.status', data: { ref: { shipment: 'events/S', handle: 'dhl:7' }, code: 'label_created' } };
    await write(T + 50 * HOUR, label);
    expect(await rows('select parcel_id from parcel_state')).toEqual([{ parcel_id: 'dhl:7' }]);
    expect(await theCase()).toMatchObject([{ state: 'resolved', reopened: 0 }]);
    const page = await readOrderPage(db.transactions, ORDER);
    expect(page?.acknowledged).toEqual(page?.open);
  });

  it('is looked at again when a writer that still saw the silence held it after the silence had ended', async () => {
    await write(T, scan('a', T, { shipment: 'events/S' }));
    await silence(T + 47 * HOUR);
    await write(T + 49 * HOUR);
    await rows('update feed_silence set until_at = $1', [new Date(T + 49 * HOUR)]);
    expect(await db.transactions.run((tx) => feeds.releaseHeld(tx, T + 50 * HOUR))).toBe(1);
    expect(await rows('select due_at from order_due')).toEqual([{ due_at: new Date(T + 50 * HOUR) }]);
    await write(T + 50 * HOUR);
    expect(await theCase()).toMatchObject([{ state: 'new', held: false }]);
    expect(await db.transactions.run((tx) => feeds.releaseHeld(tx, T + 51 * HOUR))).toBe(0);
  });

  it('stays held while another feed of it is silent', async () => {
    await write(T, scan('a', T, { shipment: 'events/S' }));
    await silence(T + 47 * HOUR);
    await write(T + 49 * HOUR);
    expect(await db.transactions.run((tx) => feeds.releaseHeld(tx, T + 50 * HOUR))).toBe(0);
  });

  it('records a second silence that begins at the same last delivery', async () => {
    await rows("insert into feed_health (connection, last_received_at) values ('events', $1)", [new Date(T)]);
    await rows("insert into feed_hour (connection, hour, events) values ('events', $1, 500)", [new Date(T)]);
    const look = (): Promise<string[]> => db.transactions.run((tx) => feeds.findSilent(tx, T + 3 * HOUR));
    expect(await look()).toEqual(['events']);
    await db.transactions.run((tx) => feeds.note(tx, [{ connection: 'events', receivedAt: T - HOUR, occurredAt: null }]));
    expect(await look()).toEqual(['events']);
    expect(await rows('select until_at from feed_silence')).toEqual([{ until_at: null }]);
  });
});
