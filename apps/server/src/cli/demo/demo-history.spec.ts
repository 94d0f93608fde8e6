import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sealer, systemClock } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { readConfig } from '../../config.js';
import { silentLog } from '../../pipeline/log.js';
import { Pipeline } from '../../pipeline/pipeline.js';
import { buildServer } from '../../pipeline/testing/server-process.js';
import { verify } from '../commands/verify.js';
import type { Workbench } from '../workbench.js';
import { demoHistory } from './demo-history.js';

const NOW = Date.UTC(2026, 5, 12, 15, 30);

describe('the demo’s past', () => {
  let db: TestDatabase;
  let bench: Workbench;

  beforeAll(async () => {
    await buildServer('simulator');
    db = await createTestDatabase();
    const sealer = new Sealer('a master secret of a test');
    const pipeline = new Pipeline({ transactions: db.transactions, sealer, clock: systemClock, log: silentLog, connections: [] });
    bench = { config: readConfig({ ORDERWATCH_SECRET: 'a master secret of a test' }), url: db.url, transactions: db.transactions, sealer, pipeline, close: () => Promise.resolve(), abort: async () => undefined };
  });
  afterAll(() => db.drop());

  const rows = <T>(sql: string): Promise<T[]> => db.transactions.query<T>(sql);

  it('opens cases at their own times, lets people act, and is what its events say', async () => {
    const made = (await demoHistory(bench, 12, NOW)).json as { orders: number; cases: number; remedies: number };
    expect(made.orders).toBeGreaterThan(300);
    expect(made.cases).toBeGreaterThan(15);
    expect(made.remedies).toBeGreaterThan(2);
    expect((await verify(bench)).isOk).toBe(true);
    const days = await rows<{ day: string }>("select distinct to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD') as day from case_item");
    expect(days.length).toBeGreaterThan(5);
    const [late] = await rows<{ n: number }>(`select count(*)::int as n from case_item where opened_at > to_timestamp(${NOW / 1000}) or resolved_at < opened_at`);
    expect(late?.n).toBe(0);
    expect(await rows("select 1 from case_item where state = 'resolved' and resolved_by <> 'system' limit 1")).toHaveLength(1);
    expect(await rows('select 1 from case_item where backlog')).toHaveLength(0);
    const states = new Set((await rows<{ state: string }>('select distinct state from remedy')).map((r) => r.state));
    expect(states).toContain('proposed');
    expect(states).toContain('confirmed');
  });

  it('is made once', async () => {
    const before = await rows('select count(*) from case_history');
    await demoHistory(bench, 12, NOW);
    expect(await rows('select count(*) from case_history')).toEqual(before);
  });
});
