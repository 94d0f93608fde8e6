import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@orderwatch/domain';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import type { Tx } from '../transactions.js';
import { hashOf, withAuditOrigin, writeAudit, type AuditEntry } from './audit.store.js';
import { checkAudit, verifyAudit } from './check-audit.js';

const START = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;
const SIZE = 40;
const entry = (n: number): AuditEntry => ({ actor: `person ${n % 3}`, action: 'remedy.approved', target: n % 5 === 0 ? null : `remedy ${n}`, detail: { n, amount: { minor: n * 100, currency: 'EUR' }, reason: 'Paket verlören' }, at: START + n });

const place = fc.nat(SIZE - 1);
const text = fc.constantFrom('actor', 'action', 'target', 'detail');
/** What somebody who owns the database may do to the table. */
const tampering = fc.oneof(
  fc.record({ kind: fc.constant('letter' as const), n: place, column: text, at: fc.nat(500) }),
  fc.record({ kind: fc.constant('bit' as const), n: place, column: fc.constantFrom('prev', 'hash'), at: fc.nat(255) }),
  fc.record({ kind: fc.constant('time' as const), n: place, microseconds: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).filter((us) => us !== 0) }),
  fc.record({ kind: fc.constant('removed' as const), n: place, count: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('swapped' as const), n: place, to: place }).filter(({ n, to }) => n !== to),
  fc.record({ kind: fc.constant('last' as const), n: fc.nat(SIZE - 2) }),
  fc.record({ kind: fc.constant('written anew' as const), n: place }),
);
type Tampering = typeof tampering extends fc.Arbitrary<infer T> ? T : never;

interface Stored {
  readonly id: string; readonly at: Date; readonly actor: string; readonly action: string; readonly target: string | null; readonly detail: string; readonly hash: Buffer;
}

class TakenBack extends Error {}

describe('an audit that somebody changed at the database', () => {
  let db: TestDatabase;
  let ids: string[];

  beforeAll(async () => {
    db = await createTestDatabase();
    for (let n = 0; n < SIZE; n += 1) await db.transactions.run((tx) => writeAudit(tx, entry(n)));
    ids = (await db.transactions.query<{ id: string }>('select id::text from audit order by audit.id')).map((row) => row.id);
    expect((await checkAudit(db.transactions, START, HOUR)).broken).toBeNull();
  });
  afterAll(() => db.drop());

  /** Every hash from that entry on is made to fit: only what was known before of the end can tell. */
  const writeAnew = async (tx: Tx, n: number): Promise<void> => {
    const rows = await tx.query<Stored>('select a.id::text as id, at, actor, action, target, detail, hash from audit a order by a.id');
    let prev = rows[n - 1]?.hash ?? Buffer.alloc(32);
    await tx.query('update audit set hash = sha256(hash), prev = sha256(prev) where id >= $1', [ids[n]]); // so that none is in the way of another
    for (const row of rows.slice(n)) {
      const detail = row.id === ids[n] ? canonicalJson({ n: 'another' }) : row.detail;
      const hash = hashOf(prev, { at: row.at.getTime(), actor: row.actor, action: row.action, target: row.target }, detail);
      await tx.query('update audit set detail = $2, prev = $3, hash = $4 where id = $1', [row.id, detail, prev, hash]);
      prev = hash;
    }
  };

  const tamper = async (tx: Tx, done: Tampering): Promise<void> => {
    const id = ids[done.n];
    const move = (from: string, to: string): Promise<unknown> => tx.query('update audit set id = $2 where id = $1', [from, to]);
    switch (done.kind) {
      case 'letter': {
        const [row] = await tx.query<{ was: string | null }>(`select ${done.column} as was from audit where id = $1`, [id]);
        const was = row?.was ?? '';
        const at = was.length === 0 ? 0 : done.at % was.length;
        return void (await tx.query(`update audit set ${done.column} = $2 where id = $1`, [id, `${was.slice(0, at)}${was[at] === 'x' ? 'y' : 'x'}${was.slice(at + 1)}`]));
      }
      case 'bit':
        return void (await tx.query(`update audit set ${done.column} = set_bit(${done.column}, $2, 1 - get_bit(${done.column}, $2)) where id = $1`, [id, done.at]));
      case 'time':
        return void (await tx.query(`update audit set at = at + $2 * interval '1 us' where id = $1`, [id, done.microseconds]));
      case 'removed':
        return void (await tx.query('delete from audit where id = any($1::bigint[])', [ids.slice(done.n, done.n + done.count)]));
      case 'swapped':
        await move(id ?? '', '-1');
        await move(ids[done.to] ?? '', id ?? '');
        return void (await move('-1', ids[done.to] ?? ''));
      case 'last':
        return void (await move(id ?? '', String(Number(ids.at(-1)) + 1)));
      case 'written anew':
        return writeAnew(tx, done.n);
    }
  };

  it('is found every time: a letter, a bit, a microsecond, an entry that is gone, one that stands elsewhere, an end written anew', async () => {
    await fc.assert(fc.asyncProperty(tampering, async (done) => {
      const found = db.transactions.run(async (tx) => {
        await tx.query('alter table audit disable trigger audit_append_only');
        await tx.query('alter table audit alter column id drop identity');
        await tamper(tx, done);
        expect((await checkAudit(tx, START + HOUR, HOUR)).broken).not.toBeNull();
        throw new TakenBack();
      });
      await expect(found).rejects.toThrow(TakenBack);
    }), { numRuns: 200 });
    expect(await verifyAudit(db.transactions)).toBeNull(); // as it was: nothing was found that was not done
  });

  it('is never forked by sixteen who write at once, of whom some take it back and some die', async () => {
    const ends = fc.constantFrom('kept' as const, 'taken back' as const, 'died' as const);
    await fc.assert(fc.asyncProperty(fc.array(fc.array(ends, { minLength: 1, maxLength: 4 }), { minLength: 16, maxLength: 16 }), async (writers) => {
      const before = await count();
      await Promise.all(writers.map(async (acts, writer) => {
        for (const [n, end] of acts.entries()) await act(writer * 10 + n, end);
      }));
      expect(await count() - before).toBe(writers.flat().filter((end) => end === 'kept').length);
      expect(await verifyAudit(db.transactions)).toBeNull();
      const [row] = await db.transactions.query<{ forks: number }>('select count(*)::int - count(distinct prev)::int as forks from audit');
      expect(row?.forks).toBe(0);
    }), { numRuns: 6 });
  });

  const count = async (): Promise<number> => (await db.transactions.query<{ n: number }>('select count(*)::int as n from audit'))[0]?.n ?? 0;
  const act = (n: number, end: 'kept' | 'taken back' | 'died'): Promise<void> =>
    db.transactions.run(async (tx) => {
      await writeAudit(tx, entry(n));
      if (end === 'died') await tx.query('select pg_terminate_backend(pg_backend_pid())');
      if (end !== 'kept') throw new TakenBack();
    }).catch((error: unknown) => {
      if (end === 'kept') throw error;
    });

  it('says where an act came from, in what is hashed', async () => {
    await withAuditOrigin(() => ({ request: 'req-1', session: null }), () => db.transactions.run((tx) => writeAudit(tx, entry(1))));
    const [row] = await db.transactions.query<{ detail: string }>('select detail from audit a order by a.id desc limit 1');
    expect(JSON.parse(row?.detail ?? '')).toMatchObject({ n: 1, request: 'req-1' });
    expect(await verifyAudit(db.transactions)).toBeNull();
  });
});
