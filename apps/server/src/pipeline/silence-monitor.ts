import { writeChanges, type Clock, type FeedHealthStore, type Transactions, type Tx } from '@orderwatch/db';
import type { Log } from './log.js';

const EVERY_MS = 60_000;
/** There may be more to release. */
const AGAIN_MS = 250;

/** Looks each minute for feeds that fell silent, and for orders held by feeds that speak again. Silence is never health: it is recorded, shown, and holds the rules that depend on it. */
export class SilenceMonitor {
  constructor(private readonly parts: { readonly transactions: Transactions; readonly feeds: FeedHealthStore; readonly clock: Clock; readonly log: Log; readonly announce: (tx: Tx) => void }) {}

  async step(): Promise<number> {
    const { transactions, feeds, clock, log, announce } = this.parts;
    const now = clock.now();
    await transactions.run(async (tx) => {
      const silent = await feeds.findSilent(tx, now);
      if (silent.length === 0) return;
      log.warn({ connections: silent }, 'a feed fell silent');
      await writeChanges(tx, silent.map((connection) => ({ topic: 'health', entity: 'source', id: connection, version: Math.floor(now / 1000), changed: ['silence'], at: now })));
      announce(tx);
    });
    // A transaction of its own: the orders that were held may be many.
    const released = await transactions.run((tx) => feeds.releaseHeld(tx, now));
    return released > 0 ? AGAIN_MS : EVERY_MS;
  }
}
