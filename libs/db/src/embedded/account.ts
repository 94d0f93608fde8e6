import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** The account PostgreSQL runs under. It refuses to run as root, so root lends it another one. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const lookUp = (name: string): Account | null => {
  const ask = (flag: string): number => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : Number.NaN;
  };
  const account = { uid: ask('-u'), gid: ask('-g') };
  return Number.isInteger(account.uid) && Number.isInteger(account.gid) ? account : null;
};

/** Null: we are an ordinary user, and PostgreSQL runs as us. A cluster that exists keeps the account that owns it. */
export function accountFor(cluster: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (!account) throw new Error('PostgreSQL cannot run as root, and there is neither a user "postgres" nor "nobody" to run it as.');
  return account;
}

/** Asked of the system itself, since modes, groups, access lists and mounts all have a say. */
export function canEnter(folder: string, account: Account): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$1" && test -r "$1/."', 'sh', folder], { ...account, cwd: '/' }).status === 0;
}
