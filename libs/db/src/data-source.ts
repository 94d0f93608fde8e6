import 'reflect-metadata';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { LinkWatch } from './link-watch.js';
import { MIGRATIONS } from './migrations/index.js';

export interface DataSourceOptions {
  readonly applicationName?: string;
  readonly poolSize?: number;
  /** Longest a statement may run; write transactions hold the live feed back until they end. */
  readonly statementTimeoutMs?: number;
  /** Told of connections that broke while nobody used them. */
  readonly onConnectionError?: (error: Error) => void;
}

/** Nothing of ours pauses that long in a transaction: its process is gone or cut off, and others wait for its locks. */
const IDLE_IN_TRANSACTION_MS = 10_000;

/** With these the database notices within some 11 s that we are gone without a word. */
export const SERVER_NOTICES = '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=11000';

const MIGRATION_LOCK = 7_261_204_911;

/** Connects. `synchronous_commit` is set here: an answer of 2xx means the bytes survive a crash, whatever the server's default. */
export async function createDataSource(url: string, options: DataSourceOptions = {}): Promise<DataSource> {
  const { applicationName = 'orderwatch', poolSize = 10, statementTimeoutMs = 15_000, onConnectionError = () => undefined } = options;
  const watch = new LinkWatch({ config: { connectionString: url, application_name: `${applicationName} watch` }, onLost: onConnectionError });
  const source = new DataSource({
    type: 'postgres', url, applicationName, poolSize, entities: [], synchronize: false, migrations: [...MIGRATIONS],
    connectTimeoutMS: 4_000, poolErrorHandler: onConnectionError, logging: false,
    extra: {
      statement_timeout: statementTimeoutMs, idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS, keepAlive: true, keepAliveInitialDelayMillis: 5_000,
      // Statements that do not need each other's answers travel together.
      pipeline: true,
      options: `-c synchronous_commit=on -c jit=off ${SERVER_NOTICES}`,
      onConnect: (client: pg.ClientBase) => {
        // A restart of the database breaks idle and checked-out clients alike; one without a listener would end the process.
        client.on('error', onConnectionError);
        watch.add(client);
      },
    },
  });
  await source.initialize();
  return source;
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
