import { isDatabaseAway, isWorthARetry } from '../database-errors.js';
import type { Sealer } from '../sealing.js';
import type { Transactions } from '../transactions.js';
import type { Accepted, NewDelivery } from './delivery.js';
import { deliveryKeys, insertInRounds } from './insert-deliveries.js';

/** Nothing was stored; the sender must try again later. */
export class CannotStore extends Error {
  constructor(readonly reason: 'database_away' | 'queue_full' | 'stopping') {
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

const IN_FLIGHT = 2;
const BATCH_ROWS = 200;
const BATCH_BYTES = 8 << 20;
const MAX_WAITING = 5_000;
const RETRIES = 5;
const MAX_WAITING_BYTES = 256 << 20;

/**
 * Group commit without a timer: an idle intake writes at once, a busy one writes all that came meanwhile in one statement.
 * A caller is answered only after its own rows are committed.
 */
export class Intake {
  private readonly queue: Waiting[] = [];
  private waitingRows = 0;
  private waitingBytes = 0;
  private inFlight = 0;
  private isStopping = false;
  private idle: (() => void)[] = [];

  constructor(
    private readonly transactions: Transactions,
    private readonly sealer: Sealer,
    /** Called after a commit that stored something to process. */
    private readonly onStored: () => void = () => undefined,
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
      const keys = deliveries.flatMap((d) => deliveryKeys(d).map((key) => `${d.connection}\0${key.toString('base64')}`));
      this.queue.push({ deliveries, keys, bytes, resolve, reject });
      this.waitingRows += deliveries.length;
      this.waitingBytes += bytes;
      this.pump();
    });
  }

  /** Takes nothing new and resolves when everything taken is committed or refused. */
  async stop(): Promise<void> {
    this.isStopping = true;
    if (this.queue.length > 0 || this.inFlight > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private pump(): void {
    while (this.inFlight < IN_FLIGHT && this.queue.length > 0) {
      const batch = this.takeBatch();
      this.inFlight += 1;
      void this.flush(batch).finally(() => {
        this.inFlight -= 1;
        this.pump();
      });
    }
    if (this.inFlight === 0 && this.queue.length === 0) for (const resolve of this.idle.splice(0)) resolve();
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
      const accepted = await this.write(batch.flatMap((w) => w.deliveries));
      let from = 0;
      for (const waiting of batch) {
        waiting.resolve(accepted.slice(from, from + waiting.deliveries.length));
        from += waiting.deliveries.length;
      }
      if (accepted.some((a) => a.outcome === 'stored')) this.onStored();
    } catch (error) {
      if (isDatabaseAway(error)) for (const waiting of batch) waiting.reject(new CannotStore('database_away'));
      else if (batch.length > 1) for (const waiting of batch) await this.flush([waiting]);
      else batch[0]?.reject(error);
    }
  }

  private async write(deliveries: readonly NewDelivery[]): Promise<Accepted[]> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await insertInRounds(this.transactions, this.sealer, deliveries);
      } catch (error) {
        if (!isWorthARetry(error) || tries > RETRIES) throw error;
      }
    }
  }
}
