import { LoadProcess } from '@orderwatch/rig';
import { startCluster } from '../cluster.js';
import { alternate, type Measure } from '../measure.js';
import { ending, type MeteredSample, PostgresMeter, tell } from '../sides.js';
import { type Length, movementsOf, openFloor, openOurs, runWebhooks, stockOf, volumeOf } from '../webhook-sides.js';

/** The naive way was hardly faster with 16 connections than with 4 when it was first measured; ours gains from more. */
const CONNECTIONS = 16;

export const naive: Measure = {
  id: 'B13',
  title: 'fully processed per second, beside the way most teams write it',
  run: (options) => ending(async (own) => {
    const { orders, warmUp, short } = volumeOf(options);
    const cluster = await startCluster();
    own({ end: () => cluster.stop() });
    options.say(`a stock of ${orders} orders on both sides`);
    const corpus = movementsOf('B13', orders);
    const ours = own(await openOurs(await stockOf(cluster, 'ours', orders), ['all']));
    const peer = own(await openFloor({ name: 'naive-nest', databaseUrl: await cluster.create('naive'), orders, table: 'naive_outbox' }));
    const common = { load: own(LoadProcess.start()), meter: await PostgresMeter.of(ours.client), corpus, connections: CONNECTIONS };
    const runOurs = async (length: Length): Promise<MeteredSample> => tell(options, 'ours', await runWebhooks(ours, { ...common, length }));
    const runPeer = async (length: Length): Promise<MeteredSample> => tell(options, 'naive', await runWebhooks(peer, { ...common, length }));
    await runOurs(warmUp);
    await runPeer(warmUp);
    return [{
      ...(await alternate(options.pairs, () => runOurs(short), () => runPeer(short))), name: 'B13', unit: 'events/s', better: 'higher', must: 4, aim: 8,
      note: `${CONNECTIONS} connections on both sides; no floor but a peer: NestJS on Express, TypeORM repositories, one event at a time within its request; inbox row with a unique key, order, exception and outbox row`,
    }];
  }),
};
