import { dueOrders, isDatabaseAway, isOutOfTime, isWorthARetry, nextDue, postpone, tryLockOrders, type Clock, type DueOrder, type OrderWriter, type Transactions, type Tx } from '@orderwatch/db';
import type { Log } from './log.js';

export interface DeadlineParts {
  readonly transactions: Transactions;
  readonly writer: OrderWriter;
  readonly clock: Clock;
  readonly log: Log;
  readonly announce: (tx: Tx) => void;
}

const BATCH = 500;
const LONGEST_SLEEP_MS = 1_000;
/** An order that cannot be assessed is left alone that long. */
const PENALTY_MS = 3_600_000;

/** How many were due, and how many of them were assessed here. */
export interface DueRun {
  readonly found: number;
  readonly done: number;
}

/** Finds, by index, orders for which something opens with time alone, and assesses them again. Any number may run at once. */
export class Deadlines {
  /** How many at once: fewer after a run that took too long. */
  private size = BATCH;

  constructor(private readonly parts: DeadlineParts) {}

  /** @returns milliseconds until the next look. */
  async step(): Promise<number> {
    const { size } = this;
    const { found, done } = await this.runDue(this.parts.clock.now());
    if (found === size && done > 0) return 0;
    return this.untilNext();
  }

  /** Assesses what is due by then. `asOfDue`: each order at its own due instant, for playing a past through. */
  async runDue(now: number, asOfDue = false): Promise<DueRun> {
    const { transactions, log } = this.parts;
    try {
      const run = await transactions.run(async (tx) => this.assess(tx, await dueOrders(tx, now, this.size), now, asOfDue));
      this.size = Math.min(BATCH, this.size * 2);
      return run;
    } catch (error) {
      if (isOutOfTime(error) && this.size > 1) {
        this.size = Math.ceil(this.size / 2);
        throw error;
      }
      if (isToComeAgain(error)) throw error;
      log.error({ err: error }, 'assessing what fell due failed; one order at a time');
      return this.oneByOne(now, asOfDue);
    }
  }

  /** Orders that somebody else writes right now are left: whoever writes them assesses them. */
  private async assess(tx: Tx, due: readonly DueOrder[], now: number, asOfDue: boolean): Promise<DueRun> {
    const mine = await tryLockOrders(tx, due.map((order) => order.orderId));
    if (mine.length === 0) return { found: due.length, done: 0 };
    const dueAt = new Map(due.map((order) => [order.orderId, order.dueAt]));
    const written = await this.parts.writer.write(tx, { orders: mine, now: asOfDue ? (orderId) => dueAt.get(orderId) ?? now : now, cause: { actor: 'system' } });
    if (written.orders.size > 0) this.parts.announce(tx);
    return { found: due.length, done: mine.length };
  }

  private async oneByOne(now: number, asOfDue: boolean): Promise<DueRun> {
    const { transactions, log } = this.parts;
    const due = await dueOrders(transactions, now, this.size);
    for (const order of due) {
      try {
        await transactions.run((tx) => this.assess(tx, [order], now, asOfDue));
      } catch (error) {
        // Who lost a race is due as before, and found again by the next look.
        if (isToComeAgain(error)) throw error;
        log.error({ err: error, orderId: order.orderId }, 'an order cannot be assessed');
        await postpone(transactions, order.orderId, now + PENALTY_MS);
      }
    }
    return { found: due.length, done: due.length };
  }

  private async untilNext(): Promise<number> {
    const at = await nextDue(this.parts.transactions);
    return at === null ? LONGEST_SLEEP_MS : Math.max(5, Math.min(LONGEST_SLEEP_MS, at - this.parts.clock.now()));
  }
}

/** It is not about the orders: the same will do later. One order alone that takes too long is. */
function isToComeAgain(error: unknown): boolean {
  return isWorthARetry(error) || (isDatabaseAway(error) && !isOutOfTime(error));
}
