import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freePort, logOf, readPostmaster, spawnPostmaster } from './cluster.js';
import { identity, isAlive } from './liveness.js';
import { placeFor } from './place.js';
import { stopPostmaster } from './postmaster.js';
import { startEmbedded } from './start-embedded.js';

const makeFolder = (mode: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'orderwatch-embedded-'));
  chmodSync(folder, mode);
  return folder;
};

const dataDir = makeFolder(0o755);
const cluster = join(dataDir, 'postgres');
const pidFile = join(cluster, 'postmaster.pid');

const ask = async <T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
};

/** What a `kill -9` of everything at once leaves behind: the pid file of a server that is gone. */
async function crash(pid: number): Promise<string> {
  const left = readFileSync(pidFile, 'utf8');
  process.kill(pid, 'SIGKILL');
  while (isAlive(pid)) await new Promise(setImmediate);
  return left;
}

beforeAll(async () => {
  const first = await startEmbedded({ dataDir });
  await ask(first.url, 'create table kept (n int)');
  await first.stop();
});

afterAll(async () => {
  const left = readPostmaster(cluster);
  if (left) await stopPostmaster(left.pid, cluster);
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('is durable, in UTC and UTF-8, and listens on the loopback address alone', async () => {
    const server = await startEmbedded({ dataDir });
    const [row] = await ask(
      server.url,
      `select current_setting('fsync') fsync, current_setting('synchronous_commit') sync, current_setting('full_page_writes') pages,
              current_setting('TimeZone') zone, current_setting('server_encoding') encoding, current_setting('listen_addresses') listens,
              lower('É') lower`,
    );
    await server.stop();
    expect(row).toEqual({ fsync: 'on', sync: 'on', pages: 'on', zone: 'UTC', encoding: 'UTF8', listens: '127.0.0.1', lower: 'é' });
  });

  it('keeps its password where only its owner can read it, and refuses another', async () => {
    const server = await startEmbedded({ dataDir });
    expect(statSync(join(cluster, 'orderwatch-password')).mode & 0o777).toBe(0o600);
    await expect(ask(server.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/);
    await server.stop();
  });

  it('leaves nothing running after the stop', async () => {
    const server = await startEmbedded({ dataDir });
    expect(isAlive(server.pid)).toBe(true);
    await server.stop();
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    expect(existsSync(pidFile)).toBe(false);
  });

  it('starts again after it was killed, with all that was committed', async () => {
    const server = await startEmbedded({ dataDir });
    await ask(server.url, 'insert into kept values (1)');
    await crash(server.pid);
    await server.stop();
    const next = await startEmbedded({ dataDir });
    expect(await ask(next.url, 'select n from kept')).toEqual([{ n: 1 }]);
    await next.stop();
  });

  it('is not fooled by a pid file whose number is another program now', async () => {
    const server = await startEmbedded({ dataDir });
    const left = await crash(server.pid);
    await server.stop();
    const stranger: ChildProcess = spawn('sleep', ['600']);
    writeFileSync(pidFile, left.replace(/^\d+/, String(stranger.pid)));
    const next = await startEmbedded({ dataDir });
    expect(await ask(next.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
    await next.stop();
    stranger.kill();
    await once(stranger, 'exit');
  });

  it('waits until a server that was killed is buried: until then PostgreSQL takes it for a running one', async () => {
    const server = await startEmbedded({ dataDir });
    const left = await crash(server.pid);
    await server.stop();
    // As the account that PostgreSQL runs under: of others it expects nothing. A parent that stands still buries nobody.
    const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; wait'], { ...placeFor(dataDir).account, cwd: '/' });
    const dead = Number(((await once(parent.stdout, 'data')) as [Buffer])[0]);
    parent.kill('SIGSTOP');
    process.kill(dead, 'SIGKILL');
    while (isAlive(dead)) await new Promise(setImmediate);
    writeFileSync(pidFile, left.replace(/^\d+/, String(dead)));
    const refused = (): number => readFileSync(logOf(cluster), 'utf8').split('lock file "postmaster.pid" already exists').length;
    const before = refused();
    const starting = startEmbedded({ dataDir });
    while (refused() === before) await new Promise(setImmediate);
    parent.kill('SIGCONT');
    const next = await starting;
    expect(await ask(next.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await next.stop();
  });

  it('takes over a server that was left running, and stops it in the end', async () => {
    const left = spawnPostmaster(placeFor(dataDir), await freePort(), {});
    while (!readPostmaster(cluster)?.isReady) await new Promise(setImmediate);
    const server = await startEmbedded({ dataDir });
    expect({ pid: server.pid, owned: server.owned }).toEqual({ pid: left.pid, owned: true });
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  it('joins one that another process uses, and leaves it running unless it is the main one', async () => {
    const first = await startEmbedded({ dataDir });
    const other: ChildProcess = spawn('sleep', ['600']);
    writeFileSync(join(dataDir, 'postgres.users', String(other.pid)), identity(other.pid ?? 0) ?? '');
    const guest = await startEmbedded({ dataDir });
    expect({ pid: guest.pid, owned: guest.owned }).toEqual({ pid: first.pid, owned: false });
    await guest.stop();
    expect(isAlive(first.pid)).toBe(true);
    const main = await startEmbedded({ dataDir, main: true });
    await main.stop();
    expect(isAlive(first.pid)).toBe(false);
    await first.stop();
    other.kill();
    await once(other, 'exit');
  });

  it('is started once by two who start at the same time', async () => {
    const [one, two] = await Promise.all([startEmbedded({ dataDir }), startEmbedded({ dataDir })]);
    expect(one.pid).toBe(two.pid);
    await one.stop();
    expect(isAlive(two.pid)).toBe(true);
    await two.stop();
    expect(isAlive(two.pid)).toBe(false);
  });

  it('makes nothing half: an interrupted first start is begun anew', async () => {
    const other = makeFolder(0o755);
    writeFileSync(join(other, 'postgres.new'), 'left by a crash');
    const server = await startEmbedded({ dataDir: other });
    expect(await ask(server.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await server.stop();
    rmSync(other, { recursive: true, force: true });
  });

  it('works in a folder that nobody but its owner can enter, also for root', async () => {
    const closed = makeFolder(0o700);
    const server = await startEmbedded({ dataDir: closed });
    expect(await ask(server.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await server.stop();
    const place = realpathSync(join(closed, 'postgres'));
    expect(place.startsWith('/var/lib/orderwatch/')).toBe(process.getuid?.() === 0);
    rmSync(dirname(place), { recursive: true });
    rmSync(closed, { recursive: true, force: true });
  });
});
