import {
  describeError, isDatabaseAway, isOutOfTime, isWorthARetry, writeChanges,
  type Asked, type Clock, type Digest, type Finished, type Heartbeat, type InboxStore, type NewChange, type NewDelivery, type OrderWriter, type StoredDelivery, type Transactions, type Tx, type WriteResult,
} from '@orderwatch/db';
import type { FeedBeats } from './feed-beats.js';
import type { ConnectionRegistry } from './connection-registry.js';
import type { Log } from './log.js';
import { addressed, mapDelivery, understand, type Understood } from './understand.js';

export interface ProcessorParts {
  readonly transactions: Transactions;
  readonly inbox: InboxStore;
  readonly writer: OrderWriter;
  readonly feeds: FeedBeats;
  readonly registry: ConnectionRegistry;
  readonly clock: Clock;
  readonly log: Log;
  /** Called in every transaction that changes something people look at. */
  readonly announce: (tx: Tx) => void;
}

/** What became of a claim. */
interface Taken {
  readonly claimed: number;
  /** Of them, for the next batch: somebody else writes their orders. */
  readonly left: number;
}

/** What one transaction of the processor came to. */
export interface Processed {
  readonly deliveries: readonly StoredDelivery[];
  readonly finished: readonly Finished[];
  readonly written: WriteResult;
}

/** Most deliveries in one transaction: few enough to commit well under a second. */
export const BATCH = 200;
const IDLE_MS = 1_000;
const RETRIES = 5;

type Select = (tx: Tx) => Promise<StoredDelivery[]>;

/** Takes deliveries out of the inbox and makes orders of them. Any number may run at once. */
export class Processor {
  private readonly putOff = new PutOff();
  /** Of a batch that failed, while the one that does it is looked for: two who look for the same one take its parts from each other. */
  private readonly suspects = new Set<string>();

  constructor(private readonly parts: ProcessorParts) {}

  /** One batch. @returns milliseconds until it is worth looking again. */
  async step(): Promise<number> {
    const { inbox } = this.parts;
    const claimed: string[] = [];
    const { claimed: count, left } = await this.attempt(async (tx) => {
      const deliveries = await inbox.claim(tx, BATCH, [...this.putOff.current(), ...this.suspects]);
      claimed.splice(0, claimed.length, ...deliveries.map((d) => d.id));
      return deliveries;
    }, claimed, true);
    await this.parts.feeds.flush();
    return count === BATCH || left > 0 ? 0 : IDLE_MS;
  }

  /** Runs those deliveries, whatever their state, in the given transaction: for replays. */
  replay(tx: Tx, deliveries: readonly StoredDelivery[]): Promise<Processed> {
    return this.process(tx, deliveries, { isReplay: true });
  }

  /** Processes what the intake stores in the same transaction, when it can: first as far as no ids are needed, then those that are new. */
  digest(tx: Tx, deliveries: readonly NewDelivery[]): ReturnType<Digest> {
    const { registry, writer } = this.parts;
    const unknown = deliveries.find((d) => !registry.known(d.connection));
    // It may have been added a moment ago. Whose its numbers are cannot be asked any more, with orders locked; whoever takes it from the inbox can.
    if (unknown) throw new Error(`connection ${unknown.connection} is not known yet`);
    const mapped = new Map(deliveries.map((delivery) => {
      const result = mapDelivery(delivery, registry.known(delivery.connection)?.kind);
      return [delivery, { result, facts: addressed(delivery.connection, result) }];
    }));
    const asked = writer.askAtOnce(tx, [...mapped.values()].flatMap(({ facts }) => facts));
    return async (fresh) => {
      const understood = fresh.flatMap(({ delivery, stored }) => {
        const early = mapped.get(delivery);
        return early ? [understand(stored, early.result, early.facts)] : [];
      });
      return (await this.write(tx, understood, { asked })).finished;
    };
  }

  /** Reads the connections again when one is not known: it may have been added a moment ago. */
  private async know(deliveries: readonly StoredDelivery[]): Promise<void> {
    const { registry } = this.parts;
    if (deliveries.some((d) => !registry.known(d.connection))) await registry.refresh();
  }

  private understood(delivery: StoredDelivery): Understood {
    return understand(delivery, mapDelivery(delivery, this.parts.registry.known(delivery.connection)?.kind));
  }

  /** @param mayLeave the first try waits for nobody: deliveries whose orders others write are left for the next batch. */
  private async attempt(select: Select, ids: readonly string[], mayLeave = false): Promise<Taken> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.run(select, mayLeave && tries === 1);
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
  private async divide(ids: readonly string[], error: unknown): Promise<Taken> {
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) {
      // Out of time alone: the database may be slow, the delivery may be huge; neither makes it a dead letter.
      if (isOutOfTime(error)) this.putOff.add(only);
      else await this.bury(only, error);
      return { claimed: 1, left: 0 };
    }
    const middle = Math.ceil(ids.length / 2);
    const suspects = ids.filter((id) => !this.suspects.has(id));
    for (const id of suspects) this.suspects.add(id);
    let claimed = 0;
    try {
      for (const half of [ids.slice(0, middle), ids.slice(middle)]) claimed += (await this.attempt((tx) => this.parts.inbox.claimSome(tx, half), half)).claimed;
    } finally {
      for (const id of suspects) this.suspects.delete(id);
    }
    return { claimed, left: 0 };
  }

  private async bury(id: string, error: unknown): Promise<void> {
    const { transactions, inbox, announce } = this.parts;
    await transactions.run(async (tx) => {
      const [delivery] = await inbox.claimSome(tx, [id]);
      if (!delivery) return;
      await inbox.finish(tx, [{ id, state: 'dead', cause: 'processing_failed', detail: describeError(error) }]);
      await writeChanges(tx, [deadLetterChange(delivery, this.parts.clock.now())]);
      announce(tx);
    });
  }

  private run(select: Select, mayLeave: boolean): Promise<Taken> {
    return this.parts.transactions.run(async (tx) => {
      const deliveries = await select(tx);
      if (deliveries.length === 0) return { claimed: 0, left: 0 };
      const { finished } = await this.process(tx, deliveries, { mayLeave });
      return { claimed: deliveries.length, left: deliveries.length - finished.length };
    });
  }

  private async process(tx: Tx, deliveries: readonly StoredDelivery[], { isReplay = false, mayLeave = false }): Promise<Processed> {
    await this.know(deliveries);
    const understood = deliveries.map((d) => this.understood(d));
    const { free, asked } = mayLeave ? await this.parts.writer.askFree(tx, understood, ({ facts }) => facts) : { free: understood, asked: undefined };
    const { finished, written } = await this.write(tx, free, { isReplay, ...(asked ? { asked } : {}) });
    tx.defer(this.parts.inbox.finish(tx, finished));
    return { deliveries, finished, written };
  }

  /** Everything but the deliveries' own rows. */
  private async write(tx: Tx, understood: readonly Understood[], { isReplay = false, asked }: { readonly isReplay?: boolean; readonly asked?: Asked }): Promise<Omit<Processed, 'deliveries'>> {
    const { writer, feeds, clock, announce } = this.parts;
    const now = decidedAt(understood, clock.now());
    const written = await writer.write(tx, {
      facts: understood.flatMap((u) => u.facts), customers: understood.flatMap((u) => u.customers), now, cause: { actor: isReplay ? 'replay' : 'system' }, isReplay, ...(asked ? { asked } : {}),
    });
    const finished = finish(understood, written);
    tx.defer(writeChanges(tx, deadLetterChanges(understood, finished, now)));
    if (!isReplay) tx.onCommit(() => feeds.note(beatsOf(understood)));
    announce(tx);
    return { finished, written };
  }
}

/** Further than this the clocks of an installation's processes do not disagree, unless one of them jumped. In milliseconds. */
const CLOCKS_AGREE_MS = 1000;

/** A decision is never older than what it was made from: who looks back would see a case opened by news that had not come yet. */
function decidedAt(understood: readonly Understood[], now: number): number {
  return understood.reduce((at, { delivery: { receivedAt } }) => (receivedAt > at && receivedAt - now <= CLOCKS_AGREE_MS ? receivedAt : at), now);
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
