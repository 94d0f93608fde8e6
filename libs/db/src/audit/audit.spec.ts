import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { type AuditEntry, GENESIS, hashOf, writeAudit } from './audit.store.js';
import { followChain, type ChainRow } from './chain.js';
import { MOST_DENIED, noteDenied } from './denied.js';
import { checkAudit, lastAuditCheck, verifyAudit } from './check-audit.js';

const START = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;
const entry = (n: number): AuditEntry => ({ actor: 'operator', action: 'user.add', target: String(n), detail: { n }, at: START + n });

/** At the same time, and each so many. */
const WRITERS = 16;
const EACH = 5;
const ENTRIES = WRITERS * EACH;

describe('the audit', () => {
  let db: TestDatabase;
  const change = (sql: string): Promise<unknown> => db.transactions.query(`alter table audit disable trigger audit_append_only; ${sql}; alter table audit enable trigger audit_append_only`);
  const idAt = async (place: number): Promise<string> => (await db.transactions.query<{ id: string }>('select id::text from audit order by audit.id offset $1 limit 1', [place]))[0]?.id ?? '';

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  beforeEach(async () => {
    await db.transactions.query('truncate audit, audit_check restart identity');
    await Promise.all(Array.from({ length: WRITERS }, async (_, writer) => {
      for (let n = 0; n < EACH; n += 1) await db.transactions.run((tx) => writeAudit(tx, entry(writer * EACH + n)));
    }));
  });
  afterAll(() => db.drop());

  it('is one chain, however many write at once', async () => {
    expect(await verifyAudit(db.transactions)).toBeNull();
    const [row] = await db.transactions.query<{ n: number; prevs: number }>('select count(*)::int as n, count(distinct prev)::int as prevs from audit');
    expect(row).toEqual({ n: ENTRIES, prevs: ENTRIES });
  });

  it('takes so many refused attempts of one person and action, and no flood', async () => {
    const at = (ms: number, action = 'remedy.approve', actor = 'eve') => noteDenied(db.transactions, { actor, action, target: null, why: 'Not for agent.', at: START + ms });
    const written: boolean[] = [];
    for (let i = 0; i < MOST_DENIED + 3; i += 1) written.push(await at(i));
    expect(written.filter(Boolean)).toHaveLength(MOST_DENIED);
    expect([await at(20, 'remedy.decline'), await at(21, 'remedy.approve', 'mallory'), await at(22), await at(HOUR)]).toEqual([true, true, false, true]);
    const [last] = await db.transactions.query<{ detail: string }>(`select detail from audit where actor = 'eve' and detail like '%furtherOnesInTheLog%'`);
    expect(JSON.parse(last?.detail ?? '{}')).toMatchObject({ action: 'remedy.approve', furtherOnesInTheLog: true });
    expect(await verifyAudit(db.transactions)).toBeNull();
  });

  it('is only added to', async () => {
    for (const sql of ['update audit set actor = actor', 'delete from audit']) await expect(db.transactions.query(sql)).rejects.toThrow('only added to');
  });

  it.each([
    ['what was done', `update audit set detail = '{"n":99}'`], ['who did it', `update audit set actor = 'nobody'`], ['when', `update audit set at = at + interval '1 ms'`], ['when, by less than is hashed', `update audit set at = at + interval '1 us'`],
    ['to whom', `update audit set target = null`], ['the hash', `update audit set hash = sha256('x')`], ['an entry', 'delete from audit'],
  ])('shows where somebody changed %s', async (_, sql) => {
    const [fifth, next] = [await idAt(4), await idAt(5)];
    await change(`${sql} where id = ${fifth}`);
    expect(await verifyAudit(db.transactions)).toBe(sql.startsWith('delete') ? next : fifth);
  });

  it('is looked at again and again: what is new each time, all of it now and then; and an alarm ends only when all of it is whole', async () => {
    expect(await lastAuditCheck(db.transactions)).toBeNull();
    expect(await checkAudit(db.transactions, START, HOUR)).toMatchObject({ broken: null, entries: ENTRIES, wholeAt: START });
    await db.transactions.run((tx) => writeAudit(tx, entry(1_000)));
    expect(await checkAudit(db.transactions, START + 1, HOUR)).toMatchObject({ broken: null, entries: ENTRIES + 1, wholeAt: START });
    const third = await idAt(2);
    await change(`update audit set detail = replace(detail, '{', '{ ') where id = ${third}`);
    expect((await checkAudit(db.transactions, START + 2, HOUR)).broken).toBeNull(); // old, and not its turn
    expect((await checkAudit(db.transactions, START + HOUR, HOUR)).broken).toEqual({ id: third, since: START + HOUR });
    expect((await checkAudit(db.transactions, START + HOUR + 1, HOUR)).broken).toEqual({ id: third, since: START + HOUR });
    await change(`update audit set detail = replace(detail, '{ ', '{') where id = ${third}`);
    expect(await checkAudit(db.transactions, START + HOUR + 2, HOUR)).toMatchObject({ broken: null, wholeAt: START + HOUR + 2 });
    expect(await lastAuditCheck(db.transactions)).toMatchObject({ broken: null, entries: ENTRIES + 1 });
  });

  it('misses an end that was cut off, also when the rest was written anew', async () => {
    await checkAudit(db.transactions, START, HOUR);
    const last = await idAt(ENTRIES - 1);
    await change(`delete from audit where id >= ${await idAt(ENTRIES - 3)}`);
    expect(await verifyAudit(db.transactions)).toBeNull(); // by itself it is whole
    expect((await checkAudit(db.transactions, START + 1, HOUR)).broken).toEqual({ id: last, since: START + 1 });
    await db.transactions.run((tx) => writeAudit(tx, entry(7)));
    expect((await checkAudit(db.transactions, START + 2, HOUR)).broken?.id).toBe(last);
  });
});

describe('a chain', () => {
  const SIZE = 30;
  const chain: ChainRow[] = [];
  for (let n = 0; n < SIZE; n += 1) {
    const prev = chain.at(-1)?.hash ?? GENESIS;
    const at = { at: START + n, actor: `person ${n % 3}`, action: 'remedy.approved', target: n % 4 === 0 ? null : `remedy ${n}` };
    const detail = JSON.stringify({ amount: { currency: 'EUR', minor: n * 100 }, reason: 'parcel löst' });
    chain.push({ id: String(n + 1), ...at, at: new Date(at.at), isWhole: true, detail, prev, hash: hashOf(prev, at, detail) });
  }
  const place = fc.nat(SIZE - 1);
  const flip = (text: string, at: number, bit: number): string => {
    const bytes = Buffer.from(text, 'utf16le'); // so that every changed bit is another text
    const byte = at % bytes.length;
    bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
    return bytes.toString('utf16le');
  };
  const flipBytes = (from: Buffer, at: number, bit: number): Buffer => {
    const bytes = Buffer.from(from);
    bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit);
    return bytes;
  };

  it('is whole as it was written', () => {
    expect(followChain(chain)).toEqual({ last: chain.at(-1)?.hash });
  });

  it('shows every changed bit, at the entry that it is in', () => {
    fc.assert(fc.property(place, fc.constantFrom('actor', 'action', 'target', 'detail', 'prev', 'hash', 'at'), fc.nat(200), fc.nat(7), (n, column, at, bit) => {
      const row = chain[n] as ChainRow;
      const changed: ChainRow = column === 'at' ? { ...row, at: new Date(row.at.getTime() ^ (1 << bit)) }
        : column === 'prev' || column === 'hash' ? { ...row, [column]: flipBytes(row[column], at, bit) } : { ...row, [column]: flip(row[column] ?? 'x', at, bit) };
      fc.pre(changed.at.getTime() > 0);
      expect(followChain(chain.with(n, changed))).toEqual({ broken: row.id });
    }), { numRuns: 2_000 });
  });

  it('shows every entry that is gone, but for the last, and every entry that stands elsewhere', () => {
    fc.assert(fc.property(place, place, (from, to) => {
      const without = chain.toSpliced(from, 1);
      expect('broken' in followChain(without)).toBe(from < SIZE - 1);
      fc.pre(from !== to);
      expect(followChain(without.toSpliced(to, 0, chain[from] as ChainRow))).toHaveProperty('broken');
    }), { numRuns: 1_000 });
  });
});
