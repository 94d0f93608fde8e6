import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import { Cluster, type Direction, Proxy, Random, ServerProcess } from '@orderwatch/rig';
import { onDatabase } from './convergence-picture.js';
import { figure, isFull, ordeal, SEED } from './figures.js';
import { isPutOff } from './support/answers.js';
import { Sources } from './support/sources.js';
import { expectNothingLostOrDoubled } from './support/truth.js';
import { within } from './support/within.js';

const HOLES = figure({ full: 20, test: 3 });
/** From the hole (or from when new links work again) to work over new ones, milliseconds. Beside other tests the machine is busy with more than us. */
const NOTICED_WITHIN_MS = isFull ? 15_000 : 30_000;
/** A source that heard nothing by then has hung up (Shopify waits 5 s), milliseconds. */
const ANSWERED_WITHIN_MS = isFull ? 5_000 : 15_000;
/** The pipeline of each process listens, and the live layer of the one with sockets. */
const LISTENERS = 3;

interface Hole {
  readonly directions: readonly Direction[];
  /** How long new links are dead as well, milliseconds; 0 = they work. */
  readonly alsoNewFor: number;
}
const HOLES_OF: readonly Hole[] = [
  { directions: ['up', 'down'], alsoNewFor: 0 }, { directions: ['down'], alsoNewFor: 0 }, { directions: ['up', 'down'], alsoNewFor: 4_000 }, { directions: ['up'], alsoNewFor: 0 }, { directions: ['down'], alsoNewFor: 8_000 },
];

describe('links to the database that die without a word', () => {
  ordeal('are noticed, work goes on over new ones, and nothing is lost or doubled', async (replay) => {
    const random = new Random('half-open', SEED);
    const cluster = await Cluster.make();
    const proxy = await Proxy.to(cluster.port);
    const url = cluster.url.replace(`:${cluster.port}/`, `:${proxy.port}/`);
    const servers = [await ServerProcess.on({ databaseUrl: url, role: 'all' }), await ServerProcess.on({ databaseUrl: url, role: 'worker' })] as const;
    const sources = new Sources({ seed: SEED, ports: [servers[0].port], connections: 8, pause: 20, isAllowed: isPutOff });
    const answers = (sql: string, since: Date): Promise<boolean> => onDatabase(cluster.url, async (db) => (await db.query(sql, [since])).length > 0);
    /** Accepted and processed again, and all listen again. */
    const resumed = async (since: Date): Promise<void> => {
      await sources.moreAccepted(1);
      while (!(await answers(`select 1 from inbox where processed_at > $1 and received_at > $1 limit 1`, since))) await wait(50);
      while (!(await answers(`select 1 from pg_stat_activity where application_name = 'orderwatch listener' and backend_start > $1 having count(*) >= ${LISTENERS}`, since))) await wait(50);
    };
    try {
      await Promise.all(servers.map((server) => server.start()));
      sources.start();
      for (let round = 0; round < HOLES; round += 1) {
        const hole = HOLES_OF[round % HOLES_OF.length] ?? { directions: [], alsoNewFor: 0 };
        Object.assign(replay, { ROUND: String(round), HOLE: JSON.stringify(hole) });
        await sources.moreAccepted(50 + random.below(100));
        const since = new Date();
        proxy.blackHole({ directions: hole.directions, alsoNew: hole.alsoNewFor > 0 });
        await wait(hole.alsoNewFor);
        proxy.heal();
        const healed = performance.now();
        await within(2 * NOTICED_WITHIN_MS, 'new links at work', resumed(since));
        expect(performance.now() - healed).toBeLessThan(NOTICED_WITHIN_MS);
      }
      await sources.settle();
      expect(sources.outcomes.notAllowed).toEqual([]);
      expect(sources.outcomes.slowest).toBeLessThan(ANSWERED_WITHIN_MS);
      await expectNothingLostOrDoubled(cluster.url, sources);
      expect(servers.map((server) => server.isRunning())).toEqual([true, true]);
    } finally {
      await Promise.all(servers.map((server) => server.end('SIGKILL')));
      await proxy.close();
      await cluster.stop();
    }
  }, 'half-open');
});
