import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import { createDataSource, Transactions } from '@orderwatch/db';
import { Cluster, Random, ServerProcess } from '@orderwatch/rig';
import { type Aim, aimOf, aimText, PointLists, type Role, ROLES } from './crash-points.js';
import { figure, isFull, ordeal, SEED } from './figures.js';
import { Approvals, endWaits, expectEachOnce, isRemedyLeft } from './support/approvals.js';
import { Shop, type Trouble } from './support/shop.js';
import { Sources } from './support/sources.js';
import { expectNothingLostOrDoubled } from './support/truth.js';

const KILLS = figure({ full: 200, test: 30 });
/** In full, half of the kills are aimed, each point three times, and half come at random times; in `npm test` all are aimed, each point once. */
const EACH = isFull ? 3 : 1;
const POINTS = Math.floor((isFull ? KILLS / 2 : KILLS) / EACH);
const FAULTS = new URL('../../../libs/rig/dist/preload/faults.js', import.meta.url).pathname;
/** Points of which some are not reached again. */
const SPARE = 6;
/** Of so many that die at their point, all but one were at work; that one had just begun, with what the kill before had left. A start costs more than all else here. */
const JUST_BEGUN = 4;
/** A point that is not reached by then is left for another, milliseconds. */
const AIM_MS = 15_000;
const LONGEST_LIFE_MS = 1_500;
/** A remedy that waits for something else than its turn is told of as what it is, instead of being waited for. */
const ROUNDS = 20;
const TROUBLES: readonly Trouble[] = ['ok', '5xx_before', '5xx_after', 'slow', 'reply_lost'];

type Servers = Readonly<Record<Role, ServerProcess>>;

async function makeServers(databaseUrl: string, shop: Shop, lists: PointLists): Promise<Servers> {
  const make = (role: Role): Promise<ServerProcess> =>
    ServerProcess.on({ databaseUrl, role, preload: [FAULTS], env: { ...shop.environment, ORDERWATCH_DEMO: '1', ORDERWATCH_REMEDY_HOLD_SECONDS: '0', FAULT_LIST: lists.fileOf(role), FAULT_AT: '' } });
  return { all: await make('all'), api: await make('api'), worker: await make('worker') };
}

/** Gives it that aim, at work or from its start on, and waits for its end there. @returns whether it got there. */
async function killAt(server: ServerProcess, aim: Aim, { lists, isAtWork }: { readonly lists: PointLists; readonly isAtWork: boolean }): Promise<boolean> {
  const before = lists.deaths(aim.role);
  const faultAt = `${aim.point}#${aim.nth}`;
  if (isAtWork) server.tell({ faultAt });
  else {
    await server.end('SIGKILL');
    // It may get there before anybody has seen that it is ready.
    await server.start({ FAULT_AT: faultAt }).catch((error: unknown) => {
      if (lists.deaths(aim.role) === before) throw error;
    });
  }
  await Promise.race([server.ended(), wait(AIM_MS, undefined, { ref: false })]);
  await server.end('SIGKILL');
  return lists.deaths(aim.role) > before;
}

describe('processes that are killed', () => {
  ordeal('lose and double nothing: no event that was accepted, no remedy that was approved', async (replay) => {
    const random = new Random('crash', SEED);
    const [cluster, shop, lists] = [await Cluster.make(), await Shop.start(), new PointLists()];
    const db = new Transactions(await createDataSource(cluster.url, { applicationName: 'orderwatch rig', poolSize: 2 }));
    const servers = await makeServers(cluster.url, shop, lists);
    const killAll = (): Promise<unknown> => Promise.all(ROLES.map((role) => servers[role].end('SIGKILL')));
    const sources = new Sources({ seed: SEED, ports: [servers.all.port, servers.api.port], connections: 8, pause: 50 });
    try {
      await Promise.all(ROLES.map((role) => servers[role].start()));
      const approvals = await Approvals.begin(servers.api.url, SEED);
      sources.start();
      approvals.start(300);

      // A dry run shows where one can die. It goes on until there are enough places: a fast machine has done six remedies before most were seen often.
      const given = process.env['FAULT_AT'];
      while (approvals.approved.length < 6 || (await isRemedyLeft(db)) || (!given && lists.size() < POINTS + SPARE)) await wait(50);
      const aims = given ? [aimOf(given)] : lists.aims(random);
      let kills = 0;
      for (let at = 0, hit = 0; hit < (given ? KILLS : POINTS); at += 1) {
        const aim = aims[at % aims.length] ?? aimOf(given ?? '');
        replay['FAULT_AT'] = aimText(aim);
        let times = 0;
        for (let tries = 0; times < EACH && tries < 2 * EACH; tries += 1) {
          await shop.trouble(random.pick(TROUBLES), 1);
          if (await killAt(servers[aim.role], aim, { lists, isAtWork: (at + tries) % JUST_BEGUN > 0 })) times += 1;
          await servers[aim.role].start();
        }
        kills += times;
        if (times === EACH) hit += 1;
        expect(at).toBeLessThan(2 * aims.length + KILLS);
      }
      delete replay['FAULT_AT'];
      for (; kills < KILLS; kills += 1) {
        await shop.trouble(random.pick(TROUBLES), 1);
        await wait(random.below(LONGEST_LIFE_MS));
        const server = servers[random.pick(ROLES)];
        await server.end('SIGKILL');
        await server.start();
      }

      await Promise.all([sources.settle(), approvals.settle()]);
      for (let round = 0; round < ROUNDS && (await isRemedyLeft(db)); round += 1) {
        await killAll();
        await shop.quiet();
        await endWaits(db);
        await Promise.all(ROLES.map((role) => servers[role].start()));
        for (const until = performance.now() + 8_000; performance.now() < until && (await isRemedyLeft(db)); ) await wait(100);
      }
      await expectNothingLostOrDoubled(cluster.url, sources);
      await expectEachOnce(db, shop, approvals);
      expect(await Promise.all(ROLES.map((role) => servers[role].end('SIGTERM')))).toEqual([0, 0, 0]);
    } finally {
      await killAll();
      await shop.stop();
      await db.close();
      await cluster.stop();
      lists.drop();
    }
  }, 'crash');
});
