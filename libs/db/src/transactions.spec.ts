import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from './testing/index.js';

describe('a transaction', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase();
    await db.transactions.query('create table note (text text)');
  });
  afterAll(() => db.drop());

  /** As another connection sees it. */
  const seen = async (text: string): Promise<boolean> => (await db.transactions.query('select 1 from note where text = $1', [text])).length > 0;

  it('tells of its commit after it, when everybody sees it', async () => {
    const told: string[] = [];
    await db.transactions.run(async (tx) => {
      await tx.query(`insert into note values ('done')`);
      tx.onCommit(() => told.push('done'));
      expect(told).toEqual([]);
      expect(await seen('done')).toBe(false);
    });
    expect(told).toEqual(['done']);
    expect(await seen('done')).toBe(true);
  });

  it('tells of nothing that it took back', async () => {
    const told: string[] = [];
    const failing = db.transactions.run(async (tx) => {
      await tx.query(`insert into note values ('undone')`);
      tx.onCommit(() => told.push('undone'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const rehearsed = await db.transactions.rehearse(async (tx) => {
      await tx.query(`insert into note values ('rehearsed')`);
      tx.onCommit(() => told.push('rehearsed'));
      return 7;
    });
    expect([rehearsed, told, await seen('undone'), await seen('rehearsed')]).toEqual([7, [], false, false]);
  });

  it('tells of nothing when the commit itself fails', async () => {
    await db.transactions.query('create table once (n int unique deferrable initially deferred)');
    const told: string[] = [];
    const failing = db.transactions.run(async (tx) => {
      tx.onCommit(() => told.push('twice'));
      await tx.query('insert into once values (1), (1)');
    });
    await expect(failing).rejects.toThrow();
    expect(told).toEqual([]);
  });

  it('of one statement is done when it is committed, not when the statement is', async () => {
    await db.transactions.query('create table lone (n int unique deferrable initially deferred)');
    await expect(db.transactions.prepared('insert into lone values (1), (1) returning n')).rejects.toThrow('lone_n_key');
    await expect(db.transactions.query('insert into lone values (1), (1) returning n')).rejects.toThrow('lone_n_key');
    expect(await db.transactions.prepared('insert into lone values (2) returning n')).toEqual([{ n: 2 }]);
  });

  it('is followed by what was asked behind its commit, which sees it and is no part of it', async () => {
    let behind: Promise<unknown> = Promise.resolve();
    await db.transactions.run(async (tx) => {
      const [own] = await tx.query<{ xid: string }>(`insert into note values ('followed') returning pg_current_xact_id()::text as xid`);
      tx.behindCommit((after) => {
        behind = after.prepared('select text, pg_xact_status($1::xid8) as status, pg_current_xact_id_if_assigned() as own from note where text = $2', [own?.xid, 'followed']);
      });
    });
    expect(await behind).toEqual([{ text: 'followed', status: 'committed', own: null }]);
  });

  it('is followed by nothing when it is taken back, and what follows a commit that fails fails with it', async () => {
    const asked: string[] = [];
    await expect(db.transactions.run(async (tx) => {
      tx.behindCommit(() => asked.push('failed'));
      throw new Error('no');
    })).rejects.toThrow('no');
    await db.transactions.rehearse(async (tx) => tx.behindCommit(() => asked.push('rehearsed')));
    expect(asked).toEqual([]);
    await db.transactions.query('create table sole (n int unique deferrable initially deferred)');
    let behind: Promise<unknown> = Promise.resolve();
    await expect(db.transactions.run(async (tx) => {
      tx.behindCommit((after) => {
        behind = after.prepared('select 1');
        behind.catch(() => undefined);
      });
      await tx.query('insert into sole values (1), (1)');
    })).rejects.toThrow('sole_n_key');
    await expect(behind).rejects.toThrow('sole_n_key');
  });

  it('fails with a write that nobody waited for, and says why', async () => {
    const failing = db.transactions.run(async (tx) => {
      tx.defer(tx.query(`insert into note values ('before')`));
      tx.defer(tx.query('select 1 / 0'));
      tx.defer(tx.query(`insert into note values ('after')`));
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect(await seen('before')).toBe(false);
    const rehearsal = db.transactions.rehearse(async (tx) => tx.defer(tx.query('select 1 / 0')));
    await expect(rehearsal).rejects.toThrow('division by zero');
  });

  it('is not taken for committed when a failure in it went unheard', async () => {
    const swallowed = db.transactions.run(async (tx) => {
      await tx.query(`insert into note values ('lost')`);
      await tx.query('select 1 / 0').catch(() => undefined);
    });
    await expect(swallowed).rejects.toThrow('rolled back');
    expect(await seen('lost')).toBe(false);
  });
});
