import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type ServerOptions, ServerProcess, type Usage, usageOf } from '@orderwatch/rig';
import pg from 'pg';

/** A floor: a small program of `floors/`, in a process of its own like our server. */
export class FloorProcess {
  private constructor(private readonly child: ChildProcess) {}

  static start(name: string): FloorProcess {
    return new FloorProcess(fork(join(import.meta.dirname, 'floors', `${name}.js`), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  }

  ask<T>(command: string, settings: unknown = {}): Promise<T> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`the floor ended with ${code}`));
      child.once('exit', ended);
      child.once('message', (message) => {
        child.off('exit', ended);
        const { result, error } = message as { result?: T; error?: string };
        if (error === undefined) resolve(result as T);
        else reject(new Error(error));
      });
      child.send({ command, settings });
    });
  }

  usage(): Usage {
    return usageOf(this.child.pid);
  }

  end(): void {
    this.child.kill('SIGKILL');
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
