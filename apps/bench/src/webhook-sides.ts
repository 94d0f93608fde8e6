import { type CorpusOptions, type LoadProcess, SECRETS, type ServerOptions, type ServerProcess, type Usage } from '@orderwatch/rig';
import type pg from 'pg';
import { ChildProgram } from './child-program.js';
import type { Cluster } from './cluster.js';
import type { MeasureOptions } from './measure.js';
import { countOf, metered, type MeteredSample, openDatabase, type PostgresMeter, sampleOf, startServer } from './sides.js';
import { seedStock } from './stock.js';

/** Something that takes webhooks and makes orders of them, ours or a floor. */
export interface WebhookSide {
  readonly port: number;
  readonly client: pg.Client;
  usage(): Usage;
  /** Resolves when nothing that was accepted waits to be processed; with an id, nothing up to that delivery. */
  drained(upTo?: number): Promise<void>;
  /** A place in the stored events; only later ones are counted by {@link processedSince}. */
  readonly mark: string;
  readonly processedSince: string;
  end(): Promise<void>;
  /** Number of its next message. */
  next: number;
}

/** How long a run sends: by the clock, or so many messages. */
export type Length = { readonly seconds: number } | { readonly count: number };

export interface Volume {
  readonly orders: number;
  /** By count: what has to be warm is the code, and a busy machine runs it more seldom in a second. */
  readonly warmUp: Length;
  readonly short: Length;
  readonly long: Length;
}

export const volumeOf = ({ isQuick }: MeasureOptions): Volume =>
  isQuick ? { orders: 5_000, warmUp: { count: 3_000 }, short: { seconds: 3 }, long: { seconds: 5 } } : { orders: 100_000, warmUp: { count: 20_000 }, short: { seconds: 12 }, long: { seconds: 60 } };

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

const WAITING = `select 1 from inbox where state = 'new' and id <= $1 limit 1`;
/** Id of the newest delivery, for {@link DONE_SINCE}. */
export const LAST_DELIVERY = 'select coalesce(max(id), 0)::float8 as n from inbox';
/** Done, and what they told is in an order's history. */
export const DONE_SINCE = `select count(*)::int as n from inbox i where i.id > $1 and i.state = 'done' and exists (select 1 from order_event e where e.inbox_id = i.id)`;

/** Between two looks: often enough for a run of seconds, and seldom enough that looking is not what the database does. */
const LOOK_MS = 20;
/** Far longer than any of our backlogs takes. */
const DRAIN_LIMIT_MS = 600_000;

/** Resolves when the inbox holds nothing new up to that delivery; rejects when that cannot come, because the server is gone. */
async function untilDrained(client: pg.Client, servers: readonly ServerProcess[], upTo = Number.MAX_SAFE_INTEGER): Promise<void> {
  const limit = Date.now() + DRAIN_LIMIT_MS;
  while ((await client.query(WAITING, [upTo])).rowCount) {
    if (servers.some((server) => !server.isRunning()) || Date.now() > limit) throw new Error(`the inbox does not become empty:\n${servers.map((server) => server.log).join('\n')}`);
    await new Promise((again) => setTimeout(again, LOOK_MS));
  }
}

export type Role = NonNullable<ServerOptions['role']>;

/** One process per role; the first takes the webhooks. */
export async function openOurs(databaseUrl: string, roles: readonly [Role, ...Role[]], next = 0): Promise<WebhookSide> {
  const servers: ServerProcess[] = [];
  const client = await openDatabase(databaseUrl);
  const end = async (): Promise<void> => {
    await client.end();
    for (const server of servers) await server.end('SIGTERM');
  };
  try {
    for (const role of roles) servers.push(await startServer({ databaseUrl, role }));
  } catch (error) {
    await end();
    throw error;
  }
  const usage = (): Usage => servers.map((server) => server.usage()).reduce((a, b) => ({ cpuMs: a.cpuMs + b.cpuMs, memory: a.memory + b.memory }));
  return { port: servers[0]?.port ?? 0, client, usage, drained: (upTo) => untilDrained(client, servers, upTo), mark: LAST_DELIVERY, processedSince: DONE_SINCE, next, end };
}

export interface FloorOptions {
  /** The program in `floors/`. */
  readonly name: string;
  readonly databaseUrl: string;
  readonly orders: number;
  /** In which it keeps one row per event, with a growing `id`. */
  readonly table: string;
}

export async function openFloor({ name, databaseUrl, orders, table }: FloorOptions): Promise<WebhookSide> {
  const floor = ChildProgram.start(`floors/${name}.js`);
  const { port } = await floor.ask<{ port: number }>({ databaseUrl, orders, secret: SECRETS.events });
  const client = await openDatabase(databaseUrl);
  return {
    port, client, usage: () => floor.usage(), drained: () => Promise.resolve(), mark: `select coalesce(max(id), 0)::float8 as n from ${table}`, processedSince: `select count(*)::int as n from ${table} where id > $1`, next: 0,
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
  readonly length: Length;
}

/** Sends for so long, waits until all of it is processed, and counts what is in the tables; throws when that is not what was accepted. */
export async function runWebhooks(side: WebhookSide, { load, meter, corpus, connections, length }: Run): Promise<MeteredSample> {
  const { client } = side;
  const mark = await countOf(client, side.mark);
  const run = await metered({ client, meter, usage: () => side.usage() }, async () => {
    const sent = await load.run({ port: side.port, connections, pace: { kind: 'closed' }, corpus, first: side.next, ...length });
    await side.drained();
    return sent;
  });
  const { ok, sent, refused, unknown, next } = run.result;
  side.next = next;
  const counted = await countOf(client, side.processedSince, [mark]);
  if (ok === 0 || ok !== sent || counted !== ok) throw new Error(`of ${sent} messages ${ok} were accepted (${unknown} broke, refused: ${JSON.stringify(refused)}), and ${counted} stand in the tables`);
  if (corpus.from + side.next > Date.now()) throw new Error('the messages claim times that are still to come: the run was too long or too fast for its corpus');
  return sampleOf(ok, run);
}
