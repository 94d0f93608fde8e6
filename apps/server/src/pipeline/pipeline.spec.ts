import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { event, openBench, signEvents, type Bench } from './testing/bench.js';

describe('a running pipeline', () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await openBench();
    bench.clock.at = Date.now();
    await bench.pipeline.start({ url: bench.db.url, worker: true });
  });
  afterAll(async () => {
    await bench.pipeline.stop();
    await bench.close();
  });

  /** Asks again until it is so; the test's own time limit is the only one. */
  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    while (!(await isSo().catch(() => false))) await new Promise((again) => setTimeout(again, 10));
  };
  const post = async (subject: string): Promise<number> => {
    const payload = JSON.stringify(event('order.placed', subject, {}));
    return (await bench.app.inject({ method: 'POST', url: '/webhooks/events', payload, headers: signEvents(payload, bench.clock.now()) })).statusCode;
  };
  const hasOrder = async (homeId: string): Promise<boolean> => (await bench.rows('select 1 from order_state where home_id = $1', [homeId])).length === 1;

  it('processes what is accepted without being asked', async () => {
    expect(await post('A1')).toBe(202);
    await until(() => hasOrder('A1'));
  });

  it('goes on after the database has thrown everybody out, the listener too', async () => {
    await bench.rows('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()').catch(() => undefined);
    await until(async () => (await post('A2')) === 202);
    await until(() => hasOrder('A2'));
    const listening = async (): Promise<boolean> => (await bench.rows("select 1 from pg_stat_activity where application_name = 'orderwatch listener' and datname = current_database()")).length === 1;
    await until(listening);
    // Written by another process: only its notice, or the look each second, can tell of it.
    await bench.db.transactions.query("insert into inbox (connection, body, body_bytes, body_hash) values ('events', 'x', 1, 'x')");
    await until(async () => (await bench.rows("select 1 from inbox where state = 'new'")).length === 0);
  });

  it('opens what falls due while it runs', async () => {
    await bench.rows('update order_due set due_at = $1', [new Date(bench.clock.now() - 1)]);
    await until(async () => (await bench.rows('select 1 from order_due where due_at <= $1', [new Date(bench.clock.now())])).length === 0);
  });
});
