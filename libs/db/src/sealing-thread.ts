import type { KeyObject } from 'node:crypto';
import { extname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { describeError } from './database-errors.js';
import { pack, unpack, type SealingJob, type SealingResult, type SealingThreadData } from './body-sealing.js';

/** Of the thread's young generation, megabytes: bodies lie outside of it, and one as large as the process's would be room that nobody uses. */
const YOUNG_MB = 4;

interface Waiting {
  resolve(result: { readonly bodies: Buffer[]; readonly failures: SealingResult['failures'] }): void;
  reject(error: unknown): void;
}

/**
 * Seals and opens the bodies of a batch beside the thread that folds: an eighth of what an event costs that one, which is where the
 * rate of a process ends. Started when it is first asked; it holds the process while somebody waits for it.
 */
export class SealingThread {
  private worker: Worker | undefined;
  /** In the order in which they asked, which is that of the answers. */
  private readonly waiting: Waiting[] = [];
  /** Why it cannot be had at all: it ended before it had done anything, and would do so again with every batch. */
  private broken: unknown;

  constructor(private readonly key: KeyObject) {}

  /** @throws when the thread died; the caller has the bodies still. */
  run(work: SealingJob['work'], bodies: readonly Buffer[], sizes?: SealingJob['sizes']): Promise<{ readonly bodies: Buffer[]; readonly failures: SealingResult['failures'] }> {
    if (this.broken !== undefined) return Promise.reject(this.broken as Error);
    const job: SealingJob = { work, ...pack(bodies), ...(sizes ? { sizes } : {}) };
    return new Promise((resolve, reject) => {
      const worker = (this.worker ??= this.start());
      this.waiting.push({ resolve, reject });
      worker.ref();
      worker.postMessage(job, [job.bytes.buffer]);
    });
  }

  private start(): Worker {
    const data: SealingThreadData = { sealingKey: this.key };
    // Read when a heap is made: ours was. Its own `resourceLimits` are not heeded where the process was started with the flag.
    setFlagsFromString(`--max-semi-space-size=${YOUNG_MB}`);
    const worker = new Worker(new URL(`./body-sealing${extname(import.meta.url)}`, import.meta.url), { workerData: data, name: 'sealing' });
    let hasWorked = false;
    worker.on('message', (result: SealingResult) => {
      hasWorked = true;
      this.waiting.shift()?.resolve({ bodies: unpack(result), failures: result.failures });
      if (this.waiting.length === 0) worker.unref();
    });
    const gone = (error: unknown): void => {
      if (this.worker !== worker) return;
      this.worker = undefined;
      if (!hasWorked) this.broken = error;
      process.emitWarning(`The thread that seals bodies ended; ${hasWorked ? 'another one is started' : 'they are sealed without one'}.`, { detail: describeError(error) });
      for (const { reject } of this.waiting.splice(0)) reject(error);
    };
    worker.on('error', gone).on('exit', (code) => gone(new Error(`the sealing thread ended with ${code}`)));
    // After the listeners: each of them would hold the process.
    worker.unref();
    return worker;
  }
}
