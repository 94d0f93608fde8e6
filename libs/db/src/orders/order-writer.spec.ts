import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalJson, DAY, foldOrder, unpackState, HOUR, builtInStatusMap, type Fact, type ShipmentFact } from '@orderwatch/domain';
import { ConfigurationStore } from '../config/configuration.js';
import { CustomerStore } from '../customers/customer.store.js';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { readHistories } from './event-rows.js';
import type { IncomingFact, WriteInput, WriteResult } from './incoming.js';
import { OrderWriter } from './order-writer.js';

const T = Date.UTC(2026, 0, 5, 8);
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const orderId = (n: number): string => `00000000-0000-5000-8000-00000000000${n}`;
const customers = new CustomerStore(new Sealer('a master secret of a test'));
const cause = { actor: 'system' };

const toOrder = (n: number, fact: Fact, receivedAt = fact.at): IncomingFact => ({ to: { orderId: orderId(n), home: 'shop', homeId: `home-${n}` }, fact, receivedAt, inboxId: null });
const toParcel = (fact: ShipmentFact, receivedAt = fact.at): IncomingFact => ({ to: { parcel: fact.data.ref.handle ?? '' }, fact, receivedAt, inboxId: null });
const shop = { source: 'shop', kind: 'shopify' } as const;
const placed = (n: number, at = T): Fact => ({ ...shop, id: hash(`placed ${n}`), at, type: 'order.placed', data: { name: '#1001', lines: [{ id: '1' }], promisedBy: '2026-01-20' } });
const fulfilled = (n: number, handle: string, at = T + HOUR): Fact => ({
  ...shop, id: hash(`fulfilled ${n} ${handle}`), at, type: 'fulfilment.created', data: { fulfilmentId: `shop/F${n}`, parcels: [{ ref: { handle }, carrier: 'ups', number: handle.slice(4) }] },
});
const linked = (n: number, handle: string, at = T + HOUR): Fact => ({ ...shop, id: hash(`linked ${n} ${handle}`), at, type: 'handle.linked', data: { handle, orderId: orderId(n) } });
const scan = (handle: string, code: string, at: number): ShipmentFact => ({
  source: 'tracker', kind: 'easypost', id: hash(`${handle} ${code} ${at}`), at, type: 'shipment.status', data: { ref: { handle }, code, carrier: 'ups', number: handle.slice(4) },
});

/** A small generator of reproducible numbers (Park and Miller). */
function drawFrom(seed: number): (below: number) => number {
  let state = seed % 2147483647 || 1;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

function shuffled<T>(list: readonly T[], draw: (below: number) => number): T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = draw(i + 1);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}

describe('order writer', () => {
  let db: TestDatabase;
  let writer: OrderWriter;

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  beforeEach(async () => {
    await db.transactions.query('truncate order_event, order_state, parcel_state, handle, unlinked_event, case_item, case_history, change, customer, customer_handle');
    writer = new OrderWriter(customers, new ConfigurationStore());
  });
  afterAll(() => db.drop());

  const write = (input: Omit<WriteInput, 'cause'>): Promise<WriteResult> => db.transactions.run((tx) => writer.write(tx, { cause, ...input }));
  const rows = <R>(sql: string): Promise<R[]> => db.transactions.query<R>(sql);
  const digest = async (): Promise<string> => hash((await rows<{ state: string }>('select state from order_state order by order_id')).map((r) => r.state).join('\n'));

  it('keeps an order, its parcel and its due time', async () => {
    await write({ facts: [toOrder(1, placed(1)), toOrder(1, fulfilled(1, 'ups:A')), toOrder(1, linked(1, 'ups:A')), toParcel(scan('ups:A', 'in_transit/departed_facility', T + 5 * HOUR))], now: T + 6 * HOUR });
    const [order] = await rows<{ name: string; version: number; headline: string; due_at: Date }>('select name, version, headline, due_at from order_state join order_due using (order_id)');
    expect(order).toMatchObject({ name: '#1001', version: 1, headline: 'Shipped' });
    expect(order?.due_at.getTime()).toBe(T + 5 * HOUR + 48 * HOUR + 1);
    expect(await rows('select number, status, stuck_at from parcel_state')).toEqual([{ number: 'A', status: 'in_transit', stuck_at: order?.due_at }]);
    expect(await rows('select 1 from case_item')).toHaveLength(0);
  });

  it('opens a case when time passes, changes nothing when asked again, and closes it on a delivery', async () => {
    await write({ facts: [toOrder(1, placed(1)), toOrder(1, linked(1, 'ups:A')), toOrder(1, fulfilled(1, 'ups:A')), toParcel(scan('ups:A', 'in_transit/departed_facility', T + 5 * HOUR))], now: T + 6 * HOUR });
    const late = T + 3 * DAY;
    expect(await write({ orders: [orderId(1)], now: late })).toMatchObject({ casesOpened: 1 });
    const [opened] = await rows<Record<string, unknown>>('select state, rule, version, opened_at, order_name, shop, backlog from case_item');
    expect(opened).toMatchObject({ state: 'new', rule: 'no_movement', version: 1, opened_at: new Date(late), order_name: '#1001', shop: 'shop', backlog: false });
    const again = await write({ orders: [orderId(1)], now: late + 1 });
    expect(again.orders.size).toBe(0);
    expect(await write({ facts: [toParcel(scan('ups:A', 'delivered/arrived_at_destination', late + HOUR))], now: late + 2 * HOUR })).toMatchObject({ casesClosed: 1 });
    expect(await rows('select state, outcome from case_item')).toEqual([{ state: 'resolved', outcome: 'cleared_itself' }]);
    expect((await rows<{ what: string }>('select what from case_history order by id')).map((r) => r.what)).toEqual(['opened', 'closed']);
    const queue = await rows<{ version: number; patch: string }>("select version, patch from change where topic = 'queue' order by xid, id");
    expect(queue.map((c) => [c.version, (JSON.parse(c.patch) as { state: string }).state])).toEqual([[1, 'new'], [2, 'resolved']]);
  });

  it('knows a repeated fact, and calls other content under the same id by its name', async () => {
    const fact = placed(1);
    expect(await write({ facts: [toOrder(1, fact), toOrder(1, fact)], now: T })).toMatchObject({ added: 1, repeated: 1, reused: [] });
    expect(await write({ facts: [toOrder(1, fact)], now: T })).toMatchObject({ added: 0, repeated: 1, reused: [] });
    const other: Fact = { ...shop, id: fact.id, at: fact.at, type: 'order.placed', data: { name: '#9' } };
    expect((await write({ facts: [{ ...toOrder(1, other), inboxId: '77' }], now: T })).reused).toEqual([{ inboxId: '77', factId: fact.id }]);
    expect(await rows('select name, version from order_state')).toEqual([{ name: '#1001', version: 1 }]);
    const first = placed(2);
    const second: Fact = { ...other, id: first.id };
    expect(await write({ facts: [toOrder(2, first), { ...toOrder(2, second), inboxId: '78' }], now: T })).toMatchObject({ added: 1, repeated: 1, reused: [{ inboxId: '78', factId: first.id }] });
    expect(await rows('select name from order_state order by order_id')).toEqual([{ name: '#1001' }, { name: '#1001' }]);
    expect(await rows(`select data from order_event where fact_id = '${first.id}'`)).toEqual([{ data: canonicalJson(first.data) }]);
  });

  it('keeps the earliest time at which a fact was known, whatever order the news come in', async () => {
    await write({ facts: [toOrder(1, placed(1), T + DAY)], now: T });
    await write({ facts: [toOrder(1, placed(1), T + HOUR)], now: T });
    await write({ facts: [toOrder(1, placed(1), T + 2 * DAY)], now: T });
    expect((await rows<{ received_at: Date }>('select received_at from order_event')).map((r) => r.received_at.getTime())).toEqual([T + HOUR]);
  });

  it('lets carrier news wait until somebody links their number, and never makes an order of them', async () => {
    const news = toParcel(scan('ups:A', 'in_transit/departed_facility', T + 5 * HOUR));
    expect(await write({ facts: [news], now: T })).toMatchObject({ waiting: 1, added: 0 });
    expect(await rows('select 1 from order_state')).toHaveLength(0);
    await write({ facts: [toOrder(1, placed(1)), toOrder(1, fulfilled(1, 'ups:A')), toOrder(1, linked(1, 'ups:A'))], now: T });
    expect(await rows('select 1 from unlinked_event')).toHaveLength(0);
    expect(await rows('select shipment_status from order_state')).toEqual([{ shipment_status: 'in_transit' }]);
  });

  it('files old findings of an import in the backlog and tells nobody', async () => {
    const facts = [toOrder(1, placed(1)), toOrder(1, linked(1, 'ups:A')), toOrder(1, fulfilled(1, 'ups:A')), toParcel(scan('ups:A', 'in_transit/departed_facility', T + 5 * HOUR))];
    await write({ facts, now: T + 90 * DAY, isImport: true });
    expect(await rows('select backlog from case_item')).toEqual([{ backlog: true }]);
    expect(await rows("select 1 from change where topic = 'queue'")).toHaveLength(0);
  });

  it('gives one state for every order of arrival, batch, repeat and writer: shared and reused numbers included', async () => {
    const facts = [
      ...[1, 2, 3].map((n) => toOrder(n, placed(n))),
      toOrder(1, fulfilled(1, 'ups:A')), toOrder(1, linked(1, 'ups:A')),
      toOrder(2, fulfilled(2, 'ups:A', T + 2 * HOUR)), toOrder(2, linked(2, 'ups:A', T + 2 * HOUR)),
      // The same number again, long after the first parcel arrived.
      toOrder(3, fulfilled(3, 'ups:A', T + 100 * DAY)), toOrder(3, linked(3, 'ups:A', T + 100 * DAY)),
      toOrder(1, fulfilled(1, 'ups:B', T + 3 * HOUR)), toOrder(1, linked(1, 'ups:B', T + 3 * HOUR)),
      ...[5, 20, 40].map((h) => toParcel(scan('ups:A', 'in_transit/departed_facility', T + h * HOUR))),
      toParcel(scan('ups:A', 'delivered/arrived_at_destination', T + 60 * HOUR)),
      toParcel(scan('ups:A', 'in_transit/departed_facility', T + 101 * DAY)),
      toParcel(scan('ups:B', 'failure/damaged', T + 50 * HOUR)),
    ];
    const digests = new Set<string>();
    for (let seed = 1; seed <= 25; seed += 1) {
      await db.transactions.query('truncate order_event, order_state, parcel_state, handle, unlinked_event, case_item, case_history, change');
      const draw = drawFrom(seed * 7919);
      const arriving = shuffled([...facts, ...facts.filter(() => draw(4) === 0)], draw);
      const batches: IncomingFact[][] = [];
      while (arriving.length > 0) batches.push(arriving.splice(0, 1 + draw(4)));
      // Up to three writers at once, each taking the next batch.
      await Promise.all(Array.from({ length: 1 + (seed % 3) }, async () => {
        for (let batch = batches.shift(); batch; batch = batches.shift()) await write({ facts: batch, now: T + 200 * DAY });
      }));
      digests.add(await digest());
    }
    expect(digests.size).toBe(1);
    expect(await rows('select 1 from unlinked_event')).toHaveLength(0);
    const delivered = await rows<{ order_id: string; status: string }>("select order_id, status from parcel_state where number = 'A' order by order_id");
    expect(delivered.map((p) => p.status)).toEqual(['delivered', 'delivered', 'in_transit']);
  });

  it('stores what a full fold of the stored events gives', async () => {
    await write({ facts: [toOrder(1, placed(1)), toOrder(1, linked(1, 'ups:A')), toOrder(1, fulfilled(1, 'ups:A'))], now: T });
    for (let i = 0; i < 8; i += 1) await write({ facts: [toParcel(scan('ups:A', 'in_transit/departed_facility', T + ((i * 5) % 8) * HOUR + 2 * HOUR))], now: T });
    const [stored] = await rows<{ state: string }>('select state from order_state');
    const history = (await readHistories(db.transactions, [orderId(1)])).get(orderId(1)) ?? [];
    expect(history).toHaveLength(11);
    expect(canonicalJson(unpackState(stored?.state ?? ""))).toBe(canonicalJson(foldOrder(orderId(1), history.map((h) => h.fact), { statusMap: builtInStatusMap })));
  });

  it('keeps personal data sealed, under a key of the person', async () => {
    const record = { id: orderId(9), name: 'Giulia Rossi', email: 'Giulia@Example.com', sourceId: 'c1' };
    const fact: Fact = { ...shop, id: hash('p'), at: T, type: 'order.placed', data: { customerId: record.id } };
    await write({ facts: [toOrder(1, fact)], customers: [record], now: T });
    await write({ customers: [{ id: record.id, phone: '+39 06 1' }], now: T });
    const [raw] = await rows<{ name: Buffer }>('select name from customer');
    expect(raw?.name.toString('latin1')).not.toContain('Giulia');
    expect((await customers.read(db.transactions, [record.id])).get(record.id)).toEqual({ id: record.id, name: 'Giulia Rossi', email: 'Giulia@Example.com', phone: '+39 06 1', locale: null, orders: 1 });
    expect(await customers.withEmail(db.transactions, 'giulia@example.com ')).toEqual([record.id]);
    await db.transactions.query('update customer set key = null');
    await write({ customers: [record], now: T });
    expect((await customers.read(db.transactions, [record.id])).get(record.id)?.name).toBeNull();
  });
});
