import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { textArray } from './binary-arrays.js';
import { createDataSource } from './data-source.js';
import { createTestDatabase, type TestDatabase } from './testing/index.js';
import { Transactions } from './transactions.js';

describe('statements that travel together', () => {
  let db: TestDatabase;
  let one: Transactions;

  beforeAll(async () => {
    db = await createTestDatabase();
    // One connection: what a failure leaves behind is met by the next statement.
    one = new Transactions(await createDataSource(db.url, { poolSize: 1 }));
    await one.query('create table number (n int primary key, at timestamptz, text text)');
  });
  afterAll(async () => {
    await one.close();
    await db.drop();
  });

  const add = (tx: { prepared: Transactions['prepared'] }, n: number) => tx.prepared<{ n: number }>('insert into number (n, text) values ($1::int, $2::text) returning n', [n, `"${n}"`]);
  const all = async () => (await one.prepared<{ n: number }>('select n from number order by n')).map((row) => row.n);

  it('are answered each with its own rows, in their types', async () => {
    const answers = await one.run((tx) => Promise.all([
      add(tx, 1), add(tx, 2), tx.prepared('select n, text, null::int as none, at, true as yes from number order by n'), tx.prepared('update number set at = $1::timestamptz where n = 1', [new Date(5)]), tx.prepared('select at from number where n = 1'),
    ]));
    expect(answers).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 1, text: '"1"', none: null, at: null, yes: true }, { n: 2, text: '"2"', none: null, at: null, yes: true }], [], [{ at: new Date(5) }]]);
    expect(await one.run((tx) => Promise.all([add(tx, 3), tx.query('select max(n) as n from number'), add(tx, 4)]))).toEqual([[{ n: 3 }], [{ n: 3 }], [{ n: 4 }]]);
  });

  it('fail from the first that fails, with its error, and leave the connection as it was', async () => {
    const before = await all();
    const told: string[] = [];
    const failing = one.run(async (tx) => {
      const both = [add(tx, 10), tx.prepared('select 1 / $1::int as x', [0]), tx.prepared('select 2 as never'), add(tx, 11)];
      for (const [i, statement] of both.entries()) statement.then(() => told.push(`${i} done`), (error: Error) => told.push(`${i} ${error.message}`));
      await Promise.all(both);
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect(told).toEqual(['0 done', '1 division by zero', '2 division by zero', '3 division by zero']);
    expect(await all()).toEqual(before);
    expect(await one.run((tx) => Promise.all([tx.prepared('select 1 / $1::int as x', [1]), tx.prepared('select 2 as never')]))).toEqual([[{ x: 1 }], [{ never: 2 }]]);
  });

  it('end with a rollback also when the work fails before any was sent', async () => {
    await expect(one.run((tx) => {
      void add(tx, 20).catch(() => undefined);
      return Promise.reject(new Error('changed its mind'));
    })).rejects.toThrow('changed its mind');
    expect(await one.query('select 1 as n from pg_stat_activity where pid = pg_backend_pid() and xact_start < query_start')).toEqual([]);
    expect(await all()).not.toContain(20);
  });

  it('are prepared anew when their columns have changed', async () => {
    await one.query('create table changing (a int)');
    const read = () => one.prepared('select * from changing');
    await read();
    await one.query('alter table changing add b int');
    await one.query('insert into changing values (1, 2)');
    await expect(read()).rejects.toThrow('cached plan');
    expect(await read()).toEqual([{ a: 1, b: 2 }]);
  });

  it('go ahead when they are large', async () => {
    const texts = Array.from({ length: 50 }, (_, n) => `${n} ${'x'.repeat(2_000)}`);
    const counts = await one.run((tx) => Promise.all([1, 2, 3].map(() => tx.prepared<{ n: number }>('select count(*)::int as n from unnest($1::text[])', [textArray(texts)]))));
    expect(counts.flat()).toEqual([{ n: 50 }, { n: 50 }, { n: 50 }]);
  });
});
