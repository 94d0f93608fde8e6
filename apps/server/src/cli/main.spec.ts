import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { event } from '../pipeline/testing/bench.js';
import { buildServer, runCli, startCli } from '../pipeline/testing/server-process.js';

describe('the command line', () => {
  let db: TestDatabase;
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    await buildServer();
    db = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'orderwatch-cli-'));
    env = { ...process.env, DATABASE_URL: db.url, ORDERWATCH_SECRET: 'a master secret of a test', ORDERWATCH_DATA_DIR: folder, ORDERWATCH_DEMO: '0', ORDERWATCH_CONNECTION_SECRET: 'the-secret-of-a-helpdesk' };
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await db.drop();
  });

  const run = (...args: string[]) => runCli(args, env);
  const json = async (...args: string[]) => {
    const { code, stdout } = await run(...args, '--json');
    return { code, answer: JSON.parse(stdout) as Record<string, unknown> };
  };
  const file = (name: string, lines: readonly unknown[], pack = (text: string): Buffer => Buffer.from(text)): string => {
    const path = join(folder, name);
    writeFileSync(path, pack(`${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`));
    return path;
  };
  const placed = event('order.placed', 'A1', { name: '#1', promisedBy: '2026-01-07' }, { receivedat: '2026-01-06T00:00:00Z' });

  it('imports what is valid, names what is not, and says so by its exit code', async () => {
    const good = file('good.jsonl.gz', [placed, event('shipment.in_transit', 'A1', { shipmentId: 'S1' }), placed], (text) => gzipSync(text));
    expect(await json('import', good)).toEqual({ code: 0, answer: { read: 3, accepted: 2, duplicates: 1, rejected: [] } });
    const bad = file('bad.jsonl', ['{"no":', { ...placed, receivedat: '2026-01-05T09:00:00Z' }, { ...placed, data: { name: '#other' } }, { ...placed, id: 'x', receivedat: 'never' }]);
    const { code, answer } = await json('import', bad);
    expect(code).toBe(1);
    expect(answer).toMatchObject({ read: 4, accepted: 0, duplicates: 1, rejected: [{ line: 1 }, { line: 3 }, { line: 4 }] });
  });

  it('knows the earliest time at which something was known', async () => {
    const known = async (at: string) => (await json('rehearse', '--as-of', at, '--basis', 'received')).answer['orders'];
    // Known since the 5th at nine, by the second telling; promised for the 7th, so missed from the 8th on.
    expect(await db.transactions.query("select received_at from order_event where type = 'order.placed'")).toEqual([{ received_at: new Date('2026-01-05T09:00:00Z') }]);
    expect([await known('2026-01-07T12:00:00Z'), await known('2026-01-08T00:00:00Z')]).toEqual([0, 1]);
  });

  it('rehearses and verifies', async () => {
    const { answer } = await json('rehearse', '--from', '2026-01-01T00:00:00Z', '--to', '2026-02-01T00:00:00Z');
    expect(answer).toMatchObject({ raised: { no_movement: 1, promise_missed: 1 } });
    expect(answer['spans']).toContainEqual({ rule: 'promise_missed', order: 'A1', shipment: null, from: '2026-01-08T00:00:00.000Z', until: null });
    expect(await json('verify')).toEqual({ code: 0, answer: { orders: 1, events: 2, mismatches: 0, digest: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    await db.transactions.query("update order_state set state = replace(state, '#1', '#2')");
    expect(await json('verify')).toMatchObject({ code: 1, answer: { mismatches: 1 } });
  });

  it('adds users, tokens and connections, once each', async () => {
    expect(await json('user', 'add', '--email', 'a@example.com', '--role', 'agent')).toMatchObject({ code: 0, answer: { email: 'a@example.com', password: expect.any(String) } });
    expect((await run('user', 'add', '--email', 'A@example.com', '--role', 'agent')).code).toBe(1);
    expect(await json('token', 'add', '--name', 'bot', '--scope', 'read')).toMatchObject({ code: 0, answer: { token: expect.stringMatching(/^owt_/) } });
    expect(await json('connection', 'add', '--name', 'shop-two', '--kind', 'shopify')).toMatchObject({ code: 0, answer: { endpoint: expect.stringContaining('/webhooks/shop-two'), secret: expect.any(String) } });
    expect((await run('connection', 'add', '--name', 'shop-two', '--kind', 'shopify')).code).toBe(1);
    expect((await run('connection', 'list')).stdout).toContain('shop-two');
    const helpdesk = ['connection', 'add', '--name', 'desk', '--kind', 'zendesk', '--account', 'a@example.com'];
    expect((await run(...helpdesk, '--site', 'x.evil.test/')).code).toBe(2);
    expect(await json(...helpdesk, '--site', 'shop')).toMatchObject({ code: 0, answer: { baseUrl: 'https://shop.zendesk.com' } });
    expect((await run(...helpdesk, '--site', 'shop')).code).toBe(1);
    expect((await run('connection', 'list')).stdout).toMatch(/desk .*zendesk/);
  });

  it('records who may do what from now on', async () => {
    expect(await db.transactions.query('select actor, action from audit order by id')).toEqual([
      { actor: 'operator', action: 'user.add' }, { actor: 'operator', action: 'token.add' }, { actor: 'operator', action: 'connection.add' }, { actor: 'operator', action: 'connection.add' },
    ]);
  });

  it('takes the database it started with it when it is told to end', async () => {
    const dataDir = join(folder, 'own');
    const { DATABASE_URL: _, ...own } = env;
    const child = startCli(['import', '-'], { ...own, ORDERWATCH_DATA_DIR: dataDir });
    const users = join(dataDir, 'postgres.users');
    while (!existsSync(users) || readdirSync(users).length === 0) await new Promise((again) => setTimeout(again, 25));
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(143);
    expect(existsSync(join(dataDir, 'postgres/PG_VERSION'))).toBe(true);
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
  });

  it('says what is wrong in words', async () => {
    const broken = file('broken.jsonl.gz', ['no gzip at all']);
    expect(await run('import', broken)).toEqual({ code: 1, stdout: '', stderr: 'The file cannot be inflated: incorrect header check\n' });
    const away = await runCli(['verify', '--json'], { ...env, DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/none' });
    expect(away).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^The database cannot be reached: .*ECONNREFUSED.*\n$/) });
  });

  it.each([[[]], [['nothing']], [['verify', 'twice']], [['user', 'add', 'me']], [['import', '.']], [['import']], [['import', '/nowhere.jsonl']], [['rehearse', '--as-of', 'yesterday']], [['rehearse', '--from', '2026-01-01']], [['verify', '--what']], [['replay']], [['user', 'add', '--email', 'x', '--role', 'agent']], [['token', 'add', '--name', 'n', '--scope', 'all']]])(
    'ends with 2 for wrong usage: %p', async (args) => {
      expect((await run(...args)).code).toBe(2);
    });
});
