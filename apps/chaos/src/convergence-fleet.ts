import { setTimeout as wait } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { ServerProcess, tell, type TellOptions, type Telling, type Told } from '@orderwatch/rig';
import { onDatabase } from './convergence-picture.js';

export interface FleetOptions {
  /** Worker processes beside one api process; 0 = one process that does all. */
  readonly workers: number;
  readonly preload?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Real server processes on a database of their own. */
export class Fleet {
  private constructor(
    readonly database: TestDatabase,
    readonly servers: readonly ServerProcess[],
  ) {}

  static async start(options: FleetOptions, database?: TestDatabase): Promise<Fleet> {
    const given = database ?? (await createTestDatabase());
    const roles = options.workers === 0 ? (['all'] as const) : (['api', ...Array<'worker'>(options.workers).fill('worker')] as const);
    const { preload = [], env = {} } = options;
    const servers = await Promise.all(roles.map((role) => ServerProcess.on({ databaseUrl: given.url, role, preload, env: { ORDERWATCH_UNSAFE_DATABASE: '1', ...env } })));
    const fleet = new Fleet(given, servers);
    try {
      await Promise.all(servers.map((server) => server.start()));
    } catch (error) {
      await fleet.drop();
      throw error;
    }
    return fleet;
  }

  /** The processes that take requests. */
  get ports(): readonly number[] {
    return this.servers.slice(0, 1).map((server) => server.port);
  }

  /** Sends all of it, and waits until nothing waits in the inbox. */
  async tell(requests: Iterable<Telling>, options: Omit<TellOptions, 'ports'>): Promise<Told> {
    const told = await tell(requests, { ports: this.ports, ...options });
    await this.untilDone();
    return told;
  }

  async untilDone(): Promise<void> {
    await onDatabase(this.database.url, async (db) => {
      while ((await db.query(`select 1 from inbox where state = 'new' limit 1`)).length > 0) {
        const ended = this.servers.find((server) => !server.isRunning());
        if (ended) throw new Error(`a server ended:\n${ended.log}`);
        await wait(50);
      }
    });
  }

  /** Deliveries by state and cause. */
  async inbox(): Promise<Record<string, number>> {
    const rows = await onDatabase(this.database.url, (db) => db.query<{ what: string; count: number }>(`select state || coalesce(' ' || cause, '') as what, count(*)::int as count from inbox group by 1 order by 1`));
    return Object.fromEntries(rows.map((row) => [row.what, row.count]));
  }

  /** Asks every process to end, in which it must succeed. */
  async stop(): Promise<void> {
    const codes = await Promise.all(this.servers.map((server) => server.end('SIGTERM')));
    if (codes.some((code) => code !== 0)) throw new Error(`servers ended with ${codes.join(', ')}:\n${this.servers.map((server) => server.log).join('\n')}`);
  }

  /** Whatever still runs ends now, and the database goes. */
  async drop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.end('SIGKILL')));
    await this.database.drop();
  }
}
