import {
  describeError, isDatabaseAway, isOutOfTime, isWorthARetry, writeChanges,
  type Clock, type Finished, type Heartbeat, type InboxStore, type NewChange, type OrderWriter, type StoredDelivery, type Transactions, type Tx, type WriteResult,
} from '@orderwatch/db';
import type { FeedBeats } from './feed-beats.js';
import type { ConnectionRegistry } from './connection-registry.js';
import type { Log } from './log.js';
import { understand, type Understood } from './understand.js';

export interface ProcessorParts {
  readonly transactions: Transactions;
  readonly inbox: InboxStore;
  readonly writer: OrderWriter;
  readonly feeds: FeedBeats;
  readonly registry: ConnectionRegistry;
  readonly clock: Clock;
  readonly log: Log;
  /** Called after a commit that changed something people look at. */
  readonly onCommitted: () => void;
}

/** What one transaction of the processor came to. */
export interface Processed {
  readonly deliveries: readonly StoredDelivery[];
  readonly finished: readonly Finished[];
  readonly written: WriteResult;
}

/** Most deliveries in one transaction: few enough to commit well under a second. */
export const BATCH = 500;
const IDLE_MS = 1_000;
const RETRIES = 5;

type Select = (tx: Tx) => Promise<StoredDelivery[]>;

/** Takes deliveries out of the inbox and makes orders of them. Any number may run at once. */
export class Processor {
  private readonly putOff = new PutOff();

  constructor(private readonly parts: ProcessorParts) {}

  /** One batch. @returns milliseconds until it is worth looking again. */
  async step(): Promise<number> {
    const { inbox } = this.parts;
    const claimed: string[] = [];
    const count = await this.attempt(async (tx) => {
      const deliveries = await inbox.claim(tx, BATCH, this.putOff.current());
      claimed.splice(0, claimed.length, ...deliveries.map((d) => d.id));
      return deliveries;
    }, claimed);
    await this.parts.feeds.flush();
    return count === BATCH ? 0 : IDLE_MS;
  }

  /** Runs those deliveries, whatever their state, in the given transaction: for replays. */
  replay(tx: Tx, deliveries: readonly StoredDelivery[]): Promise<Processed> {
    return this.process(tx, deliveries, true);
  }

  /** Processes what the intake stores in the same transaction, when it can. */
  digest(tx: Tx, deliveries: readonly StoredDelivery[]): Promise<readonly Finished[]> {
    return this.write(tx, deliveries, false).then(({ finished }) => finished);
  }

  private async attempt(select: Select, ids: readonly string[]): Promise<number> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.run(select);
      } catch (error) {
        if (isOutOfTime(error) && ids.length > 0) return this.divide([...ids], error);
        if (isDatabaseAway(error) || ids.length === 0) throw error;
        if (isWorthARetry(error) && tries < RETRIES) continue;
        this.parts.log.warn({ err: error, deliveries: ids.length }, 'a batch failed; looking for the delivery that does it');
        return this.divide([...ids], error);
      }
    }
  }

  /** Halves the batch until the one that cannot be processed stands alone. */
  private async divide(ids: readonly string[], error: unknown): Promise<number> {
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) {
      // Out of time alone: the database may be slow, the delivery may be huge; neither makes it a dead letter.
      if (isOutOfTime(error)) this.putOff.add(only);
      else await this.bury(only, error);
      return 1;
    }
    const middle = Math.ceil(ids.length / 2);
    let count = 0;
    for (const half of [ids.slice(0, middle), ids.slice(middle)]) count += await this.attempt((tx) => this.parts.inbox.claimSome(tx, half), half);
    return count;
  }

  private async bury(id: string, error: unknown): Promise<void> {
    const { transactions, inbox, onCommitted } = this.parts;
    await transactions.run(async (tx) => {
      const [delivery] = await inbox.claimSome(tx, [id]);
      if (!delivery) return;
      await inbox.finish(tx, [{ id, state: 'dead', cause: 'processing_failed', detail: describeError(error) }]);
      await writeChanges(tx, [deadLetterChange(delivery, this.parts.clock.now())]);
      tx.onCommit(onCommitted);
    });
  }

  private run(select: Select): Promise<number> {
    return this.parts.transactions.run(async (tx) => {
      const deliveries = await select(tx);
      if (deliveries.length > 0) await this.process(tx, deliveries, false);
      return deliveries.length;
    });
  }

  private async process(tx: Tx, deliveries: readonly StoredDelivery[], isReplay: boolean): Promise<Processed> {
    const { finished, written } = await this.write(tx, deliveries, isReplay);
    tx.defer(this.parts.inbox.finish(tx, finished));
    return { deliveries, finished, written };
  }

  /** Everything but the deliveries' own rows. */
  private async write(tx: Tx, deliveries: readonly StoredDelivery[], isReplay: boolean): Promise<Omit<Processed, 'deliveries'>> {
    const { registry, writer, feeds, clock, onCommitted } = this.parts;
    if (deliveries.some((d) => !registry.known(d.connection))) await registry.refresh();
    const understood = deliveries.map((d) => understand(d, registry.known(d.connection)?.kind));
    const now = clock.now();
    const written = await writer.write(tx, {
      facts: understood.flatMap((u) => u.facts), customers: understood.flatMap((u) => u.customers), now, cause: { actor: isReplay ? 'replay' : 'system' }, isReplay,
    });
    const finished = finish(understood, written);
    tx.defer(writeChanges(tx, deadLetterChanges(understood, finished, now)));
    tx.onCommit(() => {
      if (!isReplay) feeds.note(beatsOf(understood));
      onCommitted();
    });
    return { finished, written };
  }
}

/** Deliveries that came by themselves; what was fetched or replayed tells nothing of the feed's health. */
function beatsOf(understood: readonly Understood[]): Heartbeat[] {
  return understood.filter((u) => u.delivery.origin === 'live').map((u) => ({ connection: u.delivery.connection, receivedAt: u.delivery.receivedAt, occurredAt: u.occurredAt }));
}

const PUT_OFF_MS = 60_000;

/** Deliveries that are left alone for a while, so that they do not stand in the way of the others. A restart forgets them, and tries them again. */
class PutOff {
  private readonly until = new Map<string, number>();

  add(id: string): void {
    this.until.set(id, performance.now() + PUT_OFF_MS);
  }

  current(): string[] {
    const now = performance.now();
    for (const [id, until] of this.until) if (until <= now) this.until.delete(id);
    return [...this.until.keys()];
  }
}

/** A delivery whose fact used an id that was taken by another content is a dead letter; its other facts stand. */
function finish(understood: readonly Understood[], written: WriteResult): Finished[] {
  const reused = new Map(written.reused.flatMap((r) => (r.inboxId === null ? [] : [[r.inboxId, r.factId]])));
  return understood.map(({ finished }) => {
    const factId = reused.get(finished.id);
    if (factId === undefined) return finished;
    return { id: finished.id, state: 'dead', cause: 'id_reused', detail: `It tells something else under an id that was used before (fact ${factId.slice(0, 12)}); the first telling stands.` };
  });
}

function deadLetterChange(delivery: StoredDelivery, now: number): NewChange {
  return { topic: 'health', entity: 'dead_letter', id: delivery.connection, version: Number(BigInt(delivery.id) % 2_000_000_000n), at: now };
}

/** One per connection whose dead letters became more or fewer. */
function deadLetterChanges(understood: readonly Understood[], finished: readonly Finished[], now: number): NewChange[] {
  const changes = new Map<string, NewChange>();
  for (const [i, { delivery }] of understood.entries()) {
    const isDead = finished[i]?.state === 'dead';
    if (isDead || delivery.state === 'dead' || finished[i]?.state === 'not_used') changes.set(delivery.connection, deadLetterChange(delivery, now));
  }
  return [...changes.values()];
}
