import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY } from '@orderwatch/domain';
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
    return new Deadlines({ transactions: bench.db.transactions, writer: { write } as unknown as OrderWriter, clock: bench.clock, log: silentLog, onCommitted: () => undefined });
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
