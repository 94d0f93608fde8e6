import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type ServerOptions, ServerProcess, type Usage } from '@orderwatch/rig';
import pg from 'pg';
import type { MeasureOptions, Sample } from './measure.js';

interface Ending {
  end(): unknown;
}

/** Takes charge of something that has to be ended, and hands it back. */
export type Own = <T extends Ending>(started: T) => T;

/** Does the work, and ends what was started for it, the last first, however the work came out. */
export async function ending<T>(work: (own: Own) => Promise<T>): Promise<T> {
  const started: Ending[] = [];
  const own: Own = (one) => {
    started.push(one);
    return one;
  };
  try {
    return await work(own);
  } finally {
    for (const one of started.reverse()) await one.end();
  }
}

/** Our built server. With ORDERWATCH_BENCH_PROFILE=1 it writes a CPU profile when it ends: see `bench/results/profiles`. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const isProfiled = process.env['ORDERWATCH_BENCH_PROFILE'] === '1';
  const profile = isProfiled ? ['--cpu-prof', `--cpu-prof-dir=${join(ROOT, 'bench/results/profiles')}`] : [];
  const server = await ServerProcess.on({ ...options, nodeArgs: [...profile, ...(options.nodeArgs ?? [])] });
  await server.start();
  return server;
}

/** A connection for the bench's own questions. */
export async function openDatabase(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return client;
}

const TICK_MS = 10;

interface Times {
  readonly parent: number;
  /** User and system time, own and of children that ended, milliseconds. */
  readonly own: number;
  readonly ended: number;
}

function timesOf(pid: number): Times {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
  const [parent = 0, utime = 0, stime = 0, cutime = 0, cstime = 0] = [1, 11, 12, 13, 14].map((i) => fields[i] ?? 0);
  return { parent, own: (utime + stime) * TICK_MS, ended: (cutime + cstime) * TICK_MS };
}

/** CPU of a PostgreSQL. Counts backends that ended too: idle pools let go of theirs while the other side runs. */
export class PostgresMeter {
  private constructor(private readonly postmaster: number) {}

  static async of(client: pg.Client): Promise<PostgresMeter> {
    const { rows: [row] } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return new PostgresMeter(timesOf(row?.pid ?? 0).parent);
  }

  /** Milliseconds since its start. */
  cpuMs(): number {
    const { own, ended } = timesOf(this.postmaster);
    const living = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
      try {
        const times = timesOf(Number(name));
        return times.parent === this.postmaster ? [times.own] : [];
      } catch {
        // It ended between the two reads.
        return [];
      }
    });
    return living.reduce((sum, ms) => sum + ms, own + ended);
  }
}

export interface Metered<T> {
  readonly result: T;
  readonly seconds: number;
  /** Of the side's own processes, without PostgreSQL. */
  readonly sideMs: number;
  readonly postgresMs: number;
}

/** A sample that also tells who used the CPU; milliseconds per event. */
export interface MeteredSample extends Sample {
  readonly sideMsPerEvent: number;
}

export function sampleOf(count: number, { seconds, sideMs, postgresMs }: Metered<unknown>): MeteredSample {
  return { value: count / seconds, cpuMsPerEvent: (sideMs + postgresMs) / count, sideMsPerEvent: sideMs / count };
}

/** Says a sample and hands it back. */
export function tell({ say }: MeasureOptions, name: string, sample: MeteredSample): MeteredSample {
  say(`${name} ${Math.round(sample.value)}/s, ${sample.cpuMsPerEvent?.toFixed(3)} ms CPU an event, of it ${sample.sideMsPerEvent.toFixed(3)} outside of PostgreSQL`);
  return sample;
}

/** Does the work after a checkpoint, so that no run pays for what the one before it wrote. */
export async function metered<T>({ client, meter, usage }: { client: pg.Client; meter: PostgresMeter; usage: () => Usage }, work: () => Promise<T>): Promise<Metered<T>> {
  await client.query('checkpoint');
  const before = { side: usage().cpuMs, postgres: meter.cpuMs() };
  const since = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - since) / 1000, sideMs: usage().cpuMs - before.side, postgresMs: meter.cpuMs() - before.postgres };
}

/** The one number that a statement answers as `n`. */
export async function countOf(client: pg.Client, sql: string, params: readonly unknown[] = []): Promise<number> {
  const { rows: [row] } = await client.query<{ n: number }>(sql, [...params]);
  return row?.n ?? 0;
}
