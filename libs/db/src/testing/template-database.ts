import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { createDataSource, runMigrations } from '../data-source.js';
import { startThrowaway } from '../embedded/index.js';
import { MIGRATIONS } from '../migrations/index.js';
import { Transactions } from '../transactions.js';

export interface TestDatabase {
  readonly url: string;
  readonly transactions: Transactions;
  /** Disconnects everybody, drops the database and, when it was started for this file, stops the server. */
  drop(): Promise<void>;
}

const TEMPLATE_LOCK = 7_261_204_912;

/** A name that changes with the schema, so that an old template is never cloned. */
const template = `orderwatch_template_${createHash('sha256').update(MIGRATIONS.map((m) => `${m.prototype.up.toString()} ${m.schema}`).join()).digest('hex').slice(0, 12)}`;

async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: withDatabase(url, 'postgres') });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}

async function makeTemplate(client: pg.Client, url: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [template]);
  if (rowCount) return;
  await client.query(`drop database if exists ${template} with (force)`);
  await client.query(`create database ${template}`);
  await runMigrations(withDatabase(url, template));
  await client.query(`alter database ${template} is_template true`);
}

/** A migrated, empty database of its own on a real PostgreSQL: TEST_DATABASE_URL, else an embedded one started here. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given ? { url: given, stop: () => Promise.resolve() } : await startThrowaway();
  const name = `orderwatch_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server.url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await makeTemplate(client, server.url);
    await client.query(`create database ${name} template ${template} strategy file_copy`);
  });
  const url = withDatabase(server.url, name);
  const transactions = new Transactions(await createDataSource(url, { applicationName: 'orderwatch test', poolSize: 8 }));
  return {
    url,
    transactions,
    drop: async () => {
      await transactions.close();
      await onServer(server.url, (client) => client.query(`drop database if exists ${name} with (force)`));
      await server.stop();
    },
  };
}
