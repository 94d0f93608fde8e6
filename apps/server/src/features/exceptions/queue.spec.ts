import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUEUE_VIEWS, readQueue, type QueueQuery } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { seedCases } from '../../testing/test-server.js';

const HOUR = 3_600_000;
const now = new Date('2026-03-01T12:00:00Z');
const ana = randomUUID();
const base: QueueQuery = { view: 'all', filter: {}, orderIds: null, personId: ana, now, first: 100 };

describe('the queue', () => {
  let db: TestDatabase;
  const clear = () => db.transactions.query('truncate case_item');
  const set = (id: string | undefined, what: string, params: readonly unknown[] = []) => db.transactions.query(`update case_item set ${what} where order_id = $1`, [id, ...params]);
  const ids = async (query: Partial<QueueQuery>) => (await readQueue(db.transactions, { ...base, ...query })).records.map((record) => record.orderId);
  const walk = async (query: QueueQuery, between: (page: number) => Promise<unknown> = async () => undefined): Promise<string[]> => {
    const seen: string[] = [];
    for (let after: string | null = null, page = 0; ; page += 1) {
      const found = await readQueue(db.transactions, { ...query, after });
      seen.push(...found.records.map((record) => record.orderId));
      if (!found.hasMore) return seen;
      after = found.endCursor;
      await between(page);
    }
  };

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  it.each([['all', 7], ['all', 100], ['next_up', 33]] as const)('pages %s by %i over a thousand cases due in the same millisecond: each once', async (view, first) => {
    await clear();
    const seeded = await seedCases(db, Array.from({ length: 1_000 }, (_, i) => ({ dueAt: now, valueMinor: i % 3 === 0 ? null : i % 5 })), now.getTime());
    const seen = await walk({ ...base, view, first });
    expect(seen).toHaveLength(1_000);
    expect(new Set(seen)).toEqual(new Set(seeded));
  });

  it('neither skips nor repeats what stays, while others come and go between two pages', async () => {
    await clear();
    const stay = await seedCases(db, Array.from({ length: 200 }, (_, i) => ({ dueAt: new Date(now.getTime() + (i % 10) * HOUR) })), now.getTime());
    const leave = await seedCases(db, Array.from({ length: 200 }, (_, i) => ({ dueAt: new Date(now.getTime() + (i % 10) * HOUR) })), now.getTime());
    const seen = await walk({ ...base, first: 20 }, async (page) => {
      await db.transactions.query('delete from case_item where order_id = any($1::uuid[])', [leave.slice(page * 20, page * 20 + 20)]);
      await seedCases(db, [{ dueAt: new Date(now.getTime() - HOUR) }], now.getTime());
    });
    expect(seen).toHaveLength(new Set(seen).size);
    expect(stay.filter((id) => !seen.includes(id))).toEqual([]);
  });

  it('sorts by due, then value, then id', async () => {
    await clear();
    const [later, poor, rich, sooner] = await seedCases(db, [
      { dueAt: new Date(now.getTime() + HOUR) }, { dueAt: now, valueMinor: 5 }, { dueAt: now, valueMinor: 500 }, { dueAt: new Date(now.getTime() - HOUR) },
    ], now.getTime());
    expect(await ids({})).toEqual([sooner, rich, poor, later]);
  });

  it('puts each case into the views it belongs to', async () => {
    await clear();
    const due = new Date(now.getTime() + 5 * HOUR);
    const [free, mine, held, lapsed, late, missing, snoozed, woken, soon, backlog, done] = await seedCases(db, [
      { dueAt: due, rule: 'customs_hold' }, { dueAt: due, rule: 'customs_hold' }, { dueAt: due, rule: 'customs_hold' }, { dueAt: due, rule: 'customs_hold' }, { dueAt: due, rule: 'promise_missed' },
      { dueAt: due, rule: 'missing_item' }, { dueAt: due }, { dueAt: due }, { dueAt: new Date(now.getTime() + HOUR / 2), rule: 'customs_hold' }, { dueAt: due }, { dueAt: due },
    ], now.getTime());
    const soonOver = new Date(now.getTime() + HOUR);
    await set(mine, `state = 'claimed', owner_id = $2, lease_until = $3`, [ana, soonOver]);
    await set(held, `state = 'claimed', owner_id = $2, lease_until = $3`, [randomUUID(), soonOver]);
    await set(lapsed, `state = 'claimed', owner_id = $2, lease_until = $3`, [ana, new Date(now.getTime() - 1)]);
    await set(snoozed, `state = 'snoozed', owner_id = $2, snoozed_until = $3`, [ana, soonOver]);
    await set(woken, `state = 'snoozed', snoozed_until = $2`, [now]);
    await set(backlog, 'backlog = true');
    await set(done, `state = 'resolved', resolved_at = $2`, [now]);
    const found = Object.fromEntries(await Promise.all(QUEUE_VIEWS.map(async (view) => [view, new Set(await ids({ view }))] as const)));
    expect(found).toEqual({
      mine: new Set([mine]), next_up: new Set([free, lapsed, late, missing, woken, soon]), breaching: new Set([soon]), late: new Set([late]), stuck: new Set([woken]),
      not_received: new Set([missing]), snoozed: new Set([snoozed]), all: new Set([free, mine, held, lapsed, late, missing, snoozed, woken, soon]), resolved: new Set([done]),
    });
  });

  it('filters by what is asked for, and takes what is no cursor as the beginning', async () => {
    await clear();
    const [a, b] = await seedCases(db, [{ rule: 'lost' }, { rule: 'promise_missed' }], now.getTime());
    await set(a, `carrier = 'dhl_express', shop = 'shopify', owner_id = $2, lease_until = $3`, [ana, new Date(now.getTime() + HOUR)]);
    await set(b, `opened_at = $2`, [new Date(now.getTime() - 30 * HOUR)]);
    expect(await ids({ filter: { rules: ['lost'] } })).toEqual([a]);
    expect(await ids({ filter: { carriers: ['DHL Express'] } })).toEqual([a]);
    expect(await ids({ filter: { shops: ['shopify'] } })).toEqual([a]);
    expect(await ids({ filter: { owner: 'me' } })).toEqual([a]);
    expect(await ids({ filter: { owner: 'nobody' } })).toEqual([b]);
    expect(await ids({ filter: { owner: `x'; drop table case_item; --` } })).toEqual([]);
    expect(await ids({ filter: { minAgeHours: 24 } })).toEqual([b]);
    expect(await ids({ filter: { maxAgeHours: 24 } })).toEqual([a]);
    expect(await ids({ orderIds: [b ?? ''] })).toEqual([b]);
    for (const after of ['', 'nonsense', Buffer.from('["x"]').toString('base64url')]) expect(await ids({ after })).toHaveLength(2);
  });

  it('finds the first page by index, without sorting the open cases', async () => {
    await clear();
    await seedCases(db, Array.from({ length: 2_000 }, (_, i) => ({ dueAt: new Date(now.getTime() + i * 1_000) })), now.getTime());
    await db.transactions.query('analyze case_item');
    const plan = await db.transactions.query<{ 'QUERY PLAN': string }>(
      `explain select order_id from case_item c where c.state <> 'resolved' and not c.backlog order by c.due_at, coalesce(c.value_minor, -1) desc, c.order_id limit 51`);
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toContain('case_open_due');
    expect(text).not.toContain('Sort');
  });
});
