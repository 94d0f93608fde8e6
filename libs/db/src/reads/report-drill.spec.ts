import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readQueue, type QueueFilterInput, type QueueViewName } from '../cases/index.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import type { Transactions } from '../transactions.js';
import { agesByRule, caseFigures, flowByDay, resolveWeeks } from './report.js';
import { addCase, addOrder, ago, DAY, HOUR, NOW } from './testing/rows.js';

let database: TestDatabase;
let db: Transactions;
const period = { now: NOW, days: 28, zone: 'UTC' };

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.transactions;
});
afterAll(() => database?.drop());

/** Cases of every age and state, a backlog among them, drawn by arithmetic so that a failure repeats. */
beforeEach(async () => {
  await db.query('truncate order_state, case_item');
  const rules = ['no_movement', 'promise_missed', 'lost'];
  for (let i = 0; i < 60; i += 1) {
    const openedAgo = ((i * 37) % 700) * HOUR + i;
    const isResolved = i % 3 === 0;
    const rule = rules[i % 3] ?? 'lost';
    await addCase(db, await addOrder(db), {
      rule, rules: [rule, 'unmapped_status'], opened_at: ago(openedAgo), since: ago(openedAgo + HOUR), backlog: i % 10 === 9, due_at: ago(openedAgo - DAY),
      ...(isResolved ? { state: 'resolved', resolved_at: ago(openedAgo / 2) } : {}),
    });
  }
});

const total = async (view: QueueViewName, filter: QueueFilterInput): Promise<number> => (await readQueue(db, { view, filter, orderIds: null, personId: null, now: NOW })).total;
const day = (text: string, add = 0): Date => new Date(Date.parse(`${text}T00:00:00Z`) + add * DAY);

describe('every number of the report', () => {
  it('opens as many cases as it says', async () => {
    const figures = await caseFigures(db, period);
    expect(figures.openCases).toBeGreaterThan(10);
    expect(await total('all', {})).toBe(figures.openCases);
    expect(await total('all', { openedFrom: figures.from, openedTo: NOW })).toBe(figures.opened);
    expect(await total('resolved', { resolvedFrom: figures.from, resolvedTo: NOW })).toBe(figures.resolved);
  });

  it('does so for every day', async () => {
    for (const row of await flowByDay(db, period)) {
      expect(await total('all', { openedFrom: day(row.day), openedTo: day(row.day, 1) })).toBe(row.opened);
      expect(await total('resolved', { resolvedFrom: day(row.day), resolvedTo: day(row.day, 1) })).toBe(row.resolved);
    }
  });

  it('does so for every rule and age', async () => {
    const rows = await agesByRule(db, NOW);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      const bands = [[null, 24, row.under1d], [24, 72, row.d1to3], [72, 168, row.d3to7], [168, null, row.over7d]] as const;
      for (const [minAgeHours, maxAgeHours, n] of bands) expect(await total('all', { rules: [row.rule], minAgeHours, maxAgeHours })).toBe(n);
    }
  });

  it('does so for every week', async () => {
    for (const row of await resolveWeeks(db, period)) expect(await total('resolved', { resolvedFrom: day(row.week), resolvedTo: day(row.week, 7) })).toBe(row.count);
  });
});
