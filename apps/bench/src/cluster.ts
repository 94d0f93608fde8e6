import { runMigrations } from '@orderwatch/db';
import { startThrowaway } from '@orderwatch/db/embedded';
import { type Usage, usageOfTree } from '@orderwatch/rig';
import { openDatabase } from './sides.js';

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

/** As in the floors' first measurements: durable, a gigabyte of shared buffers, nothing else tuned; the log's files are kept for use again. */
const SETTINGS = { shared_buffers: '1GB', min_wal_size: '4GB', max_wal_size: '8GB', checkpoint_timeout: '15min' };
/** Of log files that a measure finds to write into. Most write less. */
const LOG_BYTES = 2e9;
const MESSAGE_BYTES = 16e6;

export async function startCluster(): Promise<Cluster> {
  const embedded = await startThrowaway({ durable: true, settings: SETTINGS });
  await makeLogFiles(embedded.url);
  const create = async (name: string): Promise<string> => {
    const db = await openDatabase(embedded.url);
    await db.query(`create database ${name}`);
    await db.end();
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

/**
 * A database that has been at work for an hour writes into log files it has used before. A fresh one makes each of them, 16 MB of
 * zeros, during which nobody commits: of 80 to 100 ms every three seconds at 1,000 events a second, no P99 would tell of anything else.
 */
async function makeLogFiles(url: string): Promise<void> {
  const db = await openDatabase(url);
  for (let written = 0; written < LOG_BYTES; written += MESSAGE_BYTES) await db.query(`select pg_logical_emit_message(false, 'bench', repeat('x', ${MESSAGE_BYTES}))`);
  await db.query('checkpoint');
  await db.end();
}
