import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtInStatusMap, canonicalJson, DAY, foldOrder, HOUR, linkFactOf, unpackState, type Fact, type OrderState, type ShipmentFact } from '@orderwatch/domain';
import { ConfigurationStore } from '../config/configuration.js';
import { CustomerStore } from '../customers/customer.store.js';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { readHistories } from './event-rows.js';
import type { IncomingFact, WriteInput } from './incoming.js';
import { OrderWriter } from './order-writer.js';

const T = Date.UTC(2026, 0, 5, 8);
const NUMBER = 'ups:A';
const orderId = (n: number): string => `00000000-0000-5000-8000-00000000000${n}`;
const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

const toOrder = (n: number, fact: Fact, receivedAt = fact.at): IncomingFact => ({ to: { orderId: orderId(n), home: 'events', homeId: `home-${n}` }, fact, receivedAt, inboxId: '7' });
const named = (handle: string | undefined, n: number) => ({ shipment: `events/S${n}`, ...(handle === undefined ? {} : { handle }) });
/** What the feed says of the parcel of an order. */
const scan = (n: number, at: number, code = 'in_transit', handle: string | undefined = NUMBER): ShipmentFact =>
  ({ source: 'events', kind: 'events', id: hash(`${n} ${code} ${at}`), at, type: 'shipment.status', data: { ref: named(handle, n), code, carrier: 'ups', number: 'A' } });
const ofOrder = (n: number, at: number, code?: string): IncomingFact => toOrder(n, scan(n, at, code));
/** What the carrier says of the number. */
const ofNumber = (at: number, code: string): IncomingFact =>
  ({ to: { parcel: NUMBER }, fact: { source: 'tracker', kind: 'easypost', id: hash(`${code} ${at}`), at, type: 'shipment.status', data: { ref: { handle: NUMBER }, code } }, receivedAt: at, inboxId: '8' });
/** An order that says the link as a fact of its own. */
const ofShop = (n: number, at: number): IncomingFact[] => [
  toOrder(n, { source: 'shop', kind: 'shopify', id: hash(`fulfilled ${n}`), at, type: 'fulfilment.snapshot', data: { fulfilmentId: `shop/F${n}`, parcels: [{ ref: { handle: NUMBER } }] } }),
  toOrder(n, { source: 'shop', kind: 'shopify', id: hash(`linked ${n}`), at, type: 'handle.linked', data: { handle: NUMBER, orderId: orderId(n) } }),
];

function permutations<V>(list: readonly V[]): V[][] {
  return list.length === 0 ? [[]] : list.flatMap((one, i) => permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [one, ...rest]));
}

describe('a number of several orders', () => {
  let db: TestDatabase;
  const writer = new OrderWriter(new CustomerStore(new Sealer('a master secret of a test')), new ConfigurationStore());

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  const write = (facts: readonly IncomingFact[], more: Partial<WriteInput> = {}) => db.transactions.run((tx) => writer.write(tx, { facts, now: T + 300 * DAY, cause: { actor: 'system' }, ...more }));
  const rows = <R>(sql: string): Promise<R[]> => db.transactions.query<R>(sql);
  const clear = () => rows('truncate order_event, order_state, order_due, parcel_state, handle, unlinked_event, case_item, case_history, change');

  /** Everything that is stored, whoever told it when. */
  async function picture() {
    const events = await rows<{ order_id: string; fact_id: string; type: string; handle: string | null; data: string; received_at: Date }>('select order_id, fact_id, type, at, received_at, handle, data from order_event order by 1, 2');
    const links = events.filter((row) => row.type === 'handle.linked' && row.data.includes(row.order_id) && row.fact_id.length === 32);
    const states = await rows<{ order_id: string; state: string }>('select order_id, state from order_state order by 1');
    const histories = await readHistories(db.transactions, states.map((row) => row.order_id));
    for (const { order_id: id, state } of states) {
      expect(canonicalJson(unpackState(state))).toBe(canonicalJson(foldOrder(id, (histories.get(id) ?? []).map((row) => row.fact), { statusMap: builtInStatusMap })));
    }
    return { events, links, states, handles: await rows('select handle, order_id from handle order by 1, 2'), waiting: await rows('select * from unlinked_event') };
  }

  const countOf = (events: readonly { order_id: string; type: string }[], n: number) => {
    const own = events.filter((row) => row.order_id === orderId(n));
    return [own.length, own.filter((row) => row.type === 'handle.linked').length];
  };

  /** Tells each list by itself and @returns what came of the first; all others must have come to the same. */
  async function convergent(orders: readonly (readonly (readonly IncomingFact[])[])[]) {
    let first: Awaited<ReturnType<typeof picture>> | undefined;
    for (const batches of orders) {
      await clear();
      for (const batch of batches) await write(batch);
      const seen = await picture();
      first ??= seen;
      expect(seen).toEqual(first);
    }
    if (!first) throw new Error('nothing was told');
    expect(first.waiting).toEqual([]);
    return first;
  }
  const oneByOne = (facts: readonly IncomingFact[]) => permutations(facts).map((list) => list.map((one) => [one]));

  it('of one order: one row a scan, and none that says the link', async () => {
    const { events, handles } = await convergent(oneByOne([ofOrder(1, T + HOUR), ofOrder(1, T + 5 * HOUR), ofNumber(T + 6 * HOUR, 'delivered')]));
    expect([countOf(events, 1), handles]).toEqual([[3, 0], [{ handle: NUMBER, order_id: orderId(1) }]]);
    expect(events.map((row) => row.handle).filter((handle) => handle !== null)).toHaveLength(1);
  });

  it('of two orders: each has its own news, the news of the number, and the links of the other', async () => {
    const facts = [ofOrder(1, T + HOUR), ofOrder(1, T + 5 * HOUR), ofOrder(2, T + 2 * HOUR), ofNumber(T + 6 * HOUR, 'delivered')];
    const { events, states } = await convergent([[facts], ...oneByOne(facts)]);
    expect([countOf(events, 1), countOf(events, 2)]).toEqual([[4, 1], [4, 2]]);
    const links = events.filter((row) => row.type === 'handle.linked').map((row) => [row.order_id, row.fact_id, row.handle]);
    const expected = facts.slice(0, 3).map(({ fact }, i) => [orderId(i < 2 ? 2 : 1), linkFactOf(fact, orderId(i < 2 ? 1 : 2))?.id, NUMBER]);
    expect(links.map(String).sort()).toEqual(expected.map(String).sort());
    for (const { state } of states) expect(unpackState(state)).toMatchObject({ sharedHandles: [NUMBER], parcels: { [states[0]?.state === state ? 'events/S1' : 'events/S2']: { status: { value: 'delivered' } } } });
  });

  it('of three orders, one of them much later, one by a link that is a fact', async () => {
    const facts = [ofOrder(1, T + HOUR), ofShop(2, T + 2 * HOUR), ofNumber(T + 6 * HOUR, 'delivered'), ofOrder(3, T + 100 * DAY), ofNumber(T + 101 * DAY, 'in_transit/departed_facility')].map((one) => ('fact' in one ? [one] : one));
    const { events, states } = await convergent([[facts.flat()], ...permutations(facts)]);
    expect([countOf(events, 1), countOf(events, 2), countOf(events, 3)]).toEqual([[5, 2], [6, 3], [5, 2]]);
    expect(states.map(({ state }) => Object.values(unpackState(state).parcels)[0]?.status?.value)).toEqual(['delivered', 'delivered', 'in_transit']);
  });

  it('is the same for repeats, batches and several writers at once, and knows everything as early as it was told', async () => {
    const facts = [
      ofOrder(1, T + HOUR), ofOrder(1, T + 5 * HOUR), ofOrder(2, T + 2 * HOUR), ...ofShop(3, T + 3 * HOUR), ofOrder(4, T + 100 * DAY, 'label_created'), ofOrder(4, T + 101 * DAY),
      ofNumber(T + 6 * HOUR, 'delivered'), ofNumber(T + 101 * DAY, 'in_transit/departed_facility'), toOrder(5, scan(5, T + 4 * HOUR, 'in_transit', 'ups:B')), toOrder(5, scan(5, T + 9 * HOUR)),
    ];
    let first: unknown;
    for (let seed = 1; seed <= 24; seed += 1) {
      await clear();
      // Whatever is told again is told as of later, in any order.
      const told = [...facts, ...facts.map((one) => ({ ...one, receivedAt: one.receivedAt + seed * HOUR }))].map((one, i) => ({ one, key: hash(`${seed} ${i}`) }));
      const arriving = told.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ one }) => one);
      const batches: IncomingFact[][] = [];
      while (arriving.length > 0) batches.push(arriving.splice(0, 1 + ((seed + batches.length) % 4)));
      await Promise.all(Array.from({ length: 1 + (seed % 3) }, async () => {
        for (let batch = batches.shift(); batch; batch = batches.shift()) await write(batch);
      }));
      const seen = await picture();
      first ??= seen;
      expect(seen).toEqual(first);
      expect(seen.waiting).toEqual([]);
    }
  });

  it('goes on with histories that have the link beside the news', async () => {
    const own = ofOrder(1, T + HOUR);
    const beside = toOrder(1, linkFactOf(own.fact, orderId(1)) ?? own.fact);
    const later = [[ofOrder(2, T + 2 * HOUR)], [ofNumber(T + 6 * HOUR, 'delivered')], [ofOrder(1, T + 7 * HOUR)], [own]];
    const bare = ({ facts, last, ...state }: OrderState) => state;
    const states = async () => (await rows<{ state: string }>('select state from order_state order by order_id')).map(({ state }) => bare(unpackState(state)));
    const ofSecond = () => rows(`select fact_id, type, at, data from order_event where order_id = '${orderId(2)}' order by 1`);
    await clear();
    for (const batch of [[own, beside], ...later]) await write(batch);
    const before = [await states(), await ofSecond()];
    await clear();
    for (const batch of [[own], ...later]) await write(batch);
    expect([await states(), await ofSecond()]).toEqual(before);
  });

  it('is known to later orders when a replay found it in news of before', async () => {
    const before = toOrder(1, scan(1, T + HOUR, 'in_transit', undefined));
    const news = ofNumber(T + 6 * HOUR, 'delivered');
    const after = ofOrder(1, T + HOUR);
    expect(before.fact.id).toBe(after.fact.id);
    await clear();
    await write([before]);
    await write([after], { isReplay: true });
    await write([ofOrder(2, T + 2 * HOUR)]);
    await write([news]);
    const replayed = await picture();
    await clear();
    for (const batch of [[ofOrder(2, T + 2 * HOUR)], [after], [news]]) await write(batch);
    expect(replayed).toEqual(await picture());
  });
});
