import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Sealer, systemClock } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { readConfig } from '../config.js';
import { silentLog } from '../pipeline/log.js';
import { Pipeline } from '../pipeline/pipeline.js';
import { importHistory } from './commands/import.js';
import { rehearseOpen, rehearseRaised } from './commands/rehearse.js';
import { verify } from './commands/verify.js';
import type { Workbench } from './workbench.js';

/** A real store's history lies beside the project where it is developed; its licence keeps it out of here. */
const folder = resolve(import.meta.dirname, '../../../../../shared/data/olist-4k');
const isHere = existsSync(join(folder, 'expected.json'));
const describeHere = isHere ? describe : describe.skip;
if (!isHere) process.stderr.write(`Skipped: the recorded history is not there (${folder}).\n`);

interface Expected {
  readonly asOf: readonly { at: string; counts: Record<string, number>; orders: number; open: Record<string, string[]> }[];
  readonly everRaised: Record<string, number>;
  readonly delivered_not_received: readonly string[];
  readonly missing_item: readonly string[];
}
interface OpenAnswer { readonly counts: Record<string, number>; readonly open: readonly { rule: string; order: string }[] }
interface VerifyAnswer { readonly orders: number; readonly events: number; readonly mismatches: number; readonly digest: string }

const LONG = 180_000;
const THREE = ['no_movement', 'not_picked_up', 'promise_missed'];
const LATE = { no_movement: [75, 156, 102, 43, 39], not_picked_up: [50, 30, 26, 23, 23], promise_missed: [35, 58, 61, 64, 62], any: [125, 186, 128, 66, 62] };

describeHere('a real store’s history', () => {
  const expected = (isHere ? JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) : { asOf: [] }) as Expected;
  let db: TestDatabase;
  let bench: Workbench;

  beforeEach(async () => {
    db = await createTestDatabase();
    const sealer = new Sealer('a master secret of a test');
    const pipeline = new Pipeline({ transactions: db.transactions, sealer, clock: systemClock, log: silentLog, connections: [] });
    bench = { config: readConfig({ ORDERWATCH_SECRET: 'a master secret of a test' }), url: db.url, transactions: db.transactions, sealer, pipeline, close: () => Promise.resolve(), abort: async () => undefined };
  });
  afterEach(() => db.drop());

  const load = async (name: string) => (await importHistory(bench, join(folder, `${name}.jsonl.gz`), Date.now())).json as { read: number; accepted: number; duplicates: number; rejected: unknown[] };
  const openAt = async (at: string, basis: 'occurred' | 'received' = 'occurred') => {
    const answer = (await rehearseOpen(bench, Date.parse(at), basis)).json as OpenAnswer;
    const ids: Record<string, string[]> = Object.fromEntries(THREE.map((rule) => [rule, [...new Set(answer.open.filter((o) => o.rule === rule).map((o) => o.order))].sort()]));
    return { counts: answer.counts, ids, any: new Set(Object.values(ids).flat()).size };
  };
  const digest = async () => (await verify(bench)).json as VerifyAnswer;
  const checkOpen = async (): Promise<void> => {
    for (const want of expected.asOf) {
      const got = await openAt(want.at);
      expect([want.at, got.ids]).toEqual([want.at, Object.fromEntries(THREE.map((rule) => [rule, [...(want.open[rule] ?? [])].sort()]))]);
      expect([want.at, got.any]).toEqual([want.at, want.orders]);
    }
  };

  const ORDERED = { orders: 4000, events: 23_987, mismatches: 0 };

  /** Set by the first test; the files of the others hold the same events. */
  let inOrder = '';

  it('opens exactly what it should, at every instant and over all, in order', async () => {
    expect(await load('ordered')).toEqual({ read: 23_987, accepted: 23_987, duplicates: 0, rejected: [] });
    const verified = await digest();
    expect(verified).toMatchObject(ORDERED);
    inOrder = verified.digest;
    await checkOpen();
    const raised = (await rehearseRaised(bench, Date.parse('2016-01-01T00:00:00Z'), Date.parse('2018-12-01T12:00:00Z'), 'occurred')).json as { raised: Record<string, number>; spans: { rule: string; order: string }[] };
    expect(raised.raised).toMatchObject({ no_movement: 3_501, not_picked_up: 1_849, promise_missed: 341, cancelled_after_shipment: 2, delivered_not_received: 25, missing_item: 13 });
    for (const rule of ['delivered_not_received', 'missing_item'] as const) {
      expect([...new Set(raised.spans.filter((s) => s.rule === rule).map((s) => s.order))].sort()).toEqual([...expected[rule]].sort());
    }
    expect(await db.transactions.query("select 1 from case_item where state <> 'resolved' and not backlog")).toHaveLength(0);
  }, LONG);

  it.each([['shuffle', { accepted: 23_987, duplicates: 0 }], ['dup', { read: 27_402, accepted: 23_987, duplicates: 3_415 }]])('comes to the same from %s', async (name, counts) => {
    expect(await load(name)).toMatchObject({ ...counts, rejected: [] });
    expect(await digest()).toEqual({ ...ORDERED, digest: inOrder });
    await checkOpen();
  }, LONG);

  it('knows what was known when news came late, and ends in the same state', async () => {
    expect(await load('late')).toMatchObject({ accepted: 23_987, rejected: [] });
    expect(await digest()).toEqual({ ...ORDERED, digest: inOrder });
    for (const [i, want] of expected.asOf.entries()) {
      const got = await openAt(want.at, 'received');
      const counts = Object.fromEntries(THREE.map((rule) => [rule, got.ids[rule]?.length]));
      expect([want.at, counts, got.any]).toEqual([want.at, Object.fromEntries(THREE.map((rule) => [rule, LATE[rule as 'no_movement'][i]])), LATE.any[i]]);
    }
  }, LONG);
});
