import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { ServerProcess, ShiftedClock } from '@orderwatch/rig';
import { onDatabase } from './convergence-picture.js';
import type { Clocks, Scenario } from './clock-scenarios.js';

/** Longest that anything here may take before it counts as never. */
const NEVER_MS = 180_000;

/** Notes what becomes of cases, by the clock of the database: what a process writes down as the time is what is in question. */
const OBSERVER = `
create table seen (order_id uuid, what text, at timestamptz not null default clock_timestamp());
create function see() returns trigger language plpgsql as $$ begin insert into seen (order_id, what) values (new.order_id, new.what); return null; end $$;
create trigger see after insert on case_history for each row execute function see()`;

/** Three processes of one installation, each with a wall clock and a time zone of its own, on one database. */
export class Installation {
  private constructor(
    readonly database: TestDatabase,
    readonly clocks: Clocks,
    readonly door: ServerProcess,
    readonly all: ServerProcess,
    readonly worker: ServerProcess,
    private readonly folder: string,
  ) {}

  /** `door` and `all` run; the worker is to be started. */
  static async start(scenario: Scenario, env: Readonly<Record<string, string>>): Promise<Installation> {
    const folder = mkdtempSync(join(tmpdir(), 'orderwatch-clocks-'));
    const database = await createTestDatabase();
    await onDatabase(database.url, (db) => db.query(OBSERVER));
    const clock = (name: string, zone: string): ShiftedClock => new ShiftedClock(join(folder, name), zone);
    const clocks: Clocks = { door: clock('door', scenario.zones[0]), all: clock('all', scenario.zones[1]), worker: clock('worker', scenario.zones[2]) };
    scenario.begin(clocks);
    const server = (role: 'api' | 'all' | 'worker', own: ShiftedClock): Promise<ServerProcess> =>
      ServerProcess.on({ databaseUrl: database.url, role, preload: own.preload, env: { ORDERWATCH_UNSAFE_DATABASE: '1', ORDERWATCH_DEMO: '1', ...env, ...own.env } });
    const servers = [await server('api', clocks.door), await server('all', clocks.all), await server('worker', clocks.worker)] as const;
    const made = new Installation(database, clocks, ...servers, folder);
    try {
      await Promise.all([made.door.start(), made.all.start()]);
    } catch (error) {
      await made.drop();
      throw error;
    }
    return made;
  }

  rows<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return onDatabase(this.database.url, (db) => db.query<T>(sql, params));
  }

  /** Resolves as soon as the statement answers a row; what for stands in the error when that never happens. */
  async until(what: string, sql: string, params: readonly unknown[] = []): Promise<void> {
    const since = performance.now();
    await onDatabase(this.database.url, async (db) => {
      while ((await db.query(sql, params)).length === 0) {
        if (performance.now() - since > NEVER_MS) throw new Error(`never: ${what}\n${[this.door, this.all, this.worker].map((server) => server.log).join('\n')}`);
        await wait(50);
      }
    });
  }

  async stop(): Promise<(number | null)[]> {
    return Promise.all([this.door, this.all, this.worker].map((server) => server.end('SIGTERM')));
  }

  async drop(): Promise<void> {
    await Promise.all([this.door, this.all, this.worker].map((server) => server.end('SIGKILL')));
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
