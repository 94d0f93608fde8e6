import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fact } from '@orderwatch/domain';
import { ConfigurationStore } from '../config/configuration.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { lockOrders } from './advisory-locks.js';
import { Asked } from './asked.js';
import type { AddressedFact } from './identity.js';

const ORDERS = ['00000000-0000-5000-8000-000000000001', '00000000-0000-5000-8000-000000000002'] as const;
const fact: Fact = { source: 'shop', kind: 'events', id: 'f'.repeat(32), at: Date.UTC(2026, 0, 5), type: 'order.placed', data: {} };
const GROUPS = ORDERS.map((orderId): AddressedFact[] => [{ to: { orderId, home: 'events', homeId: orderId }, fact }]);

describe('what nobody else writes', () => {
  let db: TestDatabase;
  const configuration = new ConfigurationStore();

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  it('is taken, and the rest left', async () => {
    await db.transactions.run(async (other) => {
      await lockOrders(other, [ORDERS[0]]);
      const { free } = await db.transactions.run((tx) => Asked.ofFree(tx, configuration, GROUPS, (group) => group));
      expect(free).toEqual([GROUPS[1]]);
    });
  });

  it('is told to be nothing, by a failure that is worth another try', async () => {
    await db.transactions.run(async (other) => {
      await lockOrders(other, ORDERS);
      await expect(db.transactions.run((tx) => Asked.ofFree(tx, configuration, GROUPS, (group) => group))).rejects.toMatchObject({ code: '55P03' });
    });
  });

  // A failure that nobody hears ends a process; here it fails the test.
  it('fails where the transaction is lost, and nothing of it is unheard', async () => {
    const lost = db.transactions.run(async (tx) => {
      await tx.query('select 1 / 0').catch(() => undefined);
      return Asked.ofFree(tx, configuration, GROUPS, (group) => group);
    });
    await expect(lost).rejects.toMatchObject({ code: '22012' });
    await turn();
  });
});
