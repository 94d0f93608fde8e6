import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { int4Array, textArray } from './binary-arrays.js';
import { rowsOfArrays } from './rows-of-arrays.js';
import { createTestDatabase, type TestDatabase } from './testing/index.js';

describe('rows of arrays', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  const sql = `select n, a, b from ${rowsOfArrays(['a int', 'b text'], { after: 1, nth: 'n' })} as r where $1::int = 7 order by n desc`;
  const read = (a: (number | null)[], b: (string | null)[]) => db.transactions.prepared(sql, [7, int4Array(a), textArray(b)]);

  it('put together what stands at the same place, none and empty ones included', async () => {
    expect(await read([3, null, 1], ['x', '', null])).toEqual([{ n: 3, a: 1, b: null }, { n: 2, a: null, b: '' }, { n: 1, a: 3, b: 'x' }]);
    expect(await read([], [])).toEqual([]);
  });
});
