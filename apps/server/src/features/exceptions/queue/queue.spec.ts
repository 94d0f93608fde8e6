import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUEUE_SORTS, QUEUE_VIEWS, readFacet, readPace, readQueue, readRelief, type QueueFieldName, type QueueFilterInput, type QueueQuery, type QueueSortName } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import fc from 'fast-check';
import { seedCases } from '../../../testing/test-server.js';

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

  /** What each sort looks at, such that more comes first; ties by id, as the sort has it. */
  interface Stored { readonly id: string; readonly due: number; readonly opened: number; readonly value: number; readonly promise: number; readonly contact: number; readonly changed: number }
  const far = Number.MAX_SAFE_INTEGER;
  const stored = () => db.transactions.query<Stored>(
    `select order_id as id, extract(epoch from due_at)::float8 as due, extract(epoch from opened_at)::float8 as opened, coalesce(value_minor, -1)::float8 as value,
       coalesce(extract(epoch from promised_at)::float8, ${far}) as promise, coalesce(extract(epoch from contact_at)::float8, -${far}) as contact, coalesce(extract(epoch from changed_at)::float8, -${far}) as changed from case_item`);
  const ranks: Readonly<Record<QueueSortName, (c: Stored) => readonly number[]>> = {
    due: (c) => [-c.due, c.value], age: (c) => [-c.opened], promise: (c) => [-c.promise], value: (c) => [c.value], contact: (c) => [c.contact], change: (c) => [c.changed],
  };
  const compare = (sort: QueueSortName) => (a: Stored, b: Stored): number => {
    const [x, y] = [ranks[sort](a), ranks[sort](b)];
    const at = x.findIndex((rank, i) => rank !== y[i]);
    if (at >= 0) return (y[at] ?? 0) - (x[at] ?? 0);
    const isDown = sort === 'value' || sort === 'contact' || sort === 'change';
    return (a.id < b.id ? -1 : 1) * (isDown ? -1 : 1);
  };
  const few = <T>(value: T) => fc.option(fc.nat(3), { nil: null }).map((n) => (n === null ? null : ([value, n] as const)));
  const drawn = fc.record({ due: fc.nat(3), opened: fc.nat(3), value: few('v'), promise: few('p'), contact: few('c'), changed: few('x') });
  const hour = (n: number) => new Date(now.getTime() - n * HOUR);
  const seedDrawn = async (cases: readonly { due: number; opened: number; value: readonly [string, number] | null; promise: readonly [string, number] | null; contact: readonly [string, number] | null; changed: readonly [string, number] | null }[]) => {
    await clear();
    const seeded = await seedCases(db, cases.map((c) => ({ dueAt: hour(c.due), valueMinor: c.value ? c.value[1] * 5_000 : null })), now.getTime());
    const at = (each: readonly [string, number] | null) => (each ? hour(each[1]) : null);
    await db.transactions.query(
      `update case_item c set opened_at = n.o, promised_at = n.p, contact_at = n.c, changed_at = n.x, country = case when n.c is null then 'AT' else 'DE' end, held = n.x is null
         from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[]) as n(id, o, p, c, x) where c.order_id = n.id`,
      [seeded, cases.map((c) => hour(c.opened)), cases.map((c) => at(c.promise)), cases.map((c) => at(c.contact)), cases.map((c) => at(c.changed))]);
    return seeded;
  };

  it('pages by every sort through all of them, each once, in that order', async () => {
    await fc.assert(fc.asyncProperty(fc.array(drawn, { maxLength: 30 }), fc.constantFrom(...QUEUE_SORTS), fc.integer({ min: 1, max: 9 }), async (cases, sort, first) => {
      await seedDrawn(cases);
      expect(await walk({ ...base, sort, first })).toEqual((await stored()).sort(compare(sort)).map((c) => c.id));
    }), { numRuns: 60 });
  });

  it('shows as many cases for an option as were counted beside it', async () => {
    const narrowings: readonly [QueueFieldName, (value: string) => QueueFilterInput][] = [
      ['countries', (v) => ({ countries: [v] })], ['rules', (v) => ({ rules: [v] })], ['value', (v) => ({ minValue: Number(v) })], ['due', (v) => ({ due: v as 'hour' })],
      ['promise', (v) => ({ promise: v as 'week' })], ['wrote', (v) => ({ wroteWithinHours: Number(v) })], ['feed', (v) => ({ feedLate: v === 'true' })], ['age', (v) => ({ minAgeHours: Number(v) })],
      ['state', (v) => ({ state: v as 'new' })], ['waits', (v) => ({ waitsFor: v as 'customer' })], ['owner', (v) => ({ owner: v })],
    ];
    await fc.assert(fc.asyncProperty(fc.array(drawn, { maxLength: 25 }), fc.constantFrom(...narrowings), fc.constantFrom<QueueFilterInput>({}, { countries: ['DE'] }, { minValue: 10_000 }), async (cases, [field, filterOf], others) => {
      const seeded = await seedDrawn(cases);
      for (const [i, id] of seeded.entries()) {
        if (i % 5 === 0) await set(id, `state = 'snoozed', snoozed_until = $2, snooze = '{"condition":"customer_writes"}'`, [hour(-9)]);
        if (i % 5 === 1 || i % 5 === 2) await set(id, `state = 'claimed', owner_id = $2, lease_until = $3`, [ana, hour(i % 5 === 1 ? -1 : 1)]);
        if (i % 5 === 3) await set(id, 'reopened = 2');
      }
      for (const [i, id] of seeded.entries()) if (i % 5 === 1) await set(id, `state = 'claimed', owner_id = $2, lease_until = $3`, [i % 2 ? ana : seeded[0], hour(-9)]);
      const facet = await readFacet(db.transactions, { ...base, filter: others }, field);
      for (const { value, count } of facet.options) expect([value, (await ids({ filter: { ...others, ...filterOf(value) } })).length]).toEqual([value, count]);
    }), { numRuns: 40 });
  });

  it('knows how far work on a case is, and whose owner nobody has seen for a quarter of an hour', async () => {
    await clear();
    const ben = randomUUID();
    const [free, held, lapsed, gone, asleep, again] = await seedCases(db, [{}, {}, {}, {}, {}, {}], now.getTime());
    const claim = (id: string | undefined, who: string, until: Date) => set(id, `state = 'claimed', owner_id = $2, lease_until = $3`, [who, until]);
    await claim(held, ana, hour(-1));
    await claim(lapsed, ana, hour(1));
    await claim(gone, ben, hour(-1));
    await set(asleep, `state = 'snoozed', snoozed_until = $2`, [hour(-2)]);
    await set(again, 'reopened = 1');
    await db.transactions.query(`insert into person (id, email, name, role) values ($1, $2, 'Ana', 'agent'), ($3, $4, 'Ben', 'agent')`, [ana, `${ana}@x.test`, ben, `${ben}@x.test`]);
    const seen = (who: string, minutesAgo: number) => db.transactions.query(
      `insert into session (token_hash, person_id, expires_at, last_seen_at) values (decode(md5($1::text), 'hex'), $1::uuid, $2, $3)`, [who, hour(-9), new Date(now.getTime() - minutesAgo * 60_000)]);
    await seen(ana, 14);
    await seen(ben, 16);
    const by = async (filter: QueueFilterInput) => new Set(await ids({ filter }));
    expect(await by({ state: 'new' })).toEqual(new Set([free, lapsed, again]));
    expect(await by({ state: 'claimed' })).toEqual(new Set([held, gone]));
    expect(await by({ state: 'snoozed' })).toEqual(new Set([asleep]));
    expect(await by({ state: 'reopened' })).toEqual(new Set([again]));
    expect(await by({ owner: 'away' })).toEqual(new Set([gone]));
  });

  it('knows which filter empties a list', async () => {
    await clear();
    const [rich] = await seedCases(db, [{ valueMinor: 90_000, rule: 'lost' }, { valueMinor: 100 }, { valueMinor: 200 }], now.getTime());
    await set(rich, `country = 'AT'`);
    const filter: QueueFilterInput = { minValue: 80_000, countries: ['DE'], rules: ['lost', 'no_movement'] };
    expect(await ids({ filter })).toEqual([]);
    expect(await readRelief(db.transactions, { ...base, filter })).toEqual([{ field: 'rules', count: 0 }, { field: 'countries', count: 1 }, { field: 'value', count: 0 }]);
  });

  it('tells the pace of people, not of what ended by itself', async () => {
    await clear();
    const [byAna, long, byItself] = await seedCases(db, [{}, {}, {}], now.getTime());
    const settle = (id: string | undefined, at: Date, by: string) => set(id, `state = 'resolved', resolved_at = $2, resolved_by = $3`, [at, by]);
    await settle(byAna, hour(1), ana);
    await settle(long, hour(5), ana);
    await settle(byItself, hour(1), 'system');
    expect(await readPace(db.transactions, now)).toBe(0.25);
  });

  it('takes today as it is where the person is', async () => {
    await clear();
    const [late] = await seedCases(db, [{ dueAt: new Date('2026-03-01T23:30:00Z') }, { dueAt: new Date('2026-03-02T11:30:00Z') }], now.getTime());
    expect(await ids({ filter: { due: 'today', zone: 'Europe/London' } })).toEqual([late]);
    expect(await ids({ filter: { due: 'today', zone: 'Europe/Berlin' } })).toEqual([]);
    expect(await ids({ filter: { due: 'today', zone: 'Pacific/Kiritimati' } })).toEqual([late]);
    expect(await ids({ filter: { due: 'today', zone: 'nowhere' } })).toEqual([late]);
  });

  it.each(QUEUE_SORTS)('finds the first page by %s by index, without sorting the open cases', async (sort) => {
    await clear();
    await seedCases(db, Array.from({ length: 2_000 }, (_, i) => ({ dueAt: new Date(now.getTime() + i * 1_000), valueMinor: i })), now.getTime());
    await db.transactions.query('analyze case_item');
    const explained: string[] = [];
    const spy = { query: async (sql: string, params: unknown[]) => (explained.push(...(await db.transactions.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, params)).map((row) => row['QUERY PLAN'])), []), prepared: async (sql: string, params: unknown[]) => spy.query(sql, params) };
    await readQueue(spy as unknown as typeof db.transactions, { ...base, sort, first: 50 });
    const picked = explained.find((line) => line.includes('case_open_') && line.includes('on case_item c'));
    expect(explained.join('\n')).toContain(`case_open_${{ due: 'due', age: 'since', promise: 'promise', value: 'value', contact: 'contact', change: 'changed' }[sort]} on case_item`);
    expect(picked).toBeDefined();
    // The fifty that are shown are put in order again after the join; never the open cases.
    expect(explained.filter((line) => line.includes('Sort') && !line.includes('Sort Key')).length).toBeLessThanOrEqual(1);
  });
});
