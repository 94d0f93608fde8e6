import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { LoadOptions, LoadResult } from './load.js';
import { type Usage, usageOf } from './usage.js';

/** A generator that runs in a process of its own, so that its work is not in the latencies it measures. */
export class LoadProcess {
  private constructor(private readonly child: ChildProcess) {}

  /** With one helper thread, as our server has: four that collect garbage would take the cores from what is measured. */
  static start(): LoadProcess {
    return new LoadProcess(fork(join(import.meta.dirname, '../dist/load-main.js'), { execArgv: ['--v8-pool-size=1'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  }

  run(options: LoadOptions): Promise<LoadResult> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`the load generator ended with ${code}`));
      child.once('exit', ended);
      child.once('message', (message) => {
        child.off('exit', ended);
        const { result, error } = message as { result?: LoadResult; error?: string };
        if (result) resolve(result);
        else reject(new Error(error));
      });
      child.send(options);
    });
  }

  usage(): Usage {
    return usageOf(this.child.pid);
  }

  end(): void {
    this.child.kill('SIGKILL');
  }
}
