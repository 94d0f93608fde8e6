import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, accountFor, canEnter } from './account.js';
import { SYSTEM_FOLDER, binaries } from './binaries.js';

export interface Place {
  /** The data directory proper. */
  readonly cluster: string;
  readonly account: Account | null;
  readonly bin: string;
}

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

/**
 * A cluster outside belongs to the data dir that links to it. When somebody deletes that data dir, they mean its
 * database too: what is left of it would be unreachable, and is removed when the same data dir is made anew.
 */
function makeOutside(dataDir: string, bin: string): string {
  const owner = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 12);
  mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  chmodSync(SYSTEM_FOLDER, 0o755);
  for (const name of readdirSync(SYSTEM_FOLDER)) {
    if (!name.startsWith(`${owner}-`)) continue;
    const orphan = join(SYSTEM_FOLDER, name);
    stopOrphan(bin, join(orphan, 'postgres'));
    rmSync(orphan, { recursive: true, force: true });
  }
  const home = join(SYSTEM_FOLDER, `${owner}-${randomBytes(4).toString('hex')}`);
  mkdirSync(home, { mode: 0o755 });
  chmodSync(home, 0o755);
  return join(home, 'postgres');
}

function stopOrphan(bin: string, cluster: string): void {
  if (!existsSync(join(cluster, 'postmaster.pid'))) return;
  spawnSync(join(bin, 'pg_ctl'), ['stop', '-D', cluster, '-m', 'immediate', '-w'], { ...accountFor(cluster), cwd: '/' });
}

/** Where the cluster of a data dir lies and who runs it. `<data dir>/postgres` leads there in every case. */
export function placeFor(dataDir: string): Place {
  const link = join(dataDir, 'postgres');
  const known = existsSync(link) ? realpathSync(link) : link;
  const account = accountFor(known);
  const bin = binaries(account);
  if (existsSync(known)) {
    if (account && !canEnter(known, account)) {
      throw new Error(`The database in ${known} belongs to the user with the id ${account.uid}, who cannot enter that folder. Move it where that user can, or name another ORDERWATCH_DATA_DIR.`);
    }
    return { cluster: known, account, bin };
  }
  if (isLink(link)) rmSync(link);
  if (!account || canEnter(dataDir, account)) return { cluster: link, account, bin };
  const cluster = makeOutside(dataDir, bin);
  symlinkSync(cluster, link);
  return { cluster, account, bin };
}
