import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY, HOUR, type Fact } from '@orderwatch/domain';
import fc from 'fast-check';
import { ConfigurationStore } from '../config/configuration.js';
import { CustomerStore } from '../customers/customer.store.js';
import { OrderWriter } from '../orders/order-writer.js';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { stuckParcels } from './stuck.js';

const T = Date.UTC(2026, 0, 5, 8);
const ORDER = '00000000-0000-5000-8000-000000000001';
const LIMIT = 48 * HOUR;

interface LookRow {
  readonly look_at: Date | null;
  readonly stuck_at: Date | null;
}

describe('where lists look for stuck parcels', () => {
  let database: TestDatabase;
  const writer = new OrderWriter(new CustomerStore(new Sealer('a master secret of a test')), new ConfigurationStore());

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(() => database.transactions.query('truncate order_event, order_state, order_due, parcel_state, handle, case_item, case_history, change'));
  afterAll(() => database?.drop());

  let told = 0;
  const tell = (code: string, hours: number) => {
    told += 1;
    const fact: Fact = { id: `fact ${told}`, at: T + hours * HOUR, source: 'feed', kind: 'events', type: 'shipment.status', data: { ref: { shipment: 'feed/P1' }, code, carrier: 'ups' } };
    return database.transactions.run((tx) => writer.write(tx, { facts: [{ to: { orderId: ORDER, home: 'feed', homeId: 'H1' }, fact, receivedAt: fact.at, inboxId: null }], now: fact.at, cause: { actor: 'system' } }));
  };
  const rows = () => database.transactions.query<LookRow>('select look_at, stuck_at from parcel_state');
  const hoursOf = async () => (await rows()).map(({ look_at: look, stuck_at: stuck }) => [look, stuck].map((at) => at && (at.getTime() - 1 - T - LIMIT) / HOUR))[0];

  it('stays where it was while scans come, until few hours are left, and ends with the delivery', async () => {
    await tell('in_transit', 0);
    expect(await hoursOf()).toEqual([0, 0]);
    await tell('in_transit', 9);
    await tell('in_transit', 20);
    expect(await hoursOf()).toEqual([0, 20]);
    await tell('in_transit', 30);
    expect(await hoursOf()).toEqual([30, 30]);
    await tell('delivered', 31);
    expect(await rows()).toEqual([{ look_at: null, stuck_at: null }]);
  });

  it('is never later than the instant from which a parcel is listed, whatever is told and in whatever order', async () => {
    const scans = fc.array(fc.tuple(fc.constantFrom('in_transit', 'in_transit', 'in_transit', 'exception/damaged', 'delivered', 'out_for_delivery'), fc.integer({ min: 0, max: 150 })), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(scans, async (list) => {
        await database.transactions.query('truncate order_event, order_state, order_due, parcel_state, handle, case_item, case_history, change');
        for (const [code, hours] of list) {
          await tell(code, hours);
          for (const { look_at: look, stuck_at: stuck } of await rows()) {
            expect(look === null).toBe(stuck === null);
            if (look === null || stuck === null) continue;
            expect(look.getTime()).toBeLessThanOrEqual(stuck.getTime());
            const listed = async (at: number) => (await stuckParcels(database.transactions, { now: new Date(at) })).total;
            expect([await listed(stuck.getTime() - 1), await listed(stuck.getTime()), await listed(stuck.getTime() + 9 * DAY)]).toEqual([0, 1, 1]);
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
