import { isDatabaseAway, writeChanges, type Clock, type FeedHealthStore, type Heartbeat, type Transactions } from '@orderwatch/db';
import type { Log } from './log.js';

const EVERY_MS = 1_000;
/** More than that is summed up elsewhere anyway: the figures of an hour keep two hundred lags. */
const MOST = 50_000;

/**
 * Notes that feeds speak, in transactions of its own: the row of a feed is one for all its deliveries, and every batch that
 * touched it would wait for the batch before. A crash loses at most a second of these figures, and no delivery.
 */
export class FeedBeats {
  private beats: Heartbeat[] = [];
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;
  private lastFlush = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly feeds: FeedHealthStore,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  note(beats: readonly Heartbeat[]): void {
    if (beats.length === 0) return;
    if (this.beats.length < MOST) this.beats.push(...beats);
    this.timer ??= setTimeout(() => void this.write(), Math.max(0, this.lastFlush + EVERY_MS - performance.now()));
    this.timer.unref();
  }

  /** Writes what was noted, unless that was done within the last second. */
  async flush(): Promise<void> {
    if (performance.now() - this.lastFlush >= EVERY_MS) await this.write();
  }

  /** Writes what was noted. */
  async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.flushing;
    const beats = this.beats;
    if (beats.length === 0) return;
    this.beats = [];
    this.lastFlush = performance.now();
    this.flushing = this.store(beats).catch((error: unknown) => {
      this.log[isDatabaseAway(error) ? 'warn' : 'error']({ err: error }, 'the health of feeds could not be noted and will be with the next delivery');
      this.beats = [...beats, ...this.beats].slice(-MOST);
    });
    await this.flushing;
  }

  private async store(beats: readonly Heartbeat[]): Promise<void> {
    const now = this.clock.now();
    await this.transactions.run(async (tx) => {
      const heardAgain = await this.feeds.note(tx, beats);
      if (heardAgain.length === 0) return;
      await this.feeds.releaseHeld(tx, now);
      await writeChanges(tx, heardAgain.map((connection) => ({ topic: 'health', entity: 'source', id: connection, version: Math.floor(now / 1000), changed: ['silence'], at: now })));
    });
  }
}
