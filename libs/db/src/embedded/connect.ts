import { realpathSync } from 'node:fs';
import pg from 'pg';
import { USER, passwordOf } from './cluster.js';

const DATABASE = 'orderwatch';

export const urlOf = (cluster: string, port: number, database = DATABASE): string =>
  `postgres://${USER}:${passwordOf(cluster)}@127.0.0.1:${port}/${database}`;

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // Without a listener a broken connection would end this process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const onAdmin = (url: string): string => url.replace(/\/[^/]*$/, '/postgres');

/** Whether what answers on the port is the server of this very cluster. */
export async function isOurs(cluster: string, port: number): Promise<boolean> {
  try {
    return await withClient(urlOf(cluster, port, 'postgres'), async (client) => {
      const { rows } = await client.query<{ data_directory: string }>('show data_directory');
      return rows[0] !== undefined && realpathSync(rows[0].data_directory) === realpathSync(cluster);
    });
  } catch {
    return false;
  }
}

export const ensureDatabase = (url: string): Promise<void> =>
  withClient(onAdmin(url), async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE}`);
  });
