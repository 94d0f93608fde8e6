import { type CorpusOptions, LoadProcess } from '@orderwatch/rig';
import { type Cluster, startCluster } from '../cluster.js';
import { alternate, type Line, type Measure, type MeasureOptions, type Sample } from '../measure.js';
import { FloorProcess, openDatabase, PostgresMeter } from '../sides.js';
import { openOurs, runWebhooks } from './processed.js';

const CONNECTIONS = 64;
const COUNT = 'select count(*)::int as n from floor_delivery';

/** Batches of the same bytes, as fast as four connections take them. */
async function openFloor(databaseUrl: string, messages: CorpusOptions) {
  const floor = FloorProcess.start('batched-insert');
  await floor.ask('open', { databaseUrl, messages });
  const client = await openDatabase(databaseUrl);
  const run = async (meter: PostgresMeter, seconds: number): Promise<Sample> => {
    await client.query('checkpoint');
    const cpuBefore = floor.usage().cpuMs + meter.cpuMs();
    const since = performance.now();
    const { events } = await floor.ask<{ events: number }>('run', { seconds });
    const took = (performance.now() - since) / 1000;
    const cpu = floor.usage().cpuMs + meter.cpuMs() - cpuBefore;
    const { rows: [counted] } = await client.query<{ n: number }>(COUNT);
    if (events === 0 || counted?.n !== events) throw new Error(`the floor inserted ${events} rows, but ${counted?.n} are there`);
    return { value: events / took, cpuMsPerEvent: cpu / events };
  };
  const end = async (): Promise<void> => {
    await client.end();
    floor.end();
  };
  return { run, end };
}

async function measure(cluster: Cluster, { pairs, isQuick, say }: MeasureOptions): Promise<readonly Line[]> {
  const messages: CorpusOptions = { kind: 'orders', seed: 'B1', orders: 50_000, bytes: 4096, from: Date.now() - 25 * 60_000 };
  const [warmUp, seconds] = isQuick ? [1, 2] : [3, 8];
  const floor = await openFloor(await cluster.create('bare'), messages);
  // Nobody processes: an `api` alone stores and answers.
  const ours = { ...(await openOurs({ databaseUrl: await cluster.createMigrated('ours'), role: 'api' })), drained: () => Promise.resolve(), processedSince: 'select count(*)::int as n from inbox where id > $1' };
  const load = LoadProcess.start();
  try {
    const meter = await PostgresMeter.of(ours.client);
    const runOurs = async (length: number): Promise<Sample> => {
      await ours.client.query('truncate inbox, delivery_key');
      const sample = await runWebhooks(ours, { load, meter, corpus: messages, connections: CONNECTIONS, seconds: length });
      say(`ours ${Math.round(sample.value)}/s, ${sample.cpuMsPerEvent?.toFixed(3)} ms CPU`);
      return sample;
    };
    const runFloor = async (length: number): Promise<Sample> => {
      const sample = await floor.run(meter, length);
      say(`floor ${Math.round(sample.value)}/s, ${sample.cpuMsPerEvent?.toFixed(3)} ms CPU`);
      return sample;
    };
    await runOurs(warmUp);
    await runFloor(warmUp);
    const samples = await alternate(pairs, () => runOurs(seconds), () => runFloor(seconds));
    return [{
      ...samples, name: 'B1', unit: 'webhooks/s', better: 'higher', must: 0.2, aim: 0.35,
      note: 'Shopify orders/updated, 4 kB, signed, 64 connections, role api, durable before each 2xx; floor: unnest of the same bytes, 200 rows a statement, 4 connections, no HTTP',
    }];
  } finally {
    load.end();
    await ours.end();
    await floor.end();
  }
}

export const accepted: Measure = {
  id: 'B1',
  title: 'webhooks accepted per second',
  async run(options) {
    const cluster = await startCluster();
    try {
      return await measure(cluster, options);
    } finally {
      await cluster.stop();
    }
  },
};
