import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { CustomerStore } from '../customers/customer.store.js';
import { Sealer } from '../sealing.js';
import type { Transactions } from '../transactions.js';
import { findHits } from './find.js';
import { listOrders, type OrderListFilter } from './order-list.js';
import { readQueueCounts } from '../cases/index.js';
import { stuckParcels } from './stuck.js';
import { addCase, addOrder, addParcel, ago, DAY, HOUR, insertRow, NOW } from './testing/rows.js';

let database: TestDatabase;
let db: Transactions;
const customers = new CustomerStore(new Sealer('a secret for tests only'));

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.transactions;
});
afterAll(() => database?.drop());
beforeEach(() => db.query('truncate order_state, parcel_state, case_item, feed_health, customer, customer_handle'));

const list = (filter: OrderListFilter = {}, more: { first?: number; after?: string | null } = {}) => listOrders(db, { filter, customers, ...more });

describe('listOrders', () => {
  it('pages through every order once, newest first, with ties and without dates', async () => {
    for (let i = 0; i < 7; i += 1) await addOrder(db, { placed_at: i < 5 ? ago(Math.floor(i / 2) * HOUR) : null });
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 10; page += 1) {
      const answer = await list({}, { first: 2, after });
      seen.push(...answer.rows.map((r) => r.id));
      expect(answer.total).toBe(7);
      after = answer.endCursor;
      if (!answer.hasMore) break;
    }
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });

  it('starts at the beginning when the cursor cannot be read', async () => {
    await addOrder(db);
    expect((await list({}, { after: 'nonsense' })).rows).toHaveLength(1);
  });

  it('filters by the status of a track, and takes a silent feed for unknown', async () => {
    await addOrder(db, { shipment_status: 'in_transit', home_id: 'A' });
    await addOrder(db, { shipment_status: 'in_transit', home_id: 'B', held_by: ['events'] });
    await addOrder(db, { order_status: null, home_id: 'C' });
    expect((await list({ track: 'shipment', status: 'in_transit' })).rows.map((r) => r.name)).toEqual(['A']);
    expect((await list({ track: 'shipment', status: 'unknown' })).rows.map((r) => r.name)).toEqual(['B']);
    expect((await list({ track: 'order', status: 'unannounced' })).rows.map((r) => r.name)).toEqual(['C']);
    expect((await list({ track: 'state; drop table order_state', status: 'x' })).rows).toEqual([]);
  });

  it('finds the late ones of a carrier, those still under way included', async () => {
    const due = ago(DAY);
    const good = await addOrder(db, { home_id: 'good' });
    await addParcel(db, good, { promised_at: due, delivered_at: ago(2 * DAY) });
    const late = await addOrder(db, { home_id: 'late' });
    await addParcel(db, late, { promised_at: due, delivered_at: ago(HOUR) });
    const underWay = await addOrder(db, { home_id: 'under way' });
    await addParcel(db, underWay, { promised_at: due, delivered_at: ago(3 * DAY) });
    await addParcel(db, underWay, { promised_at: due });
    const other = await addOrder(db, { home_id: 'other' });
    await addParcel(db, other, { promised_at: due, carrier: 'ups' });
    const names = async (onTime: boolean) => (await list({ carrier: 'gls', onTime, promisedFrom: ago(7 * DAY), promisedTo: NOW })).rows.map((r) => r.name).sort();
    expect(await names(true)).toEqual(['good']);
    expect(await names(false)).toEqual(['late', 'under way']);
    expect((await list({ carrier: 'gls', onTime: false, promisedFrom: ago(HOUR) })).total).toBe(0);
  });
});

describe('findHits', () => {
  it('finds by name with or without #, home id, tracking number, e-mail and case number, and nothing by parts of them', async () => {
    const customerId = '00000000-0000-4000-8000-000000000009';
    await db.run((tx) => customers.note(tx, [{ id: customerId, email: 'Erin@Example.com', name: 'Erin' }]));
    const id = await addOrder(db, { name: '#1001', home_id: 'home-1', customer_id: customerId });
    await addOrder(db, { name: '#10010', home_id: 'home-10' });
    await addParcel(db, id, { number: '1Z999' });
    await addCase(db, id, { number: 8123 });
    const kinds = async (text: string) => (await findHits(db, text, customers)).map((h) => `${h.kind}:${h.label}`);
    for (const text of ['#1001', '1001', 'home-1']) expect(await kinds(text)).toEqual(['order:#1001']);
    expect(await kinds('1z 99-9')).toEqual(['parcel:#1001']);
    expect(await kinds(' erin@example.COM ')).toEqual(['customer:#1001']);
    expect(await kinds('ex-8123')).toEqual(['case:#1001']);
    for (const text of ['', '100', '%', 'erin', 'EX-', `'; --`, '\0']) expect(await kinds(text)).toEqual([]);
  });
});

describe('stuckParcels', () => {
  const stuck = (more: object = {}) => stuckParcels(db, { now: NOW, ...more });
  const silent = { silent_from: ago(4 * DAY), stuck_at: ago(2 * DAY) };

  it('lists what is silent beyond its limit, longest first, and nothing that is not there yet', async () => {
    const order = await addOrder(db, { name: '#1', total_minor: 6400, currency: 'EUR' });
    await addParcel(db, order, { ...silent, facility: 'Linz' });
    await addParcel(db, order, { silent_from: ago(HOUR), stuck_at: new Date(NOW.getTime() + DAY) });
    await addParcel(db, order, { status: 'delivered' });
    await addCase(db, order, { number: 8200 });
    const page = await stuck();
    expect(page.rows).toHaveLength(1);
    expect(page.rows[0]).toMatchObject({ orderName: '#1', facility: 'Linz', limitHours: 48, caseNumber: '8200', valueMinor: '6400', feedLate: false });
    expect(page).toMatchObject({ total: 1, oldestSeconds: 4 * 86_400, groups: [{ carrier: 'gls', facility: 'Linz', count: 1, feedLate: 0 }] });
  });

  it('leaves out the backlog of an imported history', async () => {
    const order = await addOrder(db);
    await addParcel(db, order, silent);
    await addCase(db, order, { backlog: true });
    expect(await stuck()).toMatchObject({ rows: [], groups: [], total: 0, oldestSeconds: null });
  });

  it('leaves out what a person settled, and counts in the frame what it lists', async () => {
    const [settled, closed, open] = [await addOrder(db), await addOrder(db), await addOrder(db)];
    for (const order of [settled, closed, open]) await addParcel(db, order, silent);
    await addParcel(db, open, { ...silent, feed: 'easypost' });
    await insertRow(db, 'feed_health', { connection: 'easypost', last_received_at: ago(9 * DAY), silent_since: ago(9 * DAY) });
    await addCase(db, settled, { state: 'resolved', resolved_by: 'a person', resolved_at: ago(HOUR) });
    await addCase(db, closed, { state: 'resolved', resolved_by: 'system', resolved_at: ago(HOUR) });
    await addCase(db, open);
    const page = await stuck();
    expect(new Set(page.rows.map((r) => r.orderId))).toEqual(new Set([closed, open]));
    expect(await readQueueCounts(db, { personId: null, now: NOW, isManager: false })).toMatchObject({ stuckParcels: page.total, stuck: 1 });
  });

  it('keeps marked which parcels are settled, whatever comes first: the case, its parcels, or the decision', async () => {
    const order = await addOrder(db);
    const settled = () => db.query<{ settled: boolean }>('select settled from parcel_state');
    await addParcel(db, order, silent);
    await addCase(db, order, { backlog: true });
    await addParcel(db, order, silent);
    expect(await settled()).toEqual([{ settled: true }, { settled: true }]);
    await db.query('update case_item set backlog = false');
    expect(await settled()).toEqual([{ settled: false }, { settled: false }]);
    expect((await stuck()).total).toBe(2);
    await db.query(`update case_item set state = 'resolved', resolved_by = 'system'`);
    expect((await stuck()).total).toBe(2);
    await db.query(`update case_item set resolved_by = 'a person'`);
    expect((await stuck()).total).toBe(0);
    await db.query(`update case_item set state = 'new', resolved_by = null`);
    expect((await stuck()).total).toBe(2);
  });

  it('counts and lists the same under every filter', async () => {
    await insertRow(db, 'feed_health', { connection: 'easypost', last_received_at: ago(3 * DAY), silent_since: ago(3 * DAY) });
    for (let i = 0; i < 12; i += 1) {
      const order = await addOrder(db);
      const since = ago((3 + i) * DAY);
      await addParcel(db, order, { silent_from: since, stuck_at: new Date(since.getTime() + 2 * DAY), carrier: i % 3 === 0 ? null : 'gls', facility: i % 2 === 0 ? 'Linz' : null, feed: i % 4 === 0 ? 'easypost' : 'events' });
    }
    for (const includeFeedLate of [true, false]) {
      for (const filter of [{}, { carrier: 'gls' }, { carrier: 'unknown' }, { facility: 'Linz' }, { carrier: 'gls', facility: 'Linz' }, { facility: 'nowhere' }]) {
        const page = await stuck({ ...filter, includeFeedLate, first: 50 });
        const since = Math.min(...page.rows.map((row) => row.silentSince.getTime()));
        expect(page).toMatchObject({ total: page.rows.length, oldestSeconds: page.rows.length > 0 ? (NOW.getTime() - since) / 1000 : null });
      }
    }
  });

  it('sets apart those whose feed fell silent before the limit was reached', async () => {
    const order = await addOrder(db);
    await addParcel(db, order, { ...silent, feed: 'easypost' });
    await addParcel(db, order, { silent_from: ago(9 * DAY), stuck_at: ago(7 * DAY), feed: 'easypost' });
    await insertRow(db, 'feed_health', { connection: 'easypost', last_received_at: ago(3 * DAY), silent_since: ago(3 * DAY) });
    expect((await stuck()).rows.map((r) => r.feedLate)).toEqual([false]);
    expect((await stuck({ includeFeedLate: true })).rows.map((r) => r.feedLate)).toEqual([false, true]);
    expect((await stuck()).groups).toMatchObject([{ carrier: 'gls', facility: null, count: 1, feedLate: 1 }]);
  });

  it('pages by keyset through equal instants', async () => {
    const order = await addOrder(db);
    for (let i = 0; i < 5; i += 1) await addParcel(db, order, silent);
    const first = await stuck({ first: 3 });
    const second = await stuck({ first: 3, after: first.endCursor });
    expect([first.hasMore, second.hasMore]).toEqual([true, false]);
    expect(new Set([...first.rows, ...second.rows].map((r) => r.parcelId)).size).toBe(5);
  });
});
