import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Account } from './account.js';
import type { Place } from './place.js';

const MAJOR = '18';
export const USER = 'orderwatch';
const PASSWORD_FILE = 'orderwatch-password';
const LOG_LIMIT = 10 * 1024 * 1024;

export const passwordOf = (cluster: string): string => readFileSync(join(cluster, PASSWORD_FILE), 'utf8').trim();
export const logOf = (cluster: string): string => join(cluster, 'server.log');

function writePrivate(file: string, text: string, account: Account | null): void {
  writeFileSync(file, text, { mode: 0o600 });
  if (account) chownSync(file, account.uid, account.gid);
}

/** initdb works in a folder beside and a rename publishes it, so that an interrupted first start leaves nothing half-made. */
export function createCluster({ cluster, account, bin }: Place, { sync }: { sync: boolean }): void {
  const draft = `${cluster}.new`;
  const password = randomBytes(24).toString('base64url');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  if (account) chownSync(draft, account.uid, account.gid);
  const handover = `${draft}.password`;
  writePrivate(handover, password, account);
  try {
    const { status, stderr } = spawnSync(
      join(bin, 'initdb'),
      // Code-point order as in C, but with case mapping for every alphabet; the same on every machine.
      ['-D', draft, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${handover}`, '-E', 'UTF8', '--locale=C',
        '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions', ...(sync ? [] : ['--no-sync'])],
      { ...account, cwd: '/', encoding: 'utf8', env: { PATH: process.env['PATH'], LC_ALL: 'C' } },
    );
    if (status !== 0) throw new Error(`The database could not be created in ${cluster}:\n${stderr}`);
  } finally {
    rmSync(handover, { force: true });
  }
  writePrivate(join(draft, PASSWORD_FILE), `${password}\n`, account);
  renameSync(draft, cluster);
}

export function checkVersion(cluster: string): void {
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR) throw new Error(`The database in ${cluster} was made by PostgreSQL ${version}; this Orderwatch brings ${MAJOR}. Carry it over with pg_upgrade, or move it away to begin anew.`);
}

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** What a running (or crashed) postmaster says about itself in its pid file. */
export function readPostmaster(cluster: string): Postmaster | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' } : null;
  } catch {
    return null;
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });

/** Durability (fsync, synchronous_commit, full_page_writes) is left at PostgreSQL's own defaults: all on. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '256MB',
  max_connections: '100',
  max_wal_size: '2GB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
};

/** In a session of its own: a Ctrl-C at the terminal is meant for us, and we stop the database when we are done with it. */
export function spawnPostmaster({ cluster, account, bin }: Place, port: number, settings: Readonly<Record<string, string>>): Promise<Error | null> & { pid: number | undefined } {
  const log = logOf(cluster);
  const isLong = existsSync(log) && statSync(log).size > LOG_LIMIT;
  const output = openSync(log, isLong ? 'w' : 'a', 0o600);
  const options = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(bin, 'postgres'), ['-D', cluster, '-p', String(port), ...options], {
    ...account,
    cwd: '/',
    detached: true,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  child.unref();
  const ended = new Promise<Error | null>((resolve) => {
    child.on('error', resolve);
    child.on('exit', () => resolve(null));
  });
  return Object.assign(ended, { pid: child.pid });
}
