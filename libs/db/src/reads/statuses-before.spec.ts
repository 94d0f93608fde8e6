import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { builtInStatusMap } from '@orderwatch/domain';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import type { Transactions } from '../transactions.js';
import { ordersByStatus } from './report.js';
import { statusesBefore } from './statuses-before.js';
import { addOrder, ago, DAY, HOUR, insertRow } from './testing/rows.js';

let database: TestDatabase;
let db: Transactions;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.transactions;
});
afterAll(() => database?.drop());
beforeEach(() => db.query('truncate order_state, order_event, feed_silence'));

const event = (order_id: string, type: string, received: Date, data: object = {}) =>
  insertRow(db, 'order_event', { order_id, fact_id: randomUUID(), type, at: received, received_at: received, source: 'events', kind: 'events', data: JSON.stringify(data) });
const before = async () => statusesBefore(db, await ordersByStatus(db), ago(DAY), builtInStatusMap);
const count = (rows: readonly { track: string; status: string; count: number }[], track: string, status: string) => rows.find((r) => r.track === track && r.status === status)?.count ?? 0;

describe('statusesBefore', () => {
  it('folds again only what heard something since, from what was known then', async () => {
    await addOrder(db, { payment_status: 'paid', last_received_at: ago(2 * DAY) });
    const changed = await addOrder(db, { order_status: 'cancelled', payment_status: 'paid', last_received_at: ago(HOUR) });
    await event(changed, 'order.placed', ago(3 * DAY), { lines: [] });
    await event(changed, 'payment.status', ago(2 * DAY), { code: 'captured' });
    await event(changed, 'order.cancelled', ago(HOUR));
    const fresh = await addOrder(db, { last_received_at: ago(HOUR) });
    await event(fresh, 'order.placed', ago(HOUR));
    const rows = await before();
    expect(count(rows, 'order', 'placed')).toBe(2);
    expect(count(rows, 'order', 'cancelled')).toBe(0);
    expect(count(rows, 'payment', 'paid')).toBe(2);
    expect(count(rows, 'payment', 'none')).toBe(0);
    expect(count(rows, 'shipment', 'none')).toBe(2);
  });

  it('does not compare shipments across a silence', async () => {
    await addOrder(db, { last_received_at: ago(2 * DAY) });
    await insertRow(db, 'feed_silence', { connection: 'easypost', from_at: ago(3 * DAY), until_at: ago(HOUR) });
    const rows = await before();
    expect(rows.some((r) => r.track === 'shipment')).toBe(false);
    expect(count(rows, 'order', 'placed')).toBe(1);
  });
});
