import { isDatabaseAway, isWorthARetry, type InboxStore, type ReplaySelection, type StoredDelivery, type Transactions, type Tx } from '@orderwatch/db';
import type { Processed, Processor } from './processor.js';

export interface ReplayOutcome {
  readonly tried: number;
  /** Deliveries that told something new. */
  readonly wouldChange: number;
  /** Deliveries that are understood and told nothing new. */
  readonly alreadyApplied: number;
  readonly stillFail: number;
  /** Why they still fail, each reason once. */
  readonly causes: readonly string[];
}

/** Deliveries run one by one, in a transaction that must end well within a second: it holds the live feed back. */
const BATCH = 25;
const RETRIES = 5;

/** Runs dead letters, or a connection's raw deliveries, through today's code. A dry run does the same and takes it back. */
export class Replay {
  constructor(private readonly parts: { readonly transactions: Transactions; readonly inbox: InboxStore; readonly processor: Processor }) {}

  async run(selection: ReplaySelection, isDryRun: boolean, onProgress: (done: number, all: number) => void = () => undefined): Promise<ReplayOutcome> {
    const { transactions, inbox } = this.parts;
    const ids = await inbox.select(transactions, selection);
    const causes = new Set<string>();
    const sum = { tried: 0, wouldChange: 0, alreadyApplied: 0, stillFail: 0 };
    for (let from = 0; from < ids.length; from += BATCH) {
      const some = ids.slice(from, from + BATCH);
      const outcomes = await this.attempt(some, isDryRun);
      for (const outcome of outcomes) {
        sum.tried += 1;
        sum[outcome.kind] += 1;
        if (outcome.cause) causes.add(outcome.cause);
      }
      onProgress(Math.min(from + BATCH, ids.length), ids.length);
    }
    return { ...sum, causes: [...causes].sort() };
  }

  /** Several deliveries in one transaction take their locks in no order, so that one may lose to a processor: then all run again. */
  private async attempt(ids: readonly string[], isDryRun: boolean): Promise<Outcome[]> {
    const { transactions } = this.parts;
    for (let tries = 1; ; tries += 1) {
      try {
        return isDryRun ? await transactions.rehearse((tx) => this.batch(tx, ids)) : await transactions.run((tx) => this.batch(tx, ids));
      } catch (error) {
        if (!isWorthARetry(error) || tries === RETRIES) throw error;
      }
    }
  }

  private async batch(tx: Tx, ids: readonly string[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const deliveries = await this.parts.inbox.readSome(tx, ids);
    // One by one, so that each delivery's own effect is known.
    for (const delivery of deliveries) outcomes.push(await this.one(tx, delivery));
    return outcomes;
  }

  /** A delivery that the database refuses must not take the others back with it. */
  private async one(tx: Tx, delivery: StoredDelivery): Promise<Outcome> {
    await tx.query('savepoint one_delivery');
    try {
      const outcome = outcomeOf(await this.parts.processor.replay(tx, [delivery]));
      // Its writes may still be on their way: what one of them fails with belongs to this delivery, and goes back with it.
      await tx.settle();
      await tx.query('release savepoint one_delivery');
      return outcome;
    } catch (error) {
      if (isDatabaseAway(error) || isWorthARetry(error)) throw error;
      await tx.settle().catch(() => undefined);
      await tx.query('rollback to savepoint one_delivery');
      return { kind: 'stillFail', cause: 'processing_failed' };
    }
  }
}

interface Outcome {
  readonly kind: 'wouldChange' | 'alreadyApplied' | 'stillFail';
  readonly cause?: string | undefined;
}

function outcomeOf({ finished, written }: Processed): Outcome {
  const [one] = finished;
  if (one?.state === 'dead') return { kind: 'stillFail', cause: one.cause };
  return { kind: written.orders.size > 0 || written.waiting > 0 ? 'wouldChange' : 'alreadyApplied' };
}
