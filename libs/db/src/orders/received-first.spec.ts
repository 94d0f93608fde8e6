import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY, HOUR, type Fact } from '@orderwatch/domain';
import { ConfigurationStore } from '../config/configuration.js';
import { CustomerStore } from '../customers/customer.store.js';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import type { IncomingFact } from './incoming.js';
import { OrderWriter } from './order-writer.js';

const T = Date.UTC(2026, 0, 5, 8);
const ORDER = '00000000-0000-5000-8000-000000000001';
const contact: Fact = { source: 'shop', kind: 'shopify', id: 'c', at: T, type: 'contact.status_checked', data: { kind: 'status_checked' } };
const scan: Fact = { source: 'tracker', kind: 'easypost', id: 's', at: T, type: 'shipment.status', data: { ref: { handle: 'ups:A' }, code: 'in_transit' } };
const link: Fact = { source: 'shop', kind: 'shopify', id: 'l', at: T, type: 'handle.linked', data: { handle: 'ups:A', orderId: ORDER } };
const order = (fact: Fact, receivedAt: number): IncomingFact => ({ to: { orderId: ORDER, home: 'shop', homeId: '1' }, fact, receivedAt, inboxId: null });
const number = (fact: Fact, receivedAt: number): IncomingFact => ({ to: { parcel: 'ups:A' }, fact, receivedAt, inboxId: null });

/** When we heard of something decides what we could have known: of repeats the earliest counts, by whatever way they came. */
describe('the time at which a fact was known', () => {
  let db: TestDatabase;
  const writer = new OrderWriter(new CustomerStore(new Sealer('a master secret of a test')), new ConfigurationStore());

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  beforeEach(() => db.transactions.query('truncate order_event, order_state, order_due, parcel_state, handle, unlinked_event, case_item, case_history, change'));
  afterAll(() => db.drop());

  const write = (...facts: IncomingFact[]) => db.transactions.run((tx) => writer.write(tx, { facts, now: T + DAY, cause: { actor: 'system' } }));
  const heard = async (id: string, table = 'order_event'): Promise<number[]> => (await db.transactions.query<{ at: Date }>(`select received_at as at from ${table} where fact_id = $1`, [id])).map((row) => (row.at.getTime() - T) / HOUR);

  it.each([[[1, 2, 3]], [[3, 2, 1]], [[2, 1, 3]]])('is the earliest of one batch that tells it at %j', async (hours) => {
    await write(...hours.map((hour) => order(contact, T + hour * HOUR)));
    expect(await heard('c')).toEqual([1]);
  });

  it.each([[[1, 2, 3]], [[3, 2, 1]], [[2, 1, 3]]])('is the earliest of news that wait for their order, told at %j', async (hours) => {
    for (const hour of hours) await write(number(scan, T + hour * HOUR));
    expect(await heard('s', 'unlinked_event')).toEqual([1]);
    await write(order(link, T));
    expect(await heard('s')).toEqual([1]);
  });

  it.each([[[1, 2, 3]], [[3, 2, 1]], [[2, 1, 3]]])('is the earliest of news that wait for their order, told in one batch at %j', async (hours) => {
    await write(...hours.map((hour) => number(scan, T + hour * HOUR)));
    expect(await heard('s', 'unlinked_event')).toEqual([1]);
  });

  it('folds again what turns out to have been known before it is said to have happened', async () => {
    const early = async () => (await db.transactions.query<{ early: string | null }>('select early from order_state'))[0]?.early ?? null;
    await write(order({ ...contact, at: T + DAY }, T + 2 * DAY));
    expect(await early()).toBeNull();
    await write(order({ ...contact, at: T + DAY }, T));
    expect(await early()).toBe(JSON.stringify({ c: T }));
  });
});
