import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { createLogger } from '../telemetry/logger.js';
import { Jobs } from './jobs.js';

describe('background jobs', () => {
  let db: TestDatabase;
  let worker: Jobs;
  let api: Jobs;
  const ran: { data: object; attempt: number }[] = [];
  let wake: () => void = () => undefined;
  const logger = createLogger({ level: 'silent', role: 'test', secrets: [] });

  const define = (jobs: Jobs): void => {
    jobs.define<{ n: number }>({
      name: 'count', retries: 2,
      handle: async (data, { attempt }) => {
        ran.push({ data, attempt });
        wake();
        if (data.n < 0 && attempt === 1) throw new Error('the first time fails');
      },
    });
  };
  const until = async (n: number): Promise<void> => {
    while (ran.length < n) await new Promise<void>((resolve) => (wake = resolve));
  };

  beforeAll(async () => {
    db = await createTestDatabase();
    worker = new Jobs({ url: db.url, logger, isWorker: true });
    api = new Jobs({ url: db.url, logger, isWorker: false });
    define(worker);
    define(api);
    await Promise.all([worker.start(), api.start()]);
  });
  afterAll(async () => {
    await Promise.all([api.stop(), worker.stop()]);
    await db.drop();
  });

  it('exist exactly when the transaction that asked for them was committed', async () => {
    const broken = db.transactions.run(async (tx) => {
      await api.enqueue(tx, 'count', { n: 1 });
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    await db.transactions.run((tx) => api.enqueue(tx, 'count', { n: 2 }));
    await until(1);
    expect(ran).toEqual([{ data: { n: 2 }, attempt: 1 }]);
    expect(await db.transactions.query('select 1 from pgboss.job where name = $1', ['count'])).toHaveLength(1);
  });

  it('are tried again when they fail', async () => {
    ran.length = 0;
    await api.enqueue(db.transactions, 'count', { n: -1 });
    await until(2);
    expect(ran.map((r) => r.attempt)).toEqual([1, 2]);
  });

  it('must be defined, and before the start', async () => {
    await expect(api.enqueue(db.transactions, 'unheard of', {})).rejects.toThrow('no job');
    expect(() => api.define({ name: 'late', handle: async () => undefined })).toThrow('after the start');
  });
});
