import { SERVER_NOTICES, type Transactions, type Tx } from '@orderwatch/db';
import { PgBoss } from 'pg-boss';
import type { Logger } from '../telemetry/logger.js';

/** What runs in the background. The name is the queue; the data is small JSON: ids, never personal data. */
export interface JobDefinition<Data extends object> {
  readonly name: string;
  readonly handle: (data: Data, job: { readonly id: string; readonly attempt: number }) => Promise<void>;
  /** Runs by itself, once per slot however many processes there are. */
  readonly cron?: string;
  /** Attempts after the first; each waits longer. */
  readonly retries?: number;
  /** How many at a time in one process. */
  readonly width?: number;
  /** A run that takes longer counts as lost and comes back. */
  readonly expireSeconds?: number;
}

export interface EnqueueOptions {
  readonly startAfter?: Date;
  /** At most one waiting job with this key. */
  readonly singletonKey?: string;
}

export interface JobsOptions {
  readonly url: string;
  readonly logger: Logger;
  /** Does the work; otherwise this process only asks for it. */
  readonly isWorker: boolean;
}

const SCHEMA = 'pgboss';

/** A link that died without a word must not hang its job: pg-boss hands these to its pool, which drops a client whose query fails so. */
const LINKS = { query_timeout: 10_000, keepAlive: true, options: SERVER_NOTICES };

/** Background jobs by pg-boss. Every process can enqueue, in its own transaction; only workers run them. */
export class Jobs {
  private readonly definitions = new Map<string, JobDefinition<object>>();
  private readonly boss: PgBoss;
  private isStarted = false;

  constructor(private readonly options: JobsOptions) {
    const { isWorker, logger, url } = options;
    this.boss = new PgBoss({ connectionString: url, schema: SCHEMA, application_name: 'orderwatch jobs', max: isWorker ? 4 : 2, supervise: isWorker, schedule: isWorker, useListenNotify: isWorker, ...LINKS });
    this.boss.on('error', (error) => logger.warn({ err: error }, 'background jobs'));
    this.boss.on('warning', (warning) => logger.debug({ warning }, 'background jobs'));
  }

  /** Before {@link start}; in every process that enqueues or runs it. */
  define<Data extends object>(definition: JobDefinition<Data>): void {
    if (this.isStarted) throw new Error(`job ${definition.name} is defined after the start`);
    this.definitions.set(definition.name, definition as unknown as JobDefinition<object>);
  }

  async start(): Promise<void> {
    await this.boss.start();
    this.isStarted = true;
    for (const job of this.definitions.values()) {
      await this.boss.createQueue(job.name, {
        retryLimit: job.retries ?? 5, retryBackoff: true, retryDelay: 2, retryDelayMax: 600, expireInSeconds: job.expireSeconds ?? 120, heartbeatSeconds: 20, notify: true, deleteAfterSeconds: 86_400,
      });
      if (this.options.isWorker) await this.work(job);
    }
  }

  /** Asks for a job in the transaction of the state that needs it: both are committed, or neither. */
  async enqueue(tx: Tx | Transactions, name: string, data: object, options: EnqueueOptions = {}): Promise<void> {
    if (!this.definitions.has(name)) throw new Error(`no job ${name} is defined`);
    await this.boss.send(name, data, {
      ...(options.startAfter ? { startAfter: options.startAfter } : {}),
      ...(options.singletonKey ? { singletonKey: options.singletonKey } : {}),
      db: { executeSql: async (sql: string, values: unknown[] = []) => ({ rows: await tx.query(sql, values) }) },
    });
  }

  /** Lets running jobs end. */
  async stop(timeoutMs = 8_000): Promise<void> {
    if (!this.isStarted) return;
    this.isStarted = false;
    await this.boss.stop({ graceful: true, timeout: timeoutMs });
  }

  private async work(job: JobDefinition<object>): Promise<void> {
    // A job that was asked for later is not notified when it falls due: by itself pg-boss would look for it every 30 s only.
    await this.boss.work<object>(job.name, { localConcurrency: job.width ?? 1, includeMetadata: true, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 }, async ([found]) => {
      if (found) await job.handle(found.data, { id: found.id, attempt: found.retryCount + 1 });
    });
    if (job.cron) await this.boss.schedule(job.name, job.cron, {}, { tz: 'UTC' });
  }
}
