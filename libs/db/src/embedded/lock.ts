import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, identity, isSameProcess } from './liveness.js';

const isHeld = (file: string): boolean => {
  try {
    return isSameProcess(readFileSync(file, 'utf8').trim());
  } catch {
    return false;
  }
};

/** Moves the file of a dead holder away; when another starter was faster and it is a living one's, puts it back. */
function clearDead(file: string, aside: string): void {
  try {
    renameSync(file, aside);
    if (isHeld(aside)) linkSync(aside, file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** The file appears with its content in one step (a hard link), so nobody ever reads half of it. */
function tryLock(file: string): boolean {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, `${identity(process.pid) ?? process.pid}\n`);
  try {
    if (!isHeld(file)) clearDead(file, `${mine}.old`);
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

let queue: Promise<unknown> = Promise.resolve();

/** One process at a time starts or stops a cluster; within a process, one caller at a time. */
export function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const turn = queue.then(async () => {
    while (!tryLock(file)) await sleep(50);
    try {
      return await work();
    } finally {
      rmSync(file, { force: true });
    }
  });
  queue = turn.catch(() => undefined);
  return turn;
}
