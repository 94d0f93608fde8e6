import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource, runMigrations, Transactions } from '@orderwatch/db';
import { startThrowaway } from '@orderwatch/db/embedded';
import { event, SECRETS, signEvents } from './testing/bench.js';
import { buildServer, freePort, runCli, ServerProcess } from './testing/server-process.js';

const ROUNDS = 3;
const PER_ROUND = 300;
const SENDERS = 12;

describe('a server that is killed', () => {
  let stopDatabase: () => Promise<void>;
  let transactions: Transactions;
  let env: NodeJS.ProcessEnv;
  let server: ServerProcess;

  beforeAll(async () => {
    await buildServer();
    const embedded = await startThrowaway({ durable: true });
    stopDatabase = () => embedded.stop();
    await runMigrations(embedded.url);
    transactions = new Transactions(await createDataSource(embedded.url));
    env = {
      ...process.env, PORT: String(await freePort()), DATABASE_URL: embedded.url, ORDERWATCH_SECRET: 'a master secret of a test', ORDERWATCH_EVENTS_SECRET: SECRETS.events, ORDERWATCH_DEMO: '0', NODE_ENV: 'production', ORDERWATCH_LOG_LEVEL: 'warn',
    };
    server = new ServerProcess(env);
  }, 120_000);
  afterAll(async () => {
    await server.end('SIGKILL');
    await transactions.close();
    await stopDatabase();
  });

  const send = async (body: string): Promise<boolean> => {
    const response = await fetch(`http://127.0.0.1:${env['PORT']}/webhooks/events`, { method: 'POST', body, headers: { 'content-type': 'application/cloudevents+json', ...signEvents(body, Date.now()) } }).catch(() => undefined);
    return response?.status === 202 && (await response.json().then((a: unknown) => a !== null, () => false));
  };

  /** Sends until the server is killed under it; tells which were confirmed. */
  const stream = async (round: number, confirmed: string[], killAfter: number): Promise<void> => {
    const waiting = Array.from({ length: PER_ROUND }, (_, i) => event('order.placed', `${round}-${i % 60}`, { name: `#${i}` }, { id: `${round}-${i}`, time: new Date(Date.now() - i * 1000).toISOString() }));
    let killed: Promise<unknown> | undefined;
    await Promise.all(Array.from({ length: SENDERS }, async () => {
      for (let next = waiting.shift(); next && !killed; next = waiting.shift()) {
        if (await send(JSON.stringify(next))) confirmed.push(String(next['id']));
        if (confirmed.length >= killAfter) killed ??= server.end('SIGKILL');
      }
    }));
    await killed;
  };

  it('has lost nothing that it confirmed, and is as its events say', async () => {
    const confirmed: string[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      await server.start();
      await stream(round, confirmed, confirmed.length + 80 * round);
    }
    expect(confirmed.length).toBeGreaterThanOrEqual(80 * ROUNDS);
    await server.start();
    const left = async (): Promise<number> => (await transactions.query<{ n: number }>("select count(*)::int as n from inbox where state = 'new'"))[0]?.n ?? -1;
    while ((await left()) > 0) await new Promise((again) => setTimeout(again, 50));
    const stored = await transactions.query<{ done: number; facts: number; dead: number }>(
      "select (select count(*)::int from inbox where state = 'done') as done, (select count(*)::int from order_event) as facts, (select count(*)::int from inbox where state = 'dead') as dead");
    expect(stored[0]?.facts).toBe(stored[0]?.done);
    expect(stored[0]?.dead).toBe(0);
    const key = (id: string): Buffer => createHash('sha256').update(createHash('sha256').update(JSON.stringify(['test', id])).digest('hex')).digest();
    const kept = await transactions.query<{ n: number }>("select count(*)::int as n from delivery_key d join inbox i on i.id = d.inbox_id and i.state = 'done' where d.key = any($1::bytea[])", [confirmed.map(key)]);
    expect(kept[0]?.n).toBe(new Set(confirmed).size);
    const verified = await runCli(['verify', '--json'], env);
    expect([verified.code, JSON.parse(verified.stdout)]).toEqual([0, expect.objectContaining({ mismatches: 0, events: stored[0]?.facts })]);
    expect(await server.end('SIGTERM')).toBe(0);
  }, 180_000);
});
