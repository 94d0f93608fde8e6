import { isDatabaseAway } from '@orderwatch/db';
import type { Log } from './log.js';

/**
 * Runs a step again and again: at once when it was woken or when the step says there is more, else after a while.
 * A failing step is tried again later, a little slower each time; it never ends the loop.
 */
export class Loop {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isWoken = false;
  private isStopped = true;
  private failures = 0;

  constructor(
    private readonly name: string,
    /** Milliseconds until it wants to run again; 0 = at once. */
    private readonly step: () => Promise<number>,
    private readonly log: Log,
  ) {}

  start(): void {
    this.isStopped = false;
    this.wake();
  }

  wake(): void {
    if (this.isStopped) return;
    this.isWoken = true;
    if (this.running) return;
    clearTimeout(this.timer);
    this.running = this.run().finally(() => {
      this.running = undefined;
    });
  }

  /** Finishes the step it is in. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    let wait = 0;
    while (!this.isStopped && (this.isWoken || wait === 0)) {
      this.isWoken = false;
      wait = await this.once();
    }
    if (!this.isStopped) this.timer = setTimeout(() => this.wake(), wait);
  }

  private async once(): Promise<number> {
    try {
      const wait = await this.step();
      this.failures = 0;
      return wait;
    } catch (error) {
      this.failures += 1;
      this.log[isDatabaseAway(error) ? 'warn' : 'error']({ err: error, loop: this.name, failures: this.failures }, 'a step failed and will be tried again');
      return Math.min(1_000, 50 * 2 ** this.failures);
    }
  }
}
