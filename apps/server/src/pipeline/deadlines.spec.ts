import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY, HOUR, toIso } from '@orderwatch/domain';
import type { OrderWriter } from '@orderwatch/db';
import { Deadlines } from './deadlines.js';
import { silentLog } from './log.js';
import { event, openBench, signEvents, type Bench } from './testing/bench.js';

const T = Date.UTC(2026, 0, 5, 8);
const OUT_OF_TIME = Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
const LATER = T + 5 * DAY;

describe('what fell due, when a statement takes too long', () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await openBench();
  });
  beforeEach(async () => {
    bench.clock.at = T;
    await bench.rows('truncate inbox, delivery_key, order_event, order_state, order_due, parcel_state, handle, unlinked_event, case_item, case_history, change');
    const events = [0, 1, 2, 3, 4].flatMap((n) => [
      event('order.placed', `A${n}`, { name: `#${n}` }), event('fulfillment.created', `A${n}`, { fulfillmentId: `F${n}` }), event('shipment.in_transit', `A${n}`, { shipmentId: `S${n}`, fulfillmentId: `F${n}`, trackingNumber: `1Z${n}` }),
    ]);
    const payload = JSON.stringify(events);
    await bench.app.inject({ method: 'POST', url: '/webhooks/events', payload, headers: signEvents(payload, T) });
    await bench.drain();
  });
  afterAll(() => bench.close());

  /** The writer of the product, as long as the orders are few, or none of them is too much for it. */
  const slow = (isTooMuch: (orders: readonly string[]) => boolean): Deadlines => {
    const { writer } = bench.pipeline;
    const write: OrderWriter['write'] = (tx, incoming) => (isTooMuch(incoming.orders ?? []) ? Promise.reject(OUT_OF_TIME) : writer.write(tx, incoming));
    return new Deadlines({ transactions: bench.db.transactions, writer: { write } as unknown as OrderWriter, clock: bench.clock, log: silentLog, announce: () => undefined });
  };
  const steps = async (deadlines: Deadlines): Promise<void> => {
    bench.clock.at = LATER;
    for (let i = 0; i < 20; i += 1) await deadlines.step().catch((error: unknown) => expect(error).toBe(OUT_OF_TIME));
  };
  const cases = async (): Promise<number> => (await bench.rows(`select 1 from case_item where state = 'new'`)).length;

  it('is assessed in smaller portions, and nothing is put off', async () => {
    await steps(slow((orders) => orders.length > 2));
    expect(await cases()).toBe(5);
  });

  it('goes on without the one order that is too much alone', async () => {
    const [first] = await bench.rows<{ order_id: string }>('select order_id from order_due order by 1 limit 1');
    await steps(slow((orders) => first !== undefined && orders.includes(first.order_id)));
    expect(await cases()).toBe(4);
  });
});

describe('a deadline that moves away', () => {
  let bench: Bench;
  const dueAt = async (): Promise<number | undefined> => (await bench.rows<{ due_at: Date }>('select due_at from order_due'))[0]?.due_at.getTime();
  const send = async (at: number, ...events: unknown[]): Promise<void> => {
    bench.clock.at = at;
    const payload = JSON.stringify(events);
    await bench.app.inject({ method: 'POST', url: '/webhooks/events', payload, headers: signEvents(payload, at) });
    await bench.drain();
  };
  const scan = (at: number): unknown => event('shipment.in_transit', 'A1', { shipmentId: 'S1', trackingNumber: '1Z1' }, { time: toIso(at) });

  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  it('is left as it is, rings once too early without opening anything, and is then set anew', async () => {
    await send(T, event('order.placed', 'A1', { name: '#1' }), scan(T));
    const first = await dueAt();
    if (first === undefined) throw new Error('a parcel on its way has no deadline');
    await send(T + HOUR, scan(T + HOUR));
    expect(await dueAt()).toBe(first);

    bench.clock.at = first;
    await bench.pipeline.deadlines.step();
    expect(await dueAt()).toBe(first + HOUR);
    expect(await bench.rows('select 1 from case_item')).toHaveLength(0);
    expect(await bench.rows('select version from order_state')).toEqual([{ version: 2 }]);

    bench.clock.at = first + HOUR;
    await bench.pipeline.deadlines.step();
    expect(await bench.rows('select state from case_item')).toEqual([{ state: 'new' }]);
  });
});
