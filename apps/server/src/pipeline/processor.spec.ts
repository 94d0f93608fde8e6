import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalJson, DAY, foldOrder, HOUR, unpackState } from '@orderwatch/domain';
import { ConfigurationStore, lockHandles, lockOrders, readHistories, streamHistories, type OrderWriter, type StoredDelivery, type Tx } from '@orderwatch/db';
import { Deadlines } from './deadlines.js';
import { silentLog } from './log.js';
import { Processor } from './processor.js';
import { Replay } from './replay.js';
import { event, openBench, signEasypost, signEvents, signShopify, type Bench } from './testing/bench.js';

const T = Date.UTC(2026, 0, 5, 8);
const at = (ms: number): string => new Date(T + ms).toISOString();

describe('processor', () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await openBench();
  });
  beforeEach(async () => {
    bench.clock.at = T + 6 * HOUR;
    await bench.rows('truncate inbox, delivery_key, order_event, order_state, order_due, parcel_state, handle, unlinked_event, case_item, case_history, change, customer, customer_handle, feed_health, feed_hour, feed_silence');
  });
  afterAll(() => bench.close());

  const send = async (...events: Record<string, unknown>[]): Promise<void> => {
    const payload = JSON.stringify(events);
    const response = await bench.app.inject({ method: 'POST', url: '/webhooks/events', payload, headers: signEvents(payload, bench.clock.now()) });
    expect(response.json()).toMatchObject({ rejected: [] });
  };
  const verified = async (): Promise<number> => {
    const config = await new ConfigurationStore().read(bench.db.transactions);
    return bench.db.transactions.run(async (tx) => {
      let orders = 0;
      for await (const order of streamHistories(tx)) {
        expect(canonicalJson(unpackState(order.stateText))).toBe(canonicalJson(foldOrder(order.orderId, order.events.map((e) => e.fact), config)));
        orders += 1;
      }
      return orders;
    });
  };
  const story = (subject: string): Record<string, unknown>[] => [
    event('order.placed', subject, { name: `#${subject}`, customer: { id: `c-${subject}`, name: 'Giulia Rossi', email: 'g@example.com' }, lines: [{ id: '1', sku: 'S' }] }, { time: at(0) }),
    event('payment.captured', subject, { amount: '12.50', currency: 'EUR' }, { time: at(HOUR) }),
    event('fulfillment.created', subject, { fulfillmentId: `F-${subject}` }, { time: at(2 * HOUR) }),
    event('shipment.in_transit', subject, { shipmentId: `S-${subject}`, fulfillmentId: `F-${subject}`, carrier: 'UPS', trackingNumber: `1Z${subject}` }, { time: at(3 * HOUR) }),
  ];

  const waiting = async (): Promise<string[]> => (await bench.rows<{ connection: string }>("select connection from inbox where state = 'new' order by id")).map((row) => row.connection);
  const idOf = async (homeId: string): Promise<string> => (await bench.rows<{ order_id: string }>('select order_id from order_state where home_id = $1', [homeId]))[0]?.order_id ?? '';
  /** Tracker news of a number: who does not know whose it is finds its orders by the number. */
  const sendTracker = async (number: string): Promise<void> => {
    const payload = JSON.stringify({
      object: 'Event', description: 'tracker.updated', result: {
        object: 'Tracker', id: `trk_${number}`, tracking_code: number, carrier: 'UPS', status: 'in_transit', status_detail: 'departed_facility', updated_at: at(5 * HOUR), created_at: at(0),
        tracking_details: [{ object: 'TrackingDetail', status: 'in_transit', status_detail: 'departed_facility', message: 'Departed', datetime: at(4 * HOUR) }],
      },
    });
    await bench.app.inject({ method: 'POST', url: '/webhooks/easypost', payload, headers: signEasypost(payload) });
  };

  it('opens no case before the news that opens it, by a clock that is a little slow; one that is hours behind is believed', async () => {
    const lag = async (subject: string, ms: number): Promise<number> => {
      bench.clock.at = Date.now() - ms;
      const parcel = { shipmentId: `S-${subject}`, carrier: 'UPS', trackingNumber: `1Z${subject}` };
      await send(...[...story(subject), event('shipment.lost', subject, parcel, { time: new Date(bench.clock.at - HOUR).toISOString() })]);
      await bench.drain();
      const [row] = await bench.rows<{ behind: number }>(
        `select extract(epoch from max(e.received_at) - min(h.at))::float8 * 1000 as behind from order_event e join order_state o using (order_id) join case_history h using (order_id) where h.what = 'opened' and o.home_id = $1`, [subject]);
      return row?.behind ?? NaN;
    };
    expect(await lag('L1', 400)).toBeLessThanOrEqual(0);
    expect(await lag('L2', HOUR)).toBeGreaterThan(HOUR / 2);
  });

  it('makes an order of its events, with case, changes and health', async () => {
    await send(...story('A1'));
    await bench.drain();
    expect(await bench.rows('select name, home, home_id, announced, payment_status, shipment_status from order_state')).toEqual([
      { name: '#A1', home: 'events', home_id: 'A1', announced: true, payment_status: 'paid', shipment_status: 'in_transit' },
    ]);
    expect(await bench.rows("select state, count(*)::int as n from inbox group by state")).toEqual([{ state: 'done', n: 4 }]);
    expect((await bench.rows<{ topic: string }>('select distinct topic from change order by topic')).map((c) => c.topic.split(':')[0])).toEqual(['order', 'report']);
    expect(await bench.rows('select connection, events from feed_hour')).toEqual([{ connection: 'events', events: 4 }]);
    expect(await bench.rows('select orders from customer')).toEqual([{ orders: 1 }]);
    expect(await verified()).toBe(1);
  });

  it('opens a case by itself when the time has come, and closes it with the next scan', async () => {
    await send(...story('A1'));
    await bench.drain();
    bench.clock.at = T + 3 * HOUR + 48 * HOUR;
    expect(await bench.pipeline.deadlines.runDue(bench.clock.now())).toEqual({ found: 0, done: 0 });
    bench.clock.at += 1;
    expect(await bench.pipeline.deadlines.runDue(bench.clock.now())).toEqual({ found: 1, done: 1 });
    expect(await bench.rows('select state, rule from case_item')).toEqual([{ state: 'new', rule: 'no_movement' }]);
    expect(await bench.pipeline.deadlines.runDue(bench.clock.now())).toMatchObject({ found: 0 });
    await send(event('shipment.delivered', 'A1', { shipmentId: 'S-A1' }, { time: at(50 * HOUR) }));
    await bench.drain();
    expect(await bench.rows('select state, outcome from case_item')).toEqual([{ state: 'resolved', outcome: 'cleared_itself' }]);
  });

  it('leaves a due order to whoever writes it right now', async () => {
    await send(...story('A1'), ...story('A2'));
    await bench.drain();
    const [{ order_id: busy } = { order_id: '' }] = await bench.rows<{ order_id: string }>("select order_id from order_state where home_id = 'A1'");
    await bench.db.transactions.run(async (tx) => {
      await lockOrders(tx, [busy]);
      expect(await bench.pipeline.deadlines.runDue(T + 5 * DAY)).toEqual({ found: 2, done: 1 });
    });
    expect(await bench.pipeline.deadlines.runDue(T + 5 * DAY)).toEqual({ found: 1, done: 1 });
  });

  it('leaves deliveries to the next batch whose orders somebody else writes, and waits for nobody', async () => {
    await send(...story('A1'), ...story('A2'), ...story('A3'));
    await bench.drain();
    // Of A1 by name and by its number, of A3's number: none of the three can be had.
    await send(...['A1', 'A2'].map((subject) => event('shipment.delivered', subject, { shipmentId: `S-${subject}` }, { time: at(5 * HOUR) })));
    for (const subject of ['A1', 'A2', 'A3']) await sendTracker(`1Z${subject}`);
    await bench.db.transactions.run(async (tx) => {
      await lockHandles(tx, ['ups:1ZA3']);
      await lockOrders(tx, [await idOf('A1')]);
      expect(await bench.pipeline.processor.step()).toBe(0);
      expect(await waiting()).toEqual(['events', 'easypost', 'easypost']);
    });
    expect(await bench.pipeline.processor.step()).toBeGreaterThan(0);
    expect(await waiting()).toEqual([]);
    expect(await verified()).toBe(3);
  });

  it('waits its turn where all of a batch are being written', async () => {
    await send(...story('A1'));
    await bench.drain();
    await send(event('shipment.delivered', 'A1', { shipmentId: 'S-A1' }, { time: at(5 * HOUR) }));
    const step = await bench.db.transactions.run(async (tx) => {
      await lockOrders(tx, [await idOf('A1')]);
      const stepping = bench.pipeline.processor.step();
      while ((await bench.rows("select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())")).length === 0);
      expect(await waiting()).toEqual(['events']);
      return { stepping };
    });
    await step.stepping;
    expect(await waiting()).toEqual([]);
  });

  it('does not put a due order off because a writer lost a race', async () => {
    await send(...story('A1'));
    await bench.drain();
    const lost = Object.assign(new Error('deadlock detected'), { code: '40P01' });
    const writer = { write: () => Promise.reject(lost) } as unknown as OrderWriter;
    const deadlines = new Deadlines({ transactions: bench.db.transactions, writer, clock: bench.clock, log: silentLog, announce: () => undefined });
    await expect(deadlines.runDue(T + 5 * DAY)).rejects.toBe(lost);
    expect(await bench.pipeline.deadlines.runDue(T + 5 * DAY)).toEqual({ found: 1, done: 1 });
  });

  it('replays a batch again that lost a race, and counts nothing as failed', async () => {
    await send(...story('A1'));
    await bench.rows("update inbox set state = 'dead', cause = 'mapping_failed'");
    const { transactions } = bench.db;
    let failures = 2;
    const processor = { replay: (tx: Tx, some: readonly StoredDelivery[]) => (failures-- > 0 ? Promise.reject(Object.assign(new Error('deadlock'), { code: '40P01' })) : bench.pipeline.processor.replay(tx, some)) };
    const replay = new Replay({ transactions, inbox: bench.pipeline.inbox, processor: processor as Processor });
    expect(await replay.run({ deadOnly: true }, false)).toMatchObject({ tried: 4, wouldChange: 4, stillFail: 0 });
    expect(await verified()).toBe(1);
  });

  it('leaves alone what runs out of time, and buries it not', async () => {
    await bench.rows(`create function too_slow() returns trigger language plpgsql as $$ begin raise exception 'canceling statement' using errcode = '57014'; end $$`);
    await bench.rows("create trigger too_slow before insert on order_state for each row when (new.home_id = 'SLOW') execute function too_slow()");
    await send(...story('A1'), event('order.placed', 'SLOW', {}));
    await bench.pipeline.processor.step();
    await bench.pipeline.processor.step();
    expect(await bench.rows('select state, count(*)::int as n from inbox group by state order by state')).toEqual([{ state: 'done', n: 4 }, { state: 'new', n: 1 }]);
    await bench.rows('drop trigger too_slow on order_state');
    await bench.rows('drop function too_slow');
  });

  it('buries a poison row alone and goes on with its neighbours', async () => {
    await send(...story('A1'));
    await bench.rows("insert into inbox (connection, body, body_bytes, body_hash) values ('events', 'not sealed by us', 3, 'x')");
    // The database itself refuses this one, and with it the whole batch.
    await bench.rows("alter table order_state add constraint poison check (home_id <> 'POISON')");
    await send(event('order.placed', 'POISON', {}));
    await send(...story('A2'));
    await bench.drain();
    const dead = await bench.rows<{ cause: string }>("select cause from inbox where state = 'dead' order by id");
    expect(dead).toEqual([{ cause: 'unreadable' }, { cause: 'processing_failed' }]);
    await bench.rows('alter table order_state drop constraint poison');
    expect(await bench.rows("select home_id from order_state where home_id in ('A1', 'A2') order by 1")).toEqual([{ home_id: 'A1' }, { home_id: 'A2' }]);
    expect(await bench.rows("select 1 from inbox where state = 'new'")).toHaveLength(0);
    expect(await bench.rows("select 1 from change where topic = 'health' and entity = 'dead_letter'")).not.toHaveLength(0);
    expect(await verified()).toBe(2);
  });

  it('looks for the poison of a batch once, however many loops it has', async () => {
    await bench.rows("alter table order_state add constraint poison check (home_id <> 'POISON')");
    await send(...story('A1'), event('order.placed', 'POISON', {}), ...story('A2'));
    const { transactions, pipeline, clock } = { ...bench.db, ...bench };
    const failed: number[] = [];
    const others: Promise<number>[] = [];
    const warn = (what: object): void => {
      failed.push((what as { deliveries: number }).deliveries);
      others.push(processor.step());
    };
    const processor: Processor = new Processor({ transactions, clock, inbox: pipeline.inbox, writer: pipeline.writer, feeds: pipeline.beats, registry: pipeline.registry, log: { ...silentLog, warn }, announce: () => undefined });
    await processor.step();
    await Promise.all(others);
    await bench.rows('alter table order_state drop constraint poison');
    expect(failed[0]).toBe(9);
    expect(failed.slice(1).every((deliveries, i) => deliveries < (failed[i] ?? 0))).toBe(true);
    expect(await bench.rows('select state, count(*)::int as n from inbox group by state order by state')).toEqual([{ state: 'dead', n: 1 }, { state: 'done', n: 8 }]);
  });

  it('is right with several at once, whatever is sent twice', async () => {
    const stories = Array.from({ length: 40 }, (_, i) => story(`M${i}`));
    const events = [3, 1, 0, 2].flatMap((step) => stories.map((s) => s[step] as Record<string, unknown>));
    for (let i = 0; i < events.length; i += 20) await send(...events.slice(i, i + 20));
    await Promise.all(Array.from({ length: 4 }, () => bench.pipeline.processor.step()));
    await bench.drain();
    expect(await bench.rows('select count(*)::int as n from order_event')).toEqual([{ n: 160 }]);
    expect(await verified()).toBe(40);
  });

  it('gives #1001 of two shops two orders, and one parcel of two orders both its news', async () => {
    await send(
      event('fulfillment.created', 'P1', { fulfillmentId: 'F1' }, { time: at(0) }), event('fulfillment.created', 'P2', { fulfillmentId: 'F2' }, { time: at(0) }),
      event('shipment.label_created', 'P1', { shipmentId: 'S1', fulfillmentId: 'F1', carrier: 'UPS', trackingNumber: '1Z999AA10123456784' }, { time: at(HOUR) }),
      event('shipment.label_created', 'P2', { shipmentId: 'S2', fulfillmentId: 'F2', carrier: 'UPS', trackingNumber: '1Z999AA10123456784' }, { time: at(HOUR) }),
    );
    // The carrier speaks first.
    await sendTracker('1Z999AA10123456784');
    await bench.drain();
    expect(await bench.rows('select home_id, shipment_status from order_state order by 1')).toEqual([{ home_id: 'P1', shipment_status: 'in_transit' }, { home_id: 'P2', shipment_status: 'in_transit' }]);
    for (const shop of ['shopify', 'events']) {
      const body = shop === 'events' ? JSON.stringify(event('order.placed', '450789469', { name: '#1001' }))
        : '{"id":450789469,"name":"#1001","created_at":"2026-01-05T08:00:00Z","updated_at":"2026-01-05T08:00:00Z","financial_status":"paid","currency":"EUR","total_price":"10.00","line_items":[]}';
      const headers = shop === 'events' ? signEvents(body, bench.clock.now()) : signShopify(body);
      await bench.app.inject({ method: 'POST', url: `/webhooks/${shop}${shop === 'events' ? '' : '/orders/create'}`, payload: body, headers });
    }
    await bench.drain();
    expect(await bench.rows("select home from order_state where name = '#1001' order by 1")).toEqual([{ home: 'events' }, { home: 'shopify' }]);
    expect(await verified()).toBe(4);
  });

  it('replays a dead letter once its cause is gone: dry first, then for good', async () => {
    await send(...story('A1'));
    await bench.rows("update inbox set state = 'dead', cause = 'mapping_failed'");
    const { replay } = bench.pipeline;
    expect(await replay.run({ deadOnly: true, cause: 'mapping_failed' }, true)).toEqual({ tried: 4, wouldChange: 4, alreadyApplied: 0, stillFail: 0, causes: [] });
    expect(await bench.rows('select 1 from order_state')).toHaveLength(0);
    expect(await replay.run({ deadOnly: true, connection: 'events' }, false)).toMatchObject({ tried: 4, wouldChange: 4 });
    expect(await bench.rows("select 1 from inbox where state = 'dead'")).toHaveLength(0);
    expect(await replay.run({ deadOnly: false, connection: 'events' }, true)).toMatchObject({ tried: 4, wouldChange: 0, alreadyApplied: 4, stillFail: 0 });
    await bench.rows("update inbox set state = 'dead', cause = 'gone', body = 'not sealed by us' where id = (select min(id) from inbox)");
    expect(await replay.run({ deadOnly: true }, false)).toEqual({ tried: 1, wouldChange: 0, alreadyApplied: 0, stillFail: 1, causes: ['unreadable'] });
    expect(await verified()).toBe(1);
  });

  it('replays its neighbours for good when the database refuses one', async () => {
    await send(...story('A1'), event('order.placed', 'POISON', {}), ...story('A2'));
    await bench.rows("update inbox set state = 'dead', cause = 'mapping_failed'");
    await bench.rows("alter table order_state add constraint poison check (home_id <> 'POISON')");
    const outcome = await bench.pipeline.replay.run({ deadOnly: true }, false).finally(() => bench.rows('alter table order_state drop constraint poison'));
    expect(outcome).toEqual({ tried: 9, wouldChange: 8, alreadyApplied: 0, stillFail: 1, causes: ['processing_failed'] });
    expect(await bench.rows("select home_id from order_state order by 1")).toEqual([{ home_id: 'A1' }, { home_id: 'A2' }]);
    expect(await bench.rows("select 1 from order_event e where not exists (select 1 from order_state s where s.order_id = e.order_id)")).toHaveLength(0);
    expect(await bench.rows("select cause, count(*)::int as n from inbox where state = 'dead' group by cause")).toEqual([{ cause: 'mapping_failed', n: 1 }]);
    expect(await verified()).toBe(2);
  });

  it('takes a silent feed for silent, holds its rules, and lets them go with the next delivery', async () => {
    await send(...story('A1'));
    await bench.drain();
    const heard = new Date(T + 40 * HOUR);
    await bench.rows("update feed_health set last_received_at = $1", [heard]);
    await bench.rows("insert into feed_hour (connection, hour, events) values ('events', $1, 60)", [new Date(T + 39 * HOUR)]);
    bench.clock.at = T + 43 * HOUR;
    const monitor = bench.pipeline.silence;
    await monitor.step();
    expect(await bench.rows('select 1 from feed_silence')).toHaveLength(0);
    bench.clock.at = T + 45 * HOUR;
    await monitor.step();
    await monitor.step();
    expect(await bench.rows('select connection, from_at, until_at from feed_silence')).toEqual([{ connection: 'events', from_at: heard, until_at: null }]);
    bench.clock.at = T + 60 * HOUR;
    await bench.pipeline.deadlines.runDue(bench.clock.now());
    expect(await bench.rows('select held_by from order_state')).toEqual([{ held_by: ['events'] }]);
    expect(await bench.rows('select 1 from case_item')).toHaveLength(0);
    await send(event('order.placed', 'A2', {}));
    await bench.rows('update inbox set received_at = $1 where state = $2', [new Date(bench.clock.now()), 'new']);
    await bench.drain();
    expect(await bench.rows('select until_at from feed_silence')).toEqual([{ until_at: new Date(bench.clock.now()) }]);
    await bench.pipeline.deadlines.runDue(bench.clock.now());
    expect(await bench.rows('select rule from case_item')).toEqual([{ rule: 'no_movement' }]);
    expect((await readHistories(bench.db.transactions, [])).size).toBe(0);
  });
});
