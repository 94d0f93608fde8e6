import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identity, isSameProcess } from './liveness.mjs';

/** Who holds the lock now: `{holder, state}`, or null. A holder that is gone holds nothing. */
export function holderOf(file) {
  try {
    const [holder, state] = readFileSync(file, 'utf8').split('\n');
    return holder && isSameProcess(holder) ? { holder, state } : null;
  } catch {
    return null;
  }
}

/** One attempt. The file appears with its content in one step (a hard link), so nobody ever reads half of it. */
export function tryLock(file, state = 'running') {
  const me = identity(process.pid);
  const mine = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(mine, `${me}\n${state}\n`);
  try {
    if (!holderOf(file)) {
      // Only the file of a dead holder is moved away; when another starter was faster, its file is put back.
      const old = `${mine}.old`;
      try {
        renameSync(file, old);
        if (holderOf(old)) linkSync(old, file);
        rmSync(old, { force: true });
      } catch (error) {
        if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
      }
    }
    linkSync(mine, file);
  } catch (error) {
    if (error.code === 'EEXIST') return null;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
  return {
    mark(next) {
      writeFileSync(mine, `${me}\n${next}\n`);
      renameSync(mine, file);
    },
    release() {
      if (holderOf(file)?.holder === me) rmSync(file, { force: true });
    },
  };
}

/** Waits for the lock, runs the work, lets go. */
export async function withLock(file, onWait, work) {
  let lock = tryLock(file);
  if (!lock) onWait();
  while (!lock) {
    await sleep(200);
    lock = tryLock(file);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
