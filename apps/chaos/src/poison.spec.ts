import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect } from '@jest/globals';
import { ROOT } from '@orderwatch/rig';
import { Fleet } from './convergence-fleet.js';
import { differences, onDatabase, operator, pictureOf } from './convergence-picture.js';
import { figure, ordeal, SEED } from './figures.js';
import { poisonedStream } from './poison-stream.js';

/** The build that cannot process what is marked. */
const SICK = join(ROOT, 'apps/chaos/dist/poison-preload.js');
/** Worker processes of the two runs: one process that works at the door, and workers of their own. */
const FLEETS = [0, 2] as const;
const EVENTS = figure({ full: 100_000, test: 5_000 }) / FLEETS.length;
/**
 * A batch of 500 is tried and halved nine times, and once at the door. Between two halvings another worker may take the delivery into
 * a batch of its own, and begin anew: at most each from each. What went on for ever would be tried thousands of times.
 */
const mostTries = (workers: number): number => 10 * Math.max(1, workers) ** 2 + 2;

const folder = mkdtempSync(join(tmpdir(), 'orderwatch-poison-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stream = poisonedStream(EVENTS, SEED);
let healthy: Promise<Fleet> | undefined;

/** What never was poisoned; made once, within the first test, so that its failure tells the seed as well. */
function neverPoisoned(): Promise<Fleet> {
  healthy ??= Fleet.start({ workers: 1 }).then(async (fleet) => {
    try {
      await fleet.tell(stream.requests(false), { connections: 8 });
      await fleet.stop();
      return fleet;
    } catch (error) {
      await fleet.drop();
      throw error;
    }
  });
  return healthy;
}
afterAll(async () => (await healthy?.catch(() => undefined))?.drop());

interface DeadLetter {
  readonly cause: string;
  readonly detail: string | null;
  readonly attempts: number;
}

describe.each(FLEETS)('poison, with %i workers of their own', (workers) => {
  ordeal('stands alone: everything else is processed, and after a fix all is as if it had never been', async (replay) => {
    replay['WORKERS'] = String(workers);
    const log = join(folder, `hits-${workers}`);
    writeFileSync(log, '');
    const { database } = await neverPoisoned();
    const sick = await Fleet.start({ workers, preload: [SICK], env: { POISON_LOG: log } });
    try {
      const told = await sick.tell(stream.requests(true), { connections: 8 });
      await sick.tell(stream.reuses, { connections: 1 });
      expect(told.refused).toEqual({});

      // While all of the poison is dead, all of the rest is done, each in one go.
      const { unstorable, unreadable, good, hopeless } = stream;
      const inbox = await sick.inbox();
      const dead = Object.fromEntries(Object.entries({ ...hopeless, processing_failed: unstorable, mapping_failed: unreadable }).map(([cause, count]) => [`dead ${cause}`, count]));
      await onDatabase(sick.database.url, async (db) => {
        // Who failed beside the poison was infected by it.
        const buried = await db.query<DeadLetter>(`select cause, detail, attempts from inbox where state = 'dead' and cause = 'processing_failed'`);
        expect(buried.filter(({ detail }) => !detail?.includes('division by zero'))).toEqual([]);
      });
      expect(inbox).toEqual({ done: good - unstorable - unreadable, ...dead });
      await onDatabase(sick.database.url, async (db) => {
        expect(await db.query(`select 1 from inbox where state = 'done' and attempts > 1`)).toEqual([]);
        const letters = await db.query<DeadLetter>(`select cause, detail, attempts from inbox where state = 'dead'`);
        expect(letters.filter((letter) => !letter.detail)).toEqual([]);
      });
      const hits = new Map<string, number>();
      for (const mark of readFileSync(log, 'utf8').split('\n').filter(Boolean)) hits.set(mark, (hits.get(mark) ?? 0) + 1);
      expect(hits.size).toBe(unstorable + unreadable);
      expect(Math.max(...hits.values())).toBeLessThanOrEqual(mostTries(workers));

      // The fixed build, and the operator's replay.
      await sick.stop();
      const { json } = await operator<{ tried: number; stillFail: number; causes: string[] }>(sick.database.url, 'replay', '--dead-letters');
      const lost = Object.values(hopeless).reduce((sum, count) => sum + count, 0);
      expect(json).toMatchObject({ tried: lost + unstorable + unreadable, stillFail: lost });
      const [expected, received] = [await pictureOf(database.url), await pictureOf(sick.database.url)];
      expect(received.verified.mismatches).toBe(0);
      if (JSON.stringify(received) !== JSON.stringify(expected)) expect({ received, rows: await differences(database.url, sick.database.url) }).toEqual({ received: expected, rows: {} });
    } finally {
      await sick.drop();
    }
  }, 'poison');
});
