import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { CannotStore, Intake } from './intake.js';

describe('an intake that stops', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  it('first commits all that it took, and takes nothing more', async () => {
    const intake = new Intake(db.transactions, new Sealer('a master secret of a test'));
    const accept = (n: number) => intake.accept([{ connection: 'shop', topic: 'orders/create', headers: {}, body: Buffer.from(String(n)), keys: [String(n)] }]);
    const taken = Array.from({ length: 600 }, (_, n) => accept(n));
    await intake.stop();
    expect(await db.transactions.query('select count(*)::int as n from inbox')).toEqual([{ n: 600 }]);
    expect((await Promise.all(taken)).flat().every((accepted) => accepted.outcome === 'stored')).toBe(true);
    await expect(accept(601)).rejects.toThrow(CannotStore);
  });
});
