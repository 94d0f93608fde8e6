import { type CorpusOptions, LoadProcess } from '@orderwatch/rig';
import { ChildProgram } from '../child-program.js';
import { startCluster } from '../cluster.js';
import { alternate, type Measure } from '../measure.js';
import { countOf, ending, metered, type MeteredSample, openDatabase, PostgresMeter, sampleOf, tell } from '../sides.js';
import { type Length, openOurs, runWebhooks } from '../webhook-sides.js';

const CONNECTIONS = 64;
const COUNT = 'select count(*)::int as n from floor_delivery';

/** Batches of the same bytes, as fast as four connections take them. */
async function openInserts(databaseUrl: string, messages: CorpusOptions) {
  const floor = ChildProgram.start('floors/batched-insert.js');
  await floor.ask({ databaseUrl, messages });
  const client = await openDatabase(databaseUrl);
  const run = async (meter: PostgresMeter, seconds: number): Promise<MeteredSample> => {
    const inserted = await metered({ client, meter, usage: () => floor.usage() }, () => floor.ask<{ events: number }>({ seconds }));
    const { events } = inserted.result;
    const counted = await countOf(client, COUNT);
    if (events === 0 || counted !== events) throw new Error(`the floor inserted ${events} rows, but ${counted} are there`);
    return sampleOf(events, inserted);
  };
  const end = async (): Promise<void> => {
    await client.end();
    floor.end();
  };
  return { run, end };
}

export const accepted: Measure = {
  id: 'B1',
  title: 'webhooks accepted per second',
  run: (options) => ending(async (own) => {
    const { warmUp, seconds } = options.isQuick ? { warmUp: 3_000, seconds: 2 } : { warmUp: 30_000, seconds: 8 };
    const cluster = await startCluster();
    own({ end: () => cluster.stop() });
    const messages: CorpusOptions = { kind: 'orders', seed: 'B1', orders: 50_000, bytes: 4096, from: Date.now() - 25 * 60_000 };
    const floor = own(await openInserts(await cluster.create('bare'), messages));
    // Nobody processes: an `api` alone stores and answers.
    const api = own(await openOurs(await cluster.createMigrated('ours'), ['api']));
    const ours = { ...api, drained: () => Promise.resolve(), processedSince: 'select count(*)::int as n from inbox where id > $1' };
    const common = { load: own(LoadProcess.start()), meter: await PostgresMeter.of(ours.client), corpus: messages, connections: CONNECTIONS };
    const runOurs = async (length: Length): Promise<MeteredSample> => {
      await ours.client.query('truncate inbox, delivery_key');
      return tell(options, 'ours', await runWebhooks(ours, { ...common, length }));
    };
    const runFloor = async (length: number): Promise<MeteredSample> => tell(options, 'floor', await floor.run(common.meter, length));
    await runOurs({ count: warmUp });
    await runFloor(1);
    return [{
      ...(await alternate(options.pairs, () => runOurs({ seconds }), () => runFloor(seconds))), name: 'B1', unit: 'webhooks/s', better: 'higher', must: 0.2, aim: 0.35,
      note: 'Shopify orders/updated, 4 kB, signed, 64 connections, role api, durable before each 2xx; floor: unnest of the same bytes, 200 rows a statement, 4 connections, no HTTP',
    }];
  }),
};
