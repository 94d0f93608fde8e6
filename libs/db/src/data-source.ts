import 'reflect-metadata';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Initial1763690000000 } from './migrations/1763690000000-initial.js';

export interface DataSourceOptions {
  readonly applicationName?: string;
  readonly poolSize?: number;
  /** Longest a statement may run; write transactions hold the live feed back until they end. */
  readonly statementTimeoutMs?: number;
  /** Told of connections that broke while nobody used them. */
  readonly onConnectionError?: (error: Error) => void;
}

const MIGRATION_LOCK = 7_261_204_911;

/** Connects. `synchronous_commit` is set here: an answer of 2xx means the bytes survive a crash, whatever the server's default. */
export async function createDataSource(url: string, options: DataSourceOptions = {}): Promise<DataSource> {
  const { applicationName = 'orderwatch', poolSize = 10, statementTimeoutMs = 15_000, onConnectionError = () => undefined } = options;
  const source = new DataSource({
    type: 'postgres', url, applicationName, poolSize, entities: [], synchronize: false, migrations: [Initial1763690000000],
    connectTimeoutMS: 5_000, poolErrorHandler: onConnectionError, logging: false,
    extra: {
      statement_timeout: statementTimeoutMs, idle_in_transaction_session_timeout: 30_000, keepAlive: true,
      options: '-c synchronous_commit=on -c jit=off',
    },
  });
  await source.initialize();
  // A restart of the database breaks idle and checked-out clients alike; one without a listener would end the process.
  poolOf(source).on('connect', (client) => client.on('error', onConnectionError));
  return source;
}

/** TypeORM types its driver as unknown to us; its `master` is the pool of pg. */
function poolOf(source: DataSource): pg.Pool {
  const { master } = source.driver as unknown as { master: unknown };
  return master as pg.Pool;
}

/** Brings the schema up to date. Any number of processes may call it at once: one works, the others wait and find nothing to do. */
export async function runMigrations(url: string): Promise<void> {
  const lock = new pg.Client({ connectionString: url, application_name: 'orderwatch migrate', connectionTimeoutMillis: 10_000 });
  lock.on('error', () => undefined);
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const source = await createDataSource(url, { applicationName: 'orderwatch migrate', poolSize: 1, statementTimeoutMs: 0 });
    try {
      await source.runMigrations({ transaction: 'each' });
    } finally {
      await source.destroy();
    }
  } finally {
    await lock.end();
  }
}
