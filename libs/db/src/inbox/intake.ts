import { isDatabaseAway, isOutOfTime, isWorthARetry } from '../database-errors.js';
import type { Sealer } from '../sealing.js';
import type { Transactions, Tx } from '../transactions.js';
import type { Accepted, Finished, NewDelivery, StoredDelivery } from './delivery.js';
import { type ClaimedDelivery, claimKeys, inRounds, insertInRounds, keyTexts, sealBodies, storeClaimed } from './insert-deliveries.js';

/** Not known to be stored; the sender must try again later. `slow`: it may be stored yet, and the repeat is then a duplicate. */
export class CannotStore extends Error {
  constructor(readonly reason: 'database_away' | 'queue_full' | 'stopping' | 'slow') {
    super(`cannot store now: ${reason}`);
  }
}

interface Waiting {
  readonly deliveries: readonly NewDelivery[];
  readonly keys: readonly string[];
  readonly bytes: number;
  resolve(accepted: Accepted[]): void;
  reject(error: unknown): void;
}

/**
 * Makes orders of deliveries in the transaction that stores them: begins in the moment in which their keys are asked for, and goes on
 * with those that are new. Throws when it cannot; the transaction is then given up, and the deliveries are stored alone, for the processor.
 */
export type Digest = (tx: Tx, deliveries: readonly NewDelivery[]) => (fresh: readonly FreshDelivery[]) => Promise<readonly Finished[]>;

/** A delivery that is new, as it came and as it will be read back. */
export interface FreshDelivery {
  readonly delivery: NewDelivery;
  readonly stored: StoredDelivery;
}

export interface IntakeOptions {
  /** Called after a commit that stored something which is still to be processed. */
  readonly onStored?: () => void;
  /** None: deliveries are stored only. */
  readonly digest?: Digest;
  /** Told why a batch could not be processed where it was stored. */
  readonly onUndigested?: (error: unknown, deliveries: number) => void;
}

interface Stored {
  readonly accepted: Accepted[];
  /** Something waits to be processed. */
  readonly isLeft: boolean;
}

const IN_FLIGHT = 2;
const BATCH_ROWS = 200;
/** Of the crowd, after each batch: some thirty batches, well under a second of them, forget all but one in twenty. */
const REMEMBERED = 0.9;
/** Longest that an idle intake waits for those whom it has just answered: less than a batch costs, whatever is in it. Milliseconds. */
const HOLD_MS = 1;
const BATCH_BYTES = 8 << 20;
const MAX_WAITING = 5_000;
const RETRIES = 5;
const MAX_WAITING_BYTES = 256 << 20;

/**
 * Group commit: whoever is alone is written at once. Where many call, two batches are under way, each with half of them; the first
 * to come after an answer would else be a batch of its own, at the price of a full one, while all others wait for it.
 * A caller is answered only after its own rows are committed.
 */
export class Intake {
  private readonly queue: Waiting[] = [];
  private waitingRows = 0;
  private waitingBytes = 0;
  private inFlight = 0;
  private rowsInFlight = 0;
  /** Most rows that were here at once, waiting or in flight; forgotten batch by batch. */
  private crowd = 0;
  private hold: NodeJS.Timeout | undefined;
  private isStopping = false;
  private idle: (() => void)[] = [];

  constructor(
    private readonly transactions: Transactions,
    private readonly sealer: Sealer,
    private readonly options: IntakeOptions = {},
  ) {}

  /** Rows that wait for the database. */
  get backlog(): number {
    return this.waitingRows;
  }

  accept(deliveries: readonly NewDelivery[]): Promise<Accepted[]> {
    const bytes = deliveries.reduce((sum, d) => sum + d.body.length, 0);
    if (this.isStopping) return Promise.reject(new CannotStore('stopping'));
    const isFull = this.waitingRows + deliveries.length > MAX_WAITING || this.waitingBytes + bytes > MAX_WAITING_BYTES;
    if (isFull && this.waitingRows > 0) return Promise.reject(new CannotStore('queue_full'));
    if (deliveries.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const keys = deliveries.flatMap(keyTexts);
      this.queue.push({ deliveries, keys, bytes, resolve, reject });
      this.waitingRows += deliveries.length;
      this.waitingBytes += bytes;
      this.pump();
    });
  }

  /** Takes nothing new and resolves when everything taken is committed or refused. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.pump();
    if (this.queue.length > 0 || this.inFlight > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private pump(isHeldLongEnough = false): void {
    this.crowd = Math.max(this.crowd, this.waitingRows + this.rowsInFlight);
    while (this.queue.length > 0 && this.inFlight < IN_FLIGHT && (this.isEnough || (isHeldLongEnough && this.inFlight === 0))) this.begin();
    if (this.queue.length > 0 && this.inFlight === 0) this.hold ??= setTimeout(() => this.endHold(), HOLD_MS);
    if (this.queue.length === 0 && this.inFlight === 0) for (const resolve of this.idle.splice(0)) resolve();
  }

  /** Whoever is answered mostly sends again: half of those who were here of late make a batch, the other half the one beside it. */
  private get isEnough(): boolean {
    return this.isStopping || this.waitingRows >= Math.min(BATCH_ROWS, this.crowd / 2);
  }

  private endHold(): void {
    this.hold = undefined;
    this.pump(true);
  }

  private begin(): void {
    clearTimeout(this.hold);
    this.hold = undefined;
    const batch = this.takeBatch();
    const rows = batch.reduce((sum, { deliveries }) => sum + deliveries.length, 0);
    this.inFlight += 1;
    this.rowsInFlight += rows;
    this.crowd *= REMEMBERED;
    void this.flush(batch).finally(() => {
      this.inFlight -= 1;
      this.rowsInFlight -= rows;
      this.pump();
    });
  }

  /** Callers up to the size limits; a key may stand in a batch only once, so a repeat waits for the next. */
  private takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    const keys = new Set<string>();
    let rows = 0;
    let bytes = 0;
    for (let next = this.queue[0]; next; next = this.queue[0]) {
      const isTooMuch = rows + next.deliveries.length > BATCH_ROWS || bytes + next.bytes > BATCH_BYTES;
      if (batch.length > 0 && (isTooMuch || next.keys.some((key) => keys.has(key)))) break;
      for (const key of next.keys) keys.add(key);
      rows += next.deliveries.length;
      bytes += next.bytes;
      batch.push(next);
      this.queue.shift();
    }
    this.waitingRows -= rows;
    this.waitingBytes -= bytes;
    return batch;
  }

  private async flush(batch: readonly Waiting[]): Promise<void> {
    try {
      const { accepted, isLeft } = await this.write(batch.flatMap((w) => w.deliveries));
      let from = 0;
      for (const waiting of batch) {
        waiting.resolve(accepted.slice(from, from + waiting.deliveries.length));
        from += waiting.deliveries.length;
      }
      if (isLeft) this.options.onStored?.();
    } catch (error) {
      if (isDatabaseAway(error)) for (const waiting of batch) waiting.reject(new CannotStore('database_away'));
      else if (batch.length > 1) for (const waiting of batch) await this.flush([waiting]);
      else batch[0]?.reject(error);
    }
  }

  private async write(deliveries: readonly NewDelivery[]): Promise<Stored> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.store(deliveries);
      } catch (error) {
        if (!isWorthARetry(error) || tries > RETRIES) throw error;
      }
    }
  }

  /** Acceptance does not depend on understanding: what cannot be folded is stored alone. */
  private async store(deliveries: readonly NewDelivery[]): Promise<Stored> {
    const { digest, onUndigested } = this.options;
    // More than a batch comes from one caller only; it would keep the others waiting.
    if (digest && deliveries.length <= BATCH_ROWS) {
      try {
        return { accepted: await this.storeDigested(deliveries, digest), isLeft: false };
      } catch (error) {
        if (isDatabaseAway(error) && !isOutOfTime(error)) throw error;
        onUndigested?.(error, deliveries.length);
      }
    }
    const accepted = await insertInRounds(this.transactions, this.sealer, deliveries);
    return { accepted, isLeft: accepted.some((a) => a.outcome === 'stored') };
  }

  /** Keys, orders and rows in one transaction; all of it or nothing. */
  private storeDigested(deliveries: readonly NewDelivery[], digest: Digest): Promise<Accepted[]> {
    // Done while the database is asked what is known of them.
    const sealing = sealBodies(this.sealer, deliveries);
    return this.transactions.run(async (tx) => {
      tx.defer(tx.prepared(`set local lock_timeout = ${LOCK_MS}`));
      const claimed: ClaimedDelivery[] = [];
      const claiming = inRounds(deliveries, async (round) => {
        const some = await claimKeys(tx, round);
        claimed.push(...some);
        return some.map(({ outcome, id }): Accepted => ({ outcome, id: outcome === 'stored' ? id : null }));
      });
      claiming.catch(() => undefined);
      // What is asked now is asked after the keys, in the same round.
      const goOn = digest(tx, deliveries.filter((d) => !d.dead));
      const accepted = await claiming;
      const fresh = claimed.filter((c) => c.outcome === 'stored' && !c.delivery.dead);
      const finished = fresh.length > 0 ? await goOn(fresh.map((c) => ({ delivery: c.delivery, stored: readAtTheDoor(c) }))) : [];
      tx.defer(storeClaimed(tx, await sealing, claimed, new Map(finished.map((f) => [f.id, f]))));
      return accepted;
    });
  }
}

/** Longest that acceptance waits for somebody who holds one of its orders (an import, a replay), milliseconds. */
const LOCK_MS = 250;

function readAtTheDoor({ delivery, id, receivedAt }: ClaimedDelivery): StoredDelivery {
  const { connection, topic, headers, body, knownAt = null, origin = 'live' } = delivery;
  return { id, receivedAt, connection, topic, headers, body, knownAt, origin, attempts: 0, state: 'new' };
}
