import { isDeepStrictEqual } from 'node:util';
import { describe, expect } from '@jest/globals';
import { disturb, historyTexts, inOrder, tellings, type Telling } from '@orderwatch/rig';
import { Fleet } from './convergence-fleet.js';
import { differences, pictureOf, type Picture } from './convergence-picture.js';
import { figure, ordeal, SEED } from './figures.js';

/** Worker processes of the runs that are compared with the run in order. */
const WORKERS = [1, 2, 4] as const;
/** Told in all four runs together. */
const EVENTS = figure({ full: 4_000_000, test: 50_000 }) / (WORKERS.length + 1);

interface Run {
  readonly fleet: Fleet;
  readonly picture: Picture;
  readonly inbox: Readonly<Record<string, number>>;
}

/** The database stays until it is dropped. */
async function run(workers: number, requests: Iterable<Telling>, connections: number): Promise<Run> {
  const fleet = await Fleet.start({ workers });
  try {
    const told = await fleet.tell(requests, { connections });
    expect(told.refused).toEqual({});
    const inbox = await fleet.inbox();
    await fleet.stop();
    return { fleet, inbox, picture: await pictureOf(fleet.database.url) };
  } catch (error) {
    await fleet.drop();
    throw error;
  }
}

describe('convergence', () => {
  ordeal('shuffled, doubled, rewritten and late, by 1, 2 and 4 workers: the same as in order', async (replay) => {
    const { texts, orders } = historyTexts(EVENTS, { seed: SEED });
    // In order, one request after the other, by one process that works at the door.
    const expected = await run(0, tellings(texts, inOrder(texts.length), SEED, [200]), 1);
    try {
      expect(expected.inbox).toEqual({ done: texts.length });
      expect(expected.picture.verified).toMatchObject({ mismatches: 0, orders });
      for (const workers of WORKERS) {
        replay['WORKERS'] = String(workers);
        const seed = `${SEED}-${workers}`;
        const { fleet, inbox, picture } = await run(workers, tellings(texts, disturb(texts.length, seed), seed), 8);
        try {
          expect(inbox).toEqual({ done: texts.length });
          if (!isDeepStrictEqual(picture, expected.picture)) expect({ picture, rows: await differences(expected.fleet.database.url, fleet.database.url) }).toEqual({ picture: expected.picture, rows: {} });
        } finally {
          await fleet.drop();
        }
      }
    } finally {
      await expected.fleet.drop();
    }
  }, 'convergence');
});
