import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boolArray, byteaArray, float8Array, int4Array, int8Array, textArray, uuidArray } from './binary-arrays.js';
import { createTestDatabase, type TestDatabase } from './testing/index.js';

describe('arrays in binary', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  const back = async (type: string, sent: Buffer): Promise<unknown[]> => (await db.transactions.prepared<{ v: unknown }>(`select v from unnest($1::${type}[]) with ordinality as u(v, n) order by n`, [sent])).map((row) => row.v);
  const nullable = <T>(one: fc.Arbitrary<T>) => fc.array(fc.option(one), { maxLength: 30 });
  const sendable = fc.string({ unit: 'grapheme' }).map((s) => s.toWellFormed().replaceAll('\0', ' '));

  it.each([
    ['text', textArray, sendable], ['bytea', byteaArray, fc.uint8Array({ maxLength: 300 }).map((a) => Buffer.from(a))], ['uuid', uuidArray, fc.uuid()], ['float8', float8Array, fc.double({ noNaN: true })],
    ['int4', int4Array, fc.integer()], ['int8', int8Array, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)], ['bool', boolArray, fc.boolean()],
  ] as readonly (readonly [string, (values: never[]) => Buffer, fc.Arbitrary<unknown>])[])('come back as they were sent: %s', async (type, encode, one) => {
    await fc.assert(fc.asyncProperty(nullable(one), async (values) => {
      expect(await back(type, encode(values as never[]))).toEqual(values.map((v) => (Object.is(v, -0) ? -0 : v)));
    }), { numRuns: 60 });
  });

  it('refuse what is no UUID', () => {
    for (const text of ['not one', '', '0123456789abcdef0123456789abcde', '0123456789abcdef0123456789abcdef0', '0123456789abcdef0123456789abcdef01', '0123456789abcdef0123456789abcdeg', '0123456789abcdef0123456789abcde\u0131']) {
      expect(() => uuidArray([text])).toThrow('not a UUID');
    }
    expect(uuidArray(['01234567-89AB-cdef-0123-456789abcdef']).subarray(-16).toString('hex')).toBe('0123456789abcdef0123456789abcdef');
  });
});
