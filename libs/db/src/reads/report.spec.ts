import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CustomerStore } from '../customers/customer.store.js';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import type { Transactions } from '../transactions.js';
import { listOrders } from './order-list.js';
import { agesByRule, caseFigures, flowByDay, onTimeByCarrier, ordersByStatus, resolveWeeks } from './report.js';
import { addCase, addOrder, addParcel, ago, DAY, HOUR, insertRow, NOW } from './testing/rows.js';

let database: TestDatabase;
let db: Transactions;
const customers = new CustomerStore(new Sealer('a secret for tests only'));
const period = { now: NOW, days: 7, zone: 'UTC' };

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.transactions;
});
afterAll(() => database?.drop());
beforeEach(() => db.query('truncate order_state, parcel_state, case_item, order_event'));

const open = async (openedAgo: number, more: object = {}): Promise<string> => {
  const id = await addOrder(db);
  await addCase(db, id, { opened_at: ago(openedAgo), since: ago(openedAgo + HOUR), ...more });
  return id;
};
const resolved = (openedAgo: number, resolvedAgo: number, more: object = {}) => open(openedAgo, { state: 'resolved', resolved_at: ago(resolvedAgo), outcome: 'x', ...more });

describe('caseFigures', () => {
  it('counts the queue, what came and went in the period, and how long both took', async () => {
    await open(2 * HOUR);
    await open(30 * DAY);
    await resolved(3 * DAY, 3 * DAY - 5 * HOUR);
    await resolved(40 * DAY, 39 * DAY);
    await open(HOUR, { backlog: true });
    const figures = await caseFigures(db, period);
    expect(figures).toMatchObject({ openCases: 2, opened: 2, resolved: 1, detect: { median: 3600, count: 2 }, resolve: { median: 5 * 3600, p90: 5 * 3600, count: 1 } });
    expect(figures.ageMedian).toBeCloseTo((2 * 3600 + 30 * 86_400) / 2);
    expect(figures.from.toISOString()).toBe('2026-03-14T00:00:00.000Z');
  });

  it('tells what was found before the customer wrote', async () => {
    const before = await open(2 * HOUR);
    const after = await open(2 * HOUR);
    const event = (order_id: string, received: number) => ({ order_id, fact_id: 'c', type: 'contact.received', at: ago(received), received_at: ago(received), source: 'events', kind: 'events', data: '{}' });
    await insertRow(db, 'order_event', event(before, HOUR));
    await insertRow(db, 'order_event', event(after, 5 * HOUR));
    expect((await caseFigures(db, period)).beforeContact).toBe(0.5);
  });

  it('answers about an empty store', async () => {
    expect(await caseFigures(db, period)).toMatchObject({ openCases: 0, opened: 0, detect: { median: null, count: 0 }, ageMedian: null, beforeContact: null });
  });
});

describe('flowByDay', () => {
  it('gives every day of the period, and a backlog that ends at the open cases', async () => {
    await open(2 * DAY);
    await open(30 * DAY);
    await resolved(2 * DAY, DAY);
    const flow = await flowByDay(db, period);
    expect(flow).toHaveLength(7);
    expect(flow.map((d) => [d.day, d.opened, d.resolved, d.backlog]).slice(-4)).toEqual([['2026-03-17', 0, 0, 1], ['2026-03-18', 2, 0, 3], ['2026-03-19', 0, 1, 2], ['2026-03-20', 0, 0, 2]]);
    expect(flow.at(-1)?.backlog).toBe((await caseFigures(db, period)).openCases);
  });

  it('cuts days in the business zone', async () => {
    await open(13 * HOUR); // 2026-03-19 23:00 UTC is already the 20th in Berlin
    expect((await flowByDay(db, { ...period, zone: 'Europe/Berlin' })).at(-1)).toMatchObject({ day: '2026-03-20', opened: 1 });
    expect((await flowByDay(db, period)).at(-1)).toMatchObject({ day: '2026-03-20', opened: 0 });
  });
});

describe('agesByRule', () => {
  it('puts each open case into one band, at the edges too', async () => {
    for (const hours of [1, 24, 71, 72, 167, 168]) await open(hours * HOUR);
    await resolved(HOUR, 0);
    expect(await agesByRule(db, NOW)).toEqual([{ rule: 'no_movement', under1d: 1, d1to3: 2, d3to7: 2, over7d: 1 }]);
  });
});

describe('onTimeByCarrier', () => {
  it('counts exactly the orders that its list opens', async () => {
    const parcel = async (more: Record<string, unknown>, order: Record<string, unknown> = {}) => addParcel(db, await addOrder(db, order), { promised_at: ago(DAY), ...more });
    await parcel({ delivered_at: ago(2 * DAY) });
    await parcel({ delivered_at: ago(DAY) });
    await parcel({ delivered_at: ago(HOUR) });
    await parcel({});
    await parcel({ promised_at: ago(-DAY) }); // not due yet
    await parcel({ promised_at: ago(30 * DAY) });
    await parcel({ status: 'cancelled' });
    await parcel({}, { order_status: 'cancelled' });
    await parcel({ carrier: null });
    expect(await onTimeByCarrier(db, period)).toEqual([{ carrier: 'gls', onTime: 2, total: 4 }]);
    const from = (await caseFigures(db, period)).from;
    const total = async (onTime: boolean) => (await listOrders(db, { filter: { carrier: 'gls', onTime, promisedFrom: from, promisedTo: NOW }, customers })).total;
    expect([await total(true), await total(false)]).toEqual([2, 2]);
  });
});

describe('ordersByStatus', () => {
  it('counts every order once per track, as the list filters them', async () => {
    await addOrder(db, { payment_status: 'paid', shipment_status: 'in_transit' });
    await addOrder(db, { payment_status: 'paid', shipment_status: 'in_transit', held_by: ['easypost'], return_status: 'requested' });
    await addOrder(db, { order_status: null });
    const rows = await ordersByStatus(db);
    for (const row of rows) {
      expect((await listOrders(db, { filter: { track: row.track, status: row.status }, customers })).total).toBe(row.count);
    }
    expect(rows.filter((r) => r.track === 'shipment').map((r) => [r.status, r.count]).sort()).toEqual([['in_transit', 1], ['none', 1], ['unknown', 1]]);
    expect(rows.filter((r) => r.track === 'return')).toEqual([{ track: 'return', status: 'requested', count: 1 }]);
  });
});

describe('resolveWeeks', () => {
  it('groups by the week closed, weeks from Monday', async () => {
    await resolved(5 * DAY, 4 * DAY - 2 * HOUR); // closed Monday 16 March
    await resolved(6 * DAY, 5 * DAY); // closed Sunday 15 March
    await resolved(400 * DAY, 399 * DAY);
    expect(await resolveWeeks(db, period)).toEqual([{ week: '2026-03-09', p50Hours: 24, p90Hours: 24, count: 1 }, { week: '2026-03-16', p50Hours: 26, p90Hours: 26, count: 1 }]);
  });
});
