import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orderIdOf } from '@orderwatch/connectors';
import { ConfigurationStore, lockOrders, streamHistories, type NewDelivery } from '@orderwatch/db';
import { canonicalJson, foldOrder, unpackState } from '@orderwatch/domain';
import { silentLog } from './log.js';
import { Pipeline } from './pipeline.js';
import { CONNECTIONS, openBench, type Bench } from './testing/bench.js';

const FROM = Date.UTC(2026, 0, 5, 8);
const TYPES = ['shipment.label_created', 'shipment.accepted', 'shipment.in_transit', 'shipment.out_for_delivery', 'shipment.delivered'];

/** What a source says of one order, and of a number that other orders may share. */
function delivery(id: string, { order, number, step }: { order: string; number: string | undefined; step: number }): NewDelivery {
  const data = { shipmentId: `${order}-parcel`, fulfillmentId: `${order}-f`, ...(number === undefined ? {} : { carrier: 'UPS', trackingNumber: number }) };
  const body = JSON.stringify({ specversion: '1.0', id, source: 'test', type: TYPES[step % TYPES.length], subject: order, time: new Date(FROM + step * 60_000).toISOString(), data });
  return { connection: 'events', keys: [id], headers: {}, body: Buffer.from(body) };
}

describe('what is processed where it is stored', () => {
  let bench: Bench;
  let digesting: Pipeline;

  /** What another process would have. */
  const another = async (): Promise<Pipeline> => {
    const pipeline = new Pipeline({ transactions: bench.db.transactions, sealer: bench.sealer, clock: bench.clock, log: silentLog, connections: CONNECTIONS, digests: true });
    await pipeline.registry.start();
    return pipeline;
  };

  beforeAll(async () => {
    bench = await openBench();
    digesting = await another();
  });
  afterAll(() => bench.close());

  const states = (prefix: string) => bench.rows<{ home_id: string; state: string }>(`select home_id, replace(state, $1, '') as state, version from order_state where home_id like $1 || '%' order by home_id`, [prefix]);
  const inbox = (id: string) => bench.rows<{ state: string }>(`select i.state from inbox i join delivery_key k on k.inbox_id = i.id where k.key = sha256(convert_to($1, 'UTF8'))`, [id]);

  it('comes to the same as what is processed later, with repeats and shared numbers', async () => {
    const told = Array.from({ length: 60 }, (_, n) => ({ order: `o${(n * 7) % 9}`, number: `1Z999AA1012345678${(n * 5) % 4}`, step: (n * 11) % 23 }));
    const run = async (prefix: string, pipeline: Pipeline): Promise<Record<string, string>> => {
      const all = told.map((t, n) => delivery(`${prefix}${n}`, { ...t, order: prefix + t.order, number: t.number.replace('12345', prefix === 'now-' ? '11111' : '22222') }));
      // One after another, some told again, some in company.
      for (let n = 0; n < all.length; n += 3) await Promise.all([all[n], all[n + 1], all[n + 2], all[Math.max(0, n - 4)]].flatMap((d) => (d ? [pipeline.intake.accept([d])] : [])));
      await bench.drain();
      const rows = await bench.rows<{ home_id: string; facts: string }>(
        `select s.home_id, (select string_agg(e.type || ' ' || e.at || ' ' || (e.data::json ->> 'code'), ',' order by e.at, e.type) from order_event e where e.order_id = s.order_id) || s.shipment_status as facts from order_state s where s.home_id like $1 || '%'`, [prefix]);
      return Object.fromEntries(rows.map((row) => [row.home_id.replace(prefix, ''), row.facts]));
    };
    const now = await run('now-', digesting);
    expect(Object.keys(now)).toHaveLength(9);
    expect(now).toEqual(await run('later-', bench.pipeline));
    expect(await states('now-')).toHaveLength(9);
  });

  it('loses, doubles and mixes up nothing when several do it at once, beside one that only stores and several that process', async () => {
    const told = Array.from({ length: 60 }, (_, n) => ({ order: `o${(n * 7) % 11}`, number: n % 3 === 0 ? `1Z999AA1055555678${(n * 5) % 4}` : undefined, step: (n * 11) % 23 }));
    const histories = (prefix: string) => bench.rows<{ home_id: string; facts: string }>(
      `select s.home_id, string_agg(e.type || ' ' || e.at || ' ' || coalesce(e.code, ''), ',' order by e.at, e.type, e.code) as facts from order_event e join order_state s using (order_id) where s.home_id like $1 || '%' group by s.home_id order by s.home_id`, [prefix]);
    const all = (prefix: string, digit: string) => told.map((t, n) => delivery(`${prefix}${n}`, { ...t, order: prefix + t.order, number: t.number?.replace('55555', digit.repeat(5)) }));
    for (const d of all('calm-', '6')) await digesting.intake.accept([d]);
    const [second, third] = [await another(), await another()];
    const busy = all('busy-', '7');
    let isDone = false;
    const processing = [bench.pipeline, second, third].map(async ({ processor }) => {
      while (!isDone) await processor.step();
    });
    // Everybody is told everything, each in an order and in portions of its own.
    const tellers = [{ intake: digesting.intake, size: 1, stride: 1 }, { intake: second.intake, size: 3, stride: 17 }, { intake: third.intake, size: 7, stride: 11 }, { intake: bench.pipeline.intake, size: 5, stride: 13 }];
    await Promise.all(tellers.map(async ({ intake, size, stride }) => {
      const mine = busy.flatMap((_, n) => busy[(n * stride) % busy.length] ?? []);
      for (let from = 0; from < mine.length; from += size * 2) await Promise.all([intake.accept(mine.slice(from, from + size)), intake.accept(mine.slice(from + size, from + size * 2))]);
    }));
    isDone = true;
    await Promise.all(processing);
    await bench.drain();
    const strip = (rows: { home_id: string; facts: string }[]) => rows.map((row) => ({ ...row, home_id: row.home_id.slice(5) }));
    expect(strip(await histories('busy-'))).toEqual(strip(await histories('calm-')));
    expect(await bench.rows(`select 1 from inbox i join delivery_key k on k.inbox_id = i.id where i.state <> 'done'`)).toEqual([]);
    const config = await new ConfigurationStore().read(bench.db.transactions);
    await bench.db.transactions.run(async (tx) => {
      for await (const order of streamHistories(tx)) expect(canonicalJson(unpackState(order.stateText))).toBe(canonicalJson(foldOrder(order.orderId, order.events.map((e) => e.fact), config)));
    });
    // Each version was announced, once.
    expect(await bench.rows(`select home_id from order_state s where version <> (select count(distinct version) from change c where c.entity = 'order' and c.topic = 'order:' || s.order_id) or version <> (select count(*) from change c where c.entity = 'order' and c.topic = 'order:' || s.order_id)`)).toEqual([]);
  });

  it('does not wait for an order that only a shared number leads to: the bytes are stored, and processed when it is free', async () => {
    const number = '1Z999AA10187654321';
    await digesting.intake.accept([delivery('b1', { order: 'b', number, step: 0 })]);
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let locked: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (locked = resolve));
    const other = bench.db.transactions.run(async (tx) => {
      await lockOrders(tx, [orderIdOf('events', 'b')]);
      locked();
      await gate;
    });
    await held;
    expect(await digesting.intake.accept([delivery('a1', { order: 'a', number, step: 1 })])).toMatchObject([{ outcome: 'stored' }]);
    expect(await inbox('a1')).toEqual([{ state: 'new' }]);
    release();
    await other;
    await bench.drain();
    expect(await inbox('a1')).toEqual([{ state: 'done' }]);
    expect(await bench.rows('select 1 from handle h join order_state s on s.order_id = h.order_id where s.home_id = any($1)', [['a', 'b']])).toHaveLength(2);
  });

  /** News of a number alone: whose they are is asked of the database. */
  const news = (connection: string, number: string, id: string): NewDelivery => {
    const [time, since] = [new Date(FROM + 90 * 60_000).toISOString(), new Date(FROM).toISOString()];
    const scan = { object: 'TrackingDetail', status: 'in_transit', status_detail: 'departed_facility', message: 'Departed', datetime: time };
    const tracker = { object: 'Tracker', id: 'trk_1', tracking_code: number, carrier: 'UPS', status: 'in_transit', status_detail: 'departed_facility', updated_at: time, created_at: since, tracking_details: [scan] };
    return { connection, keys: [id], headers: {}, body: Buffer.from(JSON.stringify({ object: 'Event', description: 'tracker.updated', result: tracker })) };
  };
  const statusOf = (order: string) => bench.rows('select shipment_status from order_state where home_id = $1', [order]);

  it('brings news to the order of their number also when their connection was added a moment ago', async () => {
    const number = '1Z999AA10177776666';
    await digesting.intake.accept([delivery('d1', { order: 'd', number, step: 0 })]);
    await digesting.connections.add(bench.db.transactions, { name: 'late', kind: 'easypost', secrets: { signing: ['a secret'] } });
    expect(digesting.registry.known('late')).toBeUndefined();
    await digesting.intake.accept([news('late', number, 'd2')]);
    await bench.drain();
    expect(await bench.rows('select 1 from unlinked_event')).toEqual([]);
    expect(await statusOf('d')).toEqual([{ shipment_status: 'in_transit' }]);
  });

  it('tells deliveries apart that came in the same bytes', async () => {
    const [number, other] = ['1Z999AA10133332222', '1Z999AA10133331111'];
    await digesting.intake.accept([delivery('e1', { order: 'e', number, step: 0 }), delivery('f1', { order: 'f', number: other, step: 0 })]);
    const one = news('easypost', number, 'e2');
    await digesting.intake.accept([one, { ...one, headers: {}, keys: ['e3'] }, { ...news('events', other, 'f2'), body: one.body }]);
    await bench.drain();
    expect(await bench.rows('select 1 from unlinked_event')).toEqual([]);
    expect(await statusOf('e')).toEqual([{ shipment_status: 'in_transit' }]);
    expect(await inbox('f2')).toEqual([{ state: 'dead' }]);
  });

  it('applies a repeat in the same breath once', async () => {
    const d = delivery('c1', { order: 'c', number: '1Z999AA10155554444', step: 2 });
    const accepted = await Promise.all([digesting.intake.accept([d]), digesting.intake.accept([d]), digesting.intake.accept([d, d])]);
    expect(accepted.flat().map((a) => a.outcome).sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'stored']);
    expect(await bench.rows(`select version from order_state where home_id = 'c'`)).toEqual([{ version: 1 }]);
  });
});
