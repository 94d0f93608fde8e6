import { type CorpusOptions, LoadProcess, SECRETS, type ServerOptions, type Usage } from '@orderwatch/rig';
import type pg from 'pg';
import { type Cluster, startCluster } from '../cluster.js';
import { alternate, type Line, type Measure, type MeasureOptions, type Sample } from '../measure.js';
import { FloorProcess, openDatabase, PostgresMeter, startServer } from '../sides.js';
import { seedStock } from '../stock.js';

/** Something that takes webhooks and makes orders of them, ours or a floor. */
export interface WebhookSide {
  readonly port: number;
  readonly client: pg.Client;
  usage(): Usage;
  /** Resolves when nothing that was accepted waits to be processed. */
  drained(): Promise<void>;
  /** A place in the stored events; only later ones are counted by {@link processedSince}. */
  readonly mark: string;
  readonly processedSince: string;
  end(): Promise<void>;
  /** Number of its next message. */
  next: number;
}

export interface Volume {
  readonly orders: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  readonly longSeconds: number;
}

export const volumeOf = ({ isQuick }: MeasureOptions): Volume =>
  isQuick ? { orders: 5_000, warmUpSeconds: 1, seconds: 3, longSeconds: 5 } : { orders: 100_000, warmUpSeconds: 3, seconds: 12, longSeconds: 60 };

/** Claims lie in the past, however fast they are sent: a millisecond apart they would overtake the clock. */
const CLAIMED_EARLIER_MS = 25 * 60_000;

export const movementsOf = (seed: string, orders: number): CorpusOptions => ({ kind: 'movements', seed, orders, bytes: 4096, from: Date.now() - CLAIMED_EARLIER_MS });

/** A migrated database with orders on their way, one in twenty with an open case. */
export async function stockOf(cluster: Cluster, name: string, orders: number): Promise<string> {
  const databaseUrl = await cluster.createMigrated(name);
  await seedStock(databaseUrl, { orders, open: Math.round(orders / 20) });
  const client = await openDatabase(databaseUrl);
  await client.query('vacuum analyze');
  await client.end();
  return databaseUrl;
}

const WAITING = `select 1 from inbox where state = 'new' limit 1`;
/** Done, and what they told is in an order's history. */
export const DONE_SINCE = `select count(*)::int as n from inbox i where i.id > $1 and i.state = 'done' and exists (select 1 from order_event e where e.inbox_id = i.id)`;

/** Resolves when the inbox holds nothing new. */
export async function untilDrained(client: pg.Client): Promise<void> {
  while ((await client.query(WAITING)).rowCount) await new Promise((again) => setTimeout(again, 5));
}

export async function openOurs(options: ServerOptions): Promise<WebhookSide> {
  const server = await startServer(options);
  const client = await openDatabase(options.databaseUrl);
  return {
    port: server.port, client, usage: () => server.usage(), drained: () => untilDrained(client), mark: 'select coalesce(max(id), 0)::text as mark from inbox', processedSince: DONE_SINCE, next: 0,
    end: async () => {
      await client.end();
      await server.end('SIGTERM');
    },
  };
}

export async function openFloor(name: string, databaseUrl: string, orders: number): Promise<WebhookSide> {
  const floor = FloorProcess.start(name);
  const { port } = await floor.ask<{ port: number }>('open', { databaseUrl, orders, secret: SECRETS.events });
  const client = await openDatabase(databaseUrl);
  return {
    port, client, usage: () => floor.usage(), drained: () => Promise.resolve(), mark: 'select coalesce(max(id), 0)::text as mark from floor_event', processedSince: 'select count(*)::int as n from floor_event where id > $1', next: 0,
    end: async () => {
      await client.end();
      floor.end();
    },
  };
}

export interface Run {
  readonly load: LoadProcess;
  readonly meter: PostgresMeter;
  readonly corpus: CorpusOptions;
  readonly connections: number;
  readonly seconds: number;
}

/** Sends for so long, waits until all of it is processed, and counts what is in the tables; throws when that is not what was accepted. */
export async function runWebhooks(side: WebhookSide, { load, meter, corpus, connections, seconds }: Run): Promise<Sample> {
  const { client } = side;
  await client.query('checkpoint');
  const { rows: [marked] } = await client.query<{ mark: string }>(side.mark);
  const cpuBefore = side.usage().cpuMs + meter.cpuMs();
  const since = performance.now();
  const result = await load.run({ port: side.port, connections, pace: { kind: 'closed' }, corpus, first: side.next, seconds });
  await side.drained();
  const took = (performance.now() - since) / 1000;
  const cpu = side.usage().cpuMs + meter.cpuMs() - cpuBefore;
  side.next = result.next;
  const { rows: [counted] } = await client.query<{ n: number }>(side.processedSince, [marked?.mark]);
  const { ok, sent, refused, unknown } = result;
  if (ok === 0 || ok !== sent || counted?.n !== ok) throw new Error(`of ${sent} messages ${ok} were accepted (${unknown} broke, refused: ${JSON.stringify(refused)}), but ${counted?.n} are processed`);
  if (corpus.from + side.next > Date.now()) throw new Error('the messages claim times that are still to come: the run was too long or too fast for its corpus');
  return { value: ok / took, cpuMsPerEvent: cpu / ok };
}

async function measure(cluster: Cluster, options: MeasureOptions): Promise<readonly Line[]> {
  const volume = volumeOf(options);
  const { orders } = volume;
  options.say(`a stock of ${orders} orders on both sides`);
  const corpus = movementsOf('B2', orders);
  const ours = await openOurs({ databaseUrl: await stockOf(cluster, 'ours', orders), role: 'all' });
  const floor = await openFloor('bare-fold', await cluster.create('bare'), orders);
  const load = LoadProcess.start();
  try {
    const common = { load, meter: await PostgresMeter.of(ours.client), corpus, connections: 64 };
    const run = (name: string, side: WebhookSide) => async (seconds: number): Promise<Sample> => {
      const sample = await runWebhooks(side, { ...common, seconds });
      options.say(`${name} ${Math.round(sample.value)}/s over ${seconds} s, ${sample.cpuMsPerEvent?.toFixed(3)} ms CPU`);
      return sample;
    };
    const [runOurs, runFloor] = [run('ours', ours), run('floor', floor)];
    await runOurs(volume.warmUpSeconds);
    await runFloor(volume.warmUpSeconds);
    const short = await alternate(options.pairs, () => runOurs(volume.seconds), () => runFloor(volume.seconds));
    const long = await alternate(1, () => runOurs(volume.longSeconds), () => runFloor(volume.longSeconds));
    const line = { unit: 'events/s', better: 'higher', must: 0.5, aim: 0.8 } as const;
    return [
      { ...line, ...short, name: 'B2', note: `4 kB, signed, 64 connections, ${orders} open orders; floor: bare http, HMAC, JSON.parse, one statement per group commit (one rule, no late news, bytes kept as they came)` },
      { ...line, ...long, name: `B2 ${volume.longSeconds} s`, note: 'the same, sustained' },
    ];
  } finally {
    load.end();
    await ours.end();
    await floor.end();
  }
}

export const processed: Measure = {
  id: 'B2',
  title: 'webhooks fully processed per second',
  async run(options) {
    const cluster = await startCluster();
    try {
      return await measure(cluster, options);
    } finally {
      await cluster.stop();
    }
  },
};
