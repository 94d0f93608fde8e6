import { createDataSource, runMigrations, Transactions } from '@orderwatch/db';
import { startThrowaway } from '@orderwatch/db/embedded';
import { type Usage, usageOfTree } from '@orderwatch/rig';

/** A durable PostgreSQL for one measure. Our server and the floor use databases of the same one, so that disk and settings are equal. */
export interface Cluster {
  /** Makes an empty database and answers its URL. */
  create(name: string): Promise<string>;
  /** Makes a database with our schema. */
  createMigrated(name: string): Promise<string>;
  /** CPU and memory of the server with all its backends. */
  usage(): Usage;
  stop(): Promise<void>;
}

/** As in the floors' first measurements: durable, a gigabyte of shared buffers, nothing else tuned. */
const SETTINGS = { shared_buffers: '1GB', max_wal_size: '8GB', checkpoint_timeout: '15min' };

export async function startCluster(): Promise<Cluster> {
  const embedded = await startThrowaway({ durable: true, settings: SETTINGS });
  const create = async (name: string): Promise<string> => {
    const source = await createDataSource(embedded.url, { poolSize: 1 });
    await new Transactions(source).query(`create database ${name}`);
    await source.destroy();
    const url = new URL(embedded.url);
    url.pathname = `/${name}`;
    return url.href;
  };
  const createMigrated = async (name: string): Promise<string> => {
    const url = await create(name);
    await runMigrations(url);
    return url;
  };
  return { create, createMigrated, usage: () => usageOfTree(embedded.pid), stop: () => embedded.stop() };
}
