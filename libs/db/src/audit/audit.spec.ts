import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { type AuditEntry, verifyAudit, writeAudit } from './audit.store.js';

const entry = (n: number): AuditEntry => ({ actor: 'operator', action: 'user.add', target: String(n), detail: { n }, at: Date.UTC(2026, 0, 5) + n });

/** Written at the same time. */
const ENTRIES = 40;

describe('the audit', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  beforeEach(async () => {
    await db.transactions.query('truncate audit restart identity');
    await Promise.all(Array.from({ length: ENTRIES }, (_, n) => db.transactions.run((tx) => writeAudit(tx, entry(n)))));
  });
  afterAll(() => db.drop());

  it('is one chain, however many write at once', async () => {
    expect(await verifyAudit(db.transactions)).toBeNull();
    const [row] = await db.transactions.query<{ n: number; prevs: number }>('select count(*)::int as n, count(distinct prev)::int as prevs from audit');
    expect(row).toEqual({ n: ENTRIES, prevs: ENTRIES });
  });

  it.each([
    ['what was done', `update audit set detail = '{"n":99}'`], ['who did it', `update audit set actor = 'nobody'`], ['when', `update audit set at = at + interval '1 ms'`],
    ['to whom', `update audit set target = null`], ['the hash', `update audit set hash = sha256('x')`], ['an entry', 'delete from audit'],
  ])('shows where somebody changed %s', async (_, change) => {
    const [fifth, next] = await db.transactions.query<{ id: string }>('select id::text from audit order by id offset 4 limit 2');
    await db.transactions.query(`${change} where id = ${fifth?.id}`);
    expect(await verifyAudit(db.transactions)).toBe(change.startsWith('delete') ? next?.id : fifth?.id);
  });
});
