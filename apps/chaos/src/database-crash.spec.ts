import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import { Cluster, type CrashKind, Random, ServerProcess } from '@orderwatch/rig';
import { figure, isFull, ordeal, SEED } from './figures.js';
import { onDatabase } from './convergence-picture.js';
import { isPutOff } from './support/answers.js';
import { Sources } from './support/sources.js';
import { expectNothingLostOrDoubled, untilProcessed } from './support/truth.js';

const CRASHES = figure({ full: 60, test: 10 });
/** From a connection that works to `/health/ready`, milliseconds. Beside other tests the machine is busy with more than us. */
const HEALTHY_WITHIN_MS = isFull ? 2_000 : 10_000;
const KINDS: readonly CrashKind[] = ['immediate', 'kill'];
const LONGEST_AWAY_MS = 600;
const CARELESS = new URL('../../../libs/rig/dist/preload/careless.js', import.meta.url).pathname;
/** Commits wait so long in memory that a crash finds them there. */
const CARELESS_SETTINGS = { synchronous_commit: 'off', wal_writer_delay: '10s', wal_writer_flush_after: '1GB' };

describe('a database that crashes under load', () => {
  ordeal('loses nothing that was accepted, takes none of our processes along, and is used again at once', async (replay) => {
    const random = new Random('database crash', SEED);
    const cluster = await Cluster.make();
    // What the `api` accepts is left to the other two, who are at the same orders.
    const servers = [await ServerProcess.on({ databaseUrl: cluster.url }), await ServerProcess.on({ databaseUrl: cluster.url, role: 'api' }), await ServerProcess.on({ databaseUrl: cluster.url, role: 'worker' })] as const;
    const sources = new Sources({ seed: SEED, ports: [servers[0].port, servers[1].port], connections: 8, pause: 20, isAllowed: isPutOff });
    try {
      await Promise.all(servers.map((server) => server.start()));
      sources.start();
      for (let round = 0; round < CRASHES; round += 1) {
        const kind = KINDS[round % KINDS.length] ?? 'kill';
        Object.assign(replay, { ROUND: String(round), KIND: kind });
        await sources.moreAccepted(20 + random.below(120));
        await cluster.crash(kind);
        await wait(random.below(LONGEST_AWAY_MS));
        await cluster.start();
        const back = performance.now();
        await Promise.all(servers.map((server) => server.untilReady()));
        expect(performance.now() - back).toBeLessThan(HEALTHY_WITHIN_MS);
      }
      await sources.settle();
      expect(sources.outcomes.notAllowed).toEqual([]);
      await expectNothingLostOrDoubled(cluster.url, sources);
      expect(await Promise.all(servers.map((server) => server.end('SIGTERM')))).toEqual([0, 0, 0]);
    } finally {
      await Promise.all(servers.map((server) => server.end('SIGKILL')));
      await cluster.stop();
    }
  }, 'database-crash');

  ordeal('that commits carelessly does lose, and this rig sees it', async () => {
    const cluster = await Cluster.make(CARELESS_SETTINGS);
    const server = await ServerProcess.on({ databaseUrl: cluster.url, preload: [CARELESS], env: { ORDERWATCH_UNSAFE_DATABASE: '1' } });
    const sources = new Sources({ seed: SEED, ports: [server.port], connections: 8, pause: 20 });
    try {
      await server.start();
      sources.start();
      await sources.moreAccepted(300);
      await cluster.crash('immediate');
      await cluster.start();
      await sources.settle();
      const missing = await onDatabase(cluster.url, async (db) => {
        await untilProcessed(db);
        return sources.missing(db);
      });
      expect(missing.length).toBeGreaterThan(0);
    } finally {
      await server.end('SIGKILL');
      await cluster.stop();
    }
  }, 'database-crash');
});
