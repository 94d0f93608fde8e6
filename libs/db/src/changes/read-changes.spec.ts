import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import type { Tx } from '../transactions.js';
import { changesAfter, missedChanges, pruneChanges, settledPosition, type ChangeRow, type ChangesRead, type Position } from './read-changes.js';
import { writeChanges } from './write-changes.js';

const LATER = { xid: '9223372036854775807', id: '0' };

describe('reading changes', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  beforeEach(() => db.transactions.query('truncate change'));
  afterAll(() => db.drop());

  const change = (tx: Tx, id: string) => writeChanges(tx, [{ topic: 'queue', entity: 'case', id, version: 1 }]);
  const after = (position: Position, limit = 10, topics = ['queue']): Promise<ChangesRead> => changesAfter(db.transactions, position, new Set(topics), limit);
  const ids = (rows: readonly ChangeRow[] | undefined): string[] | undefined => rows?.map((row) => row.entityId);

  /** Until nothing that began before now is still running: other databases of the same server hold the horizon back as well. */
  const untilSettled = async (): Promise<void> => {
    const [now] = await db.transactions.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
    while (BigInt((await settledPosition(db.transactions)).xid) <= BigInt(now?.xid ?? '0')) await new Promise((again) => setTimeout(again, 5));
  };

  it('shows what began first and commits last in its place, to who waited and to who came meanwhile', async () => {
    const start = await settledPosition(db.transactions);
    const meanwhile = await db.transactions.run(async (early) => {
      await change(early, 'early');
      await db.transactions.run((tx) => change(tx, 'late'));
      // Committed, but something may still slip in before it.
      expect(ids((await after(start)).rows)).toEqual([]);
      return settledPosition(db.transactions);
    });
    await untilSettled();
    expect(ids((await after(start)).rows)).toEqual(['early', 'late']);
    expect(ids((await after(meanwhile)).rows)).toEqual(['early', 'late']);
  });

  it('goes on by the order of commits, although the ids were given in another', async () => {
    const start = await settledPosition(db.transactions);
    await db.transactions.run(async (first) => {
      await first.query('select pg_current_xact_id()');
      await db.transactions.run((tx) => change(tx, 'smaller id'));
      await change(first, 'smaller transaction');
    });
    await untilSettled();
    const one = await after(start, 1);
    expect(ids(one.rows)).toEqual(['smaller transaction']);
    expect(ids((await after(one.upTo)).rows)).toEqual(['smaller id']);
  });

  it('leaves out what nobody asks for, and goes on behind it', async () => {
    const start = await settledPosition(db.transactions);
    await db.transactions.run((tx) => writeChanges(tx, ['order:1', 'queue', 'order:2'].map((topic) => ({ topic, entity: 'order', id: topic, version: 1 }))));
    await untilSettled();
    const { rows, upTo } = await after(start);
    expect(ids(rows)).toEqual(['queue']);
    expect(ids((await after(upTo, 10, ['queue', 'order:1', 'order:2'])).rows)).toEqual([]);
    expect(ids((await after(start, 10, ['order:2', 'order:1'])).rows)).toEqual(['order:1', 'order:2']);
    expect(ids((await after(start, 10, [])).rows)).toEqual([]);
    expect(ids((await after(start, 10, Array.from({ length: 65 }, (_, i) => `many ${i}`))).rows)).toEqual(['order:1', 'queue', 'order:2']);
  });

  it('says that it cannot tell what was missed when the place it is asked from is gone', async () => {
    for (const id of ['a', 'b', 'c']) await db.transactions.run((tx) => change(tx, id));
    await untilSettled();
    const { rows: [a, b] } = await after({ xid: '0', id: '0' });
    expect(ids(await missedChanges(db.transactions, 'queue', a ?? LATER, LATER, 10))).toEqual(['b', 'c']);
    expect(await missedChanges(db.transactions, 'queue', a ?? LATER, LATER, 1)).toBeUndefined();
    await db.transactions.query('delete from change where entity_id = $1', ['a']);
    expect(await missedChanges(db.transactions, 'queue', a ?? LATER, LATER, 10)).toBeUndefined();
    expect(ids(await missedChanges(db.transactions, 'queue', b ?? LATER, LATER, 10))).toEqual(['c']);
  });

  it('forgets the old ones only', async () => {
    for (const [id, days] of [['old', 4], ['new', 0], ['older', 5], ['young', 2]] as const) {
      await db.transactions.run((tx) => writeChanges(tx, [{ topic: 'queue', entity: 'case', id, version: 1, at: Date.now() - days * 86_400_000 }]));
    }
    const before = new Date(Date.now() - 3 * 86_400_000);
    expect([await pruneChanges(db.transactions, before), await pruneChanges(db.transactions, before)]).toEqual([2, 0]);
    expect(await db.transactions.query('select entity_id from change order by xid, id')).toEqual([{ entity_id: 'new' }, { entity_id: 'young' }]);
  });
});
