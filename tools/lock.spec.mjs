import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { identity, isSameProcess } from './lib/liveness.mjs';
import { holderOf, tryLock } from './lib/lock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'orderwatch-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a lock', () => {
  it('is held by one, and free again after its release', () => {
    const file = join(folder, 'a');
    const lock = tryLock(file);
    expect(lock).not.toBeNull();
    expect(tryLock(file)).toBeNull();
    lock.release();
    expect(tryLock(file)).not.toBeNull();
  });

  it('tells what its holder is doing', () => {
    const file = join(folder, 'b');
    const lock = tryLock(file);
    expect(holderOf(file)?.state).toBe('running');
    lock.mark('stopping');
    expect(holderOf(file)).toEqual({ holder: identity(process.pid), state: 'stopping' });
  });

  it('of a holder that is gone is no lock', async () => {
    const file = join(folder, 'c');
    const child = spawn('sleep', ['600']);
    const known = identity(child.pid);
    writeFileSync(file, `${known}\nrunning\n`);
    expect(tryLock(file)).toBeNull();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(tryLock(file)).not.toBeNull();
  });

  it('of a process whose number is another one now is no lock either', () => {
    const file = join(folder, 'd');
    const earlier = `${process.pid}@1`;
    expect(isSameProcess(earlier)).toBe(false);
    writeFileSync(file, `${earlier}\nrunning\n`);
    expect(tryLock(file)).not.toBeNull();
  });
});
