import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export const root = resolve(import.meta.dirname, '../../../..');
const guard = join(root, 'tools/lib/with-parent.mjs');

export interface Running {
  readonly child: ChildProcess;
  /** What it has printed so far, for the message of a failure. */
  readonly output: () => string;
  stop: () => Promise<void>;
}

/** Starts one of our built programs, bound to this process: it ends when this one does. */
export const run = (args: readonly string[], env: NodeJS.ProcessEnv): Running => {
  const child = spawn(process.execPath, ['--import', guard, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let text = '';
  const take = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-20_000);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  return {
    child,
    output: () => text,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
};

/** Waits until something becomes true; fails with the last words of the program it waits for. */
export const until = async <T>(what: string, look: () => Promise<T | undefined | false>, patience = 60_000, words: () => string = () => ''): Promise<T> => {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}\n${words()}`);
    await wait(25);
  }
};
