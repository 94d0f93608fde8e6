import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import type { Tx } from '../transactions.js';
import { lockHandles, lockOrders, tryLockOrders } from './advisory-locks.js';

const NAMES = Array.from({ length: 40 }, (_, n) => `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`);

describe('locks of orders and parcel numbers', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  /** Keys that the transaction holds, in the order in which it asked for them is not told by the server: only which. */
  const held = async (tx: Tx): Promise<string[]> => (await tx.query<{ key: string }>(`select (classid::bigint << 32 | objid::bigint)::text as key from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() order by 1`)).map((row) => row.key);

  it('are held, one per name, until the transaction ends', async () => {
    await db.transactions.run(async (tx) => {
      await lockOrders(tx, ['a', 'b', 'a']);
      expect(await held(tx)).toHaveLength(2);
      await lockHandles(tx, ['a', 'b']);
      expect(await held(tx)).toHaveLength(4);
    });
    expect(await db.transactions.run(held)).toEqual([]);
  });

  it('keep others away from the same order, and from no other', async () => {
    await db.transactions.run(async (tx) => {
      await lockOrders(tx, ['mine']);
      expect(await db.transactions.run((other) => tryLockOrders(other, ['mine', 'yours']))).toEqual(['yours']);
    });
  });

  it('never wait in a circle, in whatever order two writers name them', async () => {
    for (let round = 0; round < 10; round += 1) {
      for (const lock of [lockOrders, lockHandles]) {
        await Promise.all([NAMES, NAMES.toReversed(), NAMES, NAMES.toReversed()].map((names) => db.transactions.run((tx) => lock(tx, names))));
      }
    }
  });
});
