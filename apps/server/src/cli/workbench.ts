import { createDataSource, runMigrations, Sealer, systemClock, Transactions, type Clock } from '@orderwatch/db';
import { startEmbedded } from '@orderwatch/db/embedded';
import { readConfig, type Config } from '../config.js';
import type { Log } from '../pipeline/log.js';
import { Pipeline } from '../pipeline/pipeline.js';
import { say } from './usage.js';

/** What every command works with. */
export interface Workbench {
  readonly config: Config;
  readonly url: string;
  readonly transactions: Transactions;
  readonly sealer: Sealer;
  readonly pipeline: Pipeline;
  close(): Promise<void>;
  /** Lets go of the database without waiting for what runs. */
  abort(): Promise<void>;
}

/** Only what goes wrong is said, on standard error. */
const log: Log = {
  info: () => undefined,
  warn: (fields, message) => say(`${message} ${wordsOf(fields)}`),
  error: (fields, message) => say(`${message} ${wordsOf(fields)}`),
};

function wordsOf(fields: object): string {
  return 'err' in fields && fields.err instanceof Error ? `(${fields.err.message})` : '';
}

/** DATABASE_URL, or the embedded database: started when it is not running, joined when it is. */
export async function openWorkbench(clock: Clock = systemClock): Promise<Workbench> {
  const config = readConfig();
  const embedded = config.databaseUrl ? undefined : await startEmbedded({ dataDir: config.dataDir, log: say });
  const url = config.databaseUrl ?? embedded?.url ?? '';
  try {
    await runMigrations(url);
    // Imports and verifications hold statements longer than people may.
    const transactions = new Transactions(await createDataSource(url, { applicationName: 'orderwatch cli', poolSize: 5, statementTimeoutMs: 120_000 }));
    const sealer = new Sealer(config.secret);
    const pipeline = new Pipeline({ transactions, sealer, clock, log, connections: config.connections });
    const close = async (): Promise<void> => {
      await transactions.close();
      await embedded?.stop();
    };
    return { config, url, transactions, sealer, pipeline, close, abort: async () => embedded?.stop() };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
