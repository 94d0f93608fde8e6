import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { holderOf, tryLock } from './lock.mjs';
import { dataDir } from './paths.mjs';
import { PlainError, say } from './say.mjs';

const LIMIT_MS = 15_000;

/** One `npm start` per data dir. One that is just stopping is waited for; one that runs is named. */
export async function takeStartLock() {
  const file = join(dataDir, 'start.lock');
  const deadline = Date.now() + LIMIT_MS;
  let isWaiting = false;
  for (;;) {
    const lock = tryLock(file);
    if (lock) return lock;
    const other = holderOf(file);
    if (other?.state === 'running' || Date.now() > deadline) {
      throw new PlainError(`Orderwatch runs already on ${dataDir} (process ${Number.parseInt(other?.holder ?? '', 10)}).\nStop it first, or name another data folder: ORDERWATCH_DATA_DIR=.orderwatch-2 PORT=3001 npm start`);
    }
    if (!isWaiting) say('The Orderwatch before this one is still stopping; waiting for it …');
    isWaiting = true;
    await sleep(100);
  }
}
