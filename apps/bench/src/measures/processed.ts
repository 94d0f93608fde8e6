import { LoadProcess } from '@orderwatch/rig';
import { startCluster } from '../cluster.js';
import { alternate, type Measure } from '../measure.js';
import { ending, type MeteredSample, PostgresMeter, tell } from '../sides.js';
import { type Length, movementsOf, openFloor, openOurs, type Role, runWebhooks, stockOf, volumeOf } from '../webhook-sides.js';

export const processed: Measure = {
  id: 'B2',
  title: 'webhooks fully processed per second',
  run: (options) => ending(async (own) => {
    const { orders, warmUp, short, long } = volumeOf(options);
    const cluster = await startCluster();
    own({ end: () => cluster.stop() });
    options.say(`a stock of ${orders} orders on both sides`);
    const databaseUrl = await stockOf(cluster, 'ours', orders);
    const floor = own(await openFloor({ name: 'bare-fold', databaseUrl: await cluster.create('bare'), orders, table: 'floor_event' }));
    const common = { load: own(LoadProcess.start()), meter: await PostgresMeter.of(floor.client), corpus: movementsOf('B2', orders), connections: 64 };
    const runFloor = async (length: Length): Promise<MeteredSample> => tell(options, 'floor', await runWebhooks(floor, { ...common, length }));
    let next = 0;
    /** Runs ours in these processes beside the floor, as often as there are lengths. */
    const beside = (roles: readonly [Role, ...Role[]], runs: readonly (readonly [pairs: number, length: Length])[]) => ending(async (own) => {
      const ours = own(await openOurs(databaseUrl, roles, next));
      const runOurs = async (length: Length): Promise<MeteredSample> => tell(options, roles.join(' + '), await runWebhooks(ours, { ...common, length }));
      await runOurs(warmUp);
      const samples = [];
      for (const [pairs, length] of runs) samples.push(await alternate(pairs, () => runOurs(length), () => runFloor(length)));
      next = ours.next;
      return samples;
    });
    await runFloor(warmUp);
    const nothing = { ours: [], floor: [] };
    const [one = nothing, sustained = nothing] = await beside(['all'], [[options.pairs, short], [1, long]]);
    const [two = nothing] = await beside(['api', 'worker'], [[1, short]]);
    const line = { unit: 'events/s', better: 'higher', must: 0.5, aim: 0.8 } as const;
    return [
      { ...line, ...one, name: 'B2', note: `4 kB, signed, 64 connections, ${orders} open orders; floor: bare http, HMAC, JSON.parse, one statement per group commit (one rule, no late news, bytes kept as they came)` },
      { ...line, ...sustained, name: 'B2 sustained', note: options.isQuick ? 'the same for 5 s' : 'the same for 60 s' },
      { ...line, ...two, name: 'B2 two processes', must: null, aim: null, note: 'an api process and a worker instead of one that does both, until the inbox is empty' },
    ];
  }),
};
