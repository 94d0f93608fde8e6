import { createDataSource, DatabaseClock, describeError, systemClock, Transactions, unsafeSettings } from '@orderwatch/db';
import { createApplication, type Application } from './application.js';
import { ConfigError, readConfig, secretValues, type Config } from './config.js';
import { createLogger, type Logger } from './platform/telemetry/logger.js';

/** Whoever stops us gives 10 s at least. */
const DRAIN_MS = 9_000;
/** Proxies and sources send over connections they keep: long enough for those that are in use to be told, milliseconds. */
const LINGER_MS = 1_000;

/** A commit that a crash takes back is an event lost after its 2xx: better not to start. */
async function refuseUnsafe(transactions: Transactions): Promise<void> {
  const unsafe = await unsafeSettings(transactions);
  if (unsafe.length > 0) throw new ConfigError(`The database has ${unsafe.join(', ')} switched off: what is confirmed could be lost in a crash. Switch it on.`);
}

async function open(config: Config, logger: Logger): Promise<{ readonly application: Application; readonly transactions: Transactions }> {
  const { databaseUrl } = config;
  if (databaseUrl === null) throw new ConfigError('DATABASE_URL is not set. `npm start` starts a database of its own; this process alone needs one.');
  const onConnectionError = (error: Error): void => logger.warn({ err: error }, 'a database connection broke');
  const transactions = new Transactions(await createDataSource(databaseUrl, { applicationName: `orderwatch ${config.role}`, poolSize: 16, onConnectionError }));
  if (!config.mayBeUnsafe) await refuseUnsafe(transactions);
  const clock = await DatabaseClock.start(transactions);
  return { application: await createApplication({ config, logger, transactions, databaseUrl, clock, wallClock: systemClock }), transactions };
}

async function run(config: Config, logger: Logger): Promise<void> {
  const { application, transactions } = await open(config, logger);
  let stopping: Promise<void> | undefined;
  const stop = (cause: string): void => {
    stopping ??= (async () => {
      logger.info({ cause }, 'stopping');
      const late = setTimeout(() => process.exit(1), DRAIN_MS);
      late.unref();
      await application.stop(LINGER_MS).catch((error: unknown) => logger.error({ err: error }, 'stopping did not go well'));
      await transactions.close();
      logger.info('stopped');
      process.exit(0);
    })();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
  // Started by another process of ours: without it we would run on unseen. It may have gone while this one was loading.
  process.on('disconnect', () => stop('parent is gone'));
  if (process.connected === false) return stop('parent is gone');
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'a promise failed and nobody waited for it'));
  await application.start(config.port);
  logger.info({ port: config.port }, 'listening');
}

async function main(): Promise<void> {
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exit(2);
  }
  const logger = createLogger({ level: config.logLevel, role: config.role, secrets: secretValues(config) });
  try {
    await run(config, logger);
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
    logger.fatal({ err: error }, 'could not start');
    process.exit(1);
  }
}

await main();
