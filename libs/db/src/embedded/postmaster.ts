import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, isAlive } from './liveness.js';

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return existsSync('/proc/self') ? '' : spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout;
  }
}

export function isPostmasterOf(pid: number, cluster: string): boolean {
  const command = commandOf(pid);
  return command.includes('postgres') && command.includes(cluster);
}

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
};

async function isGoneWithin(pid: number, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Fast shutdown; when that takes too long, immediate: nothing that was committed is lost either way. */
export async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  if (!isPostmasterOf(pid, cluster)) return;
  const ways: readonly (readonly [NodeJS.Signals, number])[] = [['SIGINT', 6_000], ['SIGQUIT', 2_000], ['SIGKILL', 2_000]];
  for (const [name, limitMs] of ways) {
    signal(pid, name);
    if (await isGoneWithin(pid, limitMs)) return;
  }
  throw new Error(`The database in ${cluster} (process ${pid}) does not end`);
}
