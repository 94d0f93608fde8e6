import { type CorpusOptions, LoadProcess } from '@orderwatch/rig';
import type pg from 'pg';
import { type Cluster, startCluster } from '../cluster.js';
import { alternate, type Line, type Measure, type MeasureOptions, type Sample } from '../measure.js';
import { FloorProcess, openDatabase, PostgresMeter, startServer } from '../sides.js';
import { DONE_SINCE, movementsOf, stockOf, untilDrained } from './processed.js';

interface Backlog {
  readonly corpus: CorpusOptions;
  readonly first: number;
  readonly count: number;
}

/** Events that an `api` process accepted and nobody processed. */
async function fill(databaseUrl: string, load: LoadProcess, { corpus, first, count }: Backlog): Promise<void> {
  const api = await startServer({ databaseUrl, role: 'api' });
  try {
    const { ok } = await load.run({ port: api.port, connections: 64, pace: { kind: 'closed' }, corpus, first, count });
    if (ok !== count) throw new Error(`only ${ok} of ${count} messages were accepted`);
  } finally {
    await api.end('SIGTERM');
  }
}

/** From the first claim to the empty inbox: the worker starts in front of a locked door, so that its start is not measured. */
async function drain(databaseUrl: string, client: pg.Client, meter: PostgresMeter, { count }: Backlog, mark: string): Promise<Sample> {
  const door = await openDatabase(databaseUrl);
  await door.query('begin');
  await door.query('lock table inbox in exclusive mode');
  const worker = await startServer({ databaseUrl, role: 'worker' });
  try {
    await client.query('checkpoint');
    const cpuBefore = worker.usage().cpuMs + meter.cpuMs();
    const since = performance.now();
    await door.query('commit');
    await untilDrained(client);
    const took = (performance.now() - since) / 1000;
    const cpu = worker.usage().cpuMs + meter.cpuMs() - cpuBefore;
    const { rows: [counted] } = await client.query<{ n: number }>(DONE_SINCE, [mark]);
    if (counted?.n !== count) throw new Error(`of a backlog of ${count} events ${counted?.n} are processed`);
    return { value: count / took, cpuMsPerEvent: cpu / count };
  } finally {
    await door.end();
    await worker.end('SIGTERM');
  }
}

async function measure(cluster: Cluster, { pairs, isQuick, say }: MeasureOptions): Promise<readonly Line[]> {
  const { orders, count } = isQuick ? { orders: 5_000, count: 3_000 } : { orders: 100_000, count: 50_000 };
  const corpus = movementsOf('B3', orders);
  say(`a stock of ${orders} orders on both sides`);
  const databaseUrl = await stockOf(cluster, 'ours', orders);
  const client = await openDatabase(databaseUrl);
  const meter = await PostgresMeter.of(client);
  const floorUrl = await cluster.create('bare');
  const floorClient = await openDatabase(floorUrl);
  const load = LoadProcess.start();
  const next = { ours: 0, floor: 0 };
  let floor: FloorProcess | undefined;
  const told = (name: string, sample: Sample): Sample => {
    say(`${name} ${Math.round(sample.value)}/s, ${sample.cpuMsPerEvent?.toFixed(3)} ms CPU`);
    return sample;
  };
  try {
    const bare = (floor = FloorProcess.start('batched-fold'));
    await bare.ask('open', { databaseUrl: floorUrl, orders });
    const runOurs = async (): Promise<Sample> => {
      const backlog = { corpus, first: next.ours, count };
      next.ours += count;
      const { rows: [marked] } = await client.query<{ mark: string }>('select coalesce(max(id), 0)::text as mark from inbox');
      await fill(databaseUrl, load, backlog);
      return told('ours', await drain(databaseUrl, client, meter, backlog, marked?.mark ?? '0'));
    };
    const runFloor = async (): Promise<Sample> => {
      await bare.ask('prepare', { messages: corpus, first: next.floor, count });
      next.floor += count;
      await floorClient.query('checkpoint');
      const cpuBefore = bare.usage().cpuMs + meter.cpuMs();
      const since = performance.now();
      await bare.ask('run');
      const took = (performance.now() - since) / 1000;
      const cpu = bare.usage().cpuMs + meter.cpuMs() - cpuBefore;
      const { rows: [counted] } = await floorClient.query<{ n: number }>('select count(*)::int as n from floor_event');
      if (counted?.n !== next.floor) throw new Error(`the floor folded ${next.floor} events, but ${counted?.n} are there`);
      return told('floor', { value: count / took, cpuMsPerEvent: cpu / count });
    };
    return [{
      ...(await alternate(pairs, runOurs, runFloor)), name: 'B3', unit: 'events/s', better: 'higher', must: 0.4, aim: 0.7,
      note: `a backlog of ${count} events of 4 kB over ${orders} orders, one worker fresh from its start; floor: one statement per 200 events, 4 connections, from memory, read already`,
    }];
  } finally {
    load.end();
    floor?.end();
    await client.end();
    await floorClient.end();
  }
}

export const backlog: Measure = {
  id: 'B3',
  title: 'backlog drained, events per second',
  async run(options) {
    const cluster = await startCluster();
    try {
      return await measure(cluster, options);
    } finally {
      await cluster.stop();
    }
  },
};
