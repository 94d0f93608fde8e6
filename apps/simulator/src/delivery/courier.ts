import type { Outgoing } from './outgoing.js';
import { signed, type Secrets } from './sign.js';

/** Something that can be told what goes on; the process's own output in practice. */
export type Say = (line: string) => void;

export interface CourierSettings {
  /** Where Orderwatch listens. */
  readonly url: string;
  readonly secrets: Secrets;
  readonly say: Say;
  readonly now?: () => number;
}

/** What came of one attempt; `away` = nobody listens there at all. */
type Answer = { readonly status: number; readonly retryAfter: number | undefined } | 'timeout' | 'away';

/** How a delivery ended. */
export interface Receipt {
  readonly connection: string;
  readonly topic: string | undefined;
  readonly status: number;
  readonly attempts: number;
}

interface Job {
  readonly outgoing: Outgoing;
  attempts: number;
  at: number;
  readonly done: ((receipt: Receipt) => void) | undefined;
}

/** Shopify gives up after eight retries; EasyPost and the feed go on for about a day. */
const ATTEMPTS: Readonly<Record<Outgoing['connection'], number>> = { shopify: 9, easypost: 30, events: 30 };
const AT_ONCE = 6;
const TIMEOUT = 5_000;
const MAX_WAITING = 20_000;

/**
 * Carries deliveries to Orderwatch as the vendors do: concurrently, retried with growing pauses, signed at each attempt.
 * While nobody listens it knocks now and then and counts no attempt, so that a restart of the server loses nothing.
 */
export class Courier {
  private readonly waiting: Job[] = [];
  private readonly settings: CourierSettings;
  private readonly now: () => number;
  private readonly underWay = new Set<Job>();
  private timer: NodeJS.Timeout | undefined;
  private awaySince: number | undefined;
  private knockAt = 0;
  private isStopped = false;

  constructor(settings: CourierSettings) {
    this.settings = settings;
    this.now = settings.now ?? Date.now;
  }

  /** Hands a delivery over; it leaves at `at`. The promise ends when it was answered for good or given up. */
  send(outgoing: Outgoing, at = this.now()): Promise<Receipt> {
    return new Promise((done) => {
      if (this.waiting.length >= MAX_WAITING || this.settings.secrets[outgoing.connection] === undefined) {
        return done({ connection: outgoing.connection, topic: outgoing.topic, status: 0, attempts: 0 });
      }
      this.waiting.push({ outgoing, attempts: 0, at, done });
      this.work();
    });
  }

  /** How many deliveries are not answered yet. */
  get backlog(): number {
    return this.waiting.length + this.underWay.size;
  }

  /** What still waits for an answer, to be taken up by the next run. */
  unanswered(): Outgoing[] {
    return [...this.underWay, ...this.waiting].map((job) => job.outgoing);
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private work(): void {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    const now = this.now();
    if (this.awaySince !== undefined && now < this.knockAt) return this.wakeAt(this.knockAt);
    const limit = this.awaySince === undefined ? AT_ONCE : 1;
    while (this.underWay.size < limit) {
      const index = this.waiting.findIndex((job) => job.at <= now);
      const job = index < 0 ? undefined : this.waiting.splice(index, 1)[0];
      if (!job) break;
      this.underWay.add(job);
      void this.carry(job).finally(() => {
        this.underWay.delete(job);
        this.work();
      });
    }
    if (this.underWay.size < limit && this.waiting.length > 0) this.wakeAt(this.waiting.reduce((least, job) => Math.min(least, job.at), Infinity));
  }

  private wakeAt(at: number): void {
    this.timer = setTimeout(() => this.work(), Math.max(10, at - this.now()));
  }

  private async carry(job: Job): Promise<void> {
    const answer = await this.attempt(job.outgoing);
    if (answer === 'away') {
      this.awaySince ??= this.now();
      this.knockAt = this.now() + Math.min(5_000, 500 + (this.now() - this.awaySince) / 4);
      this.waiting.unshift(job);
      return;
    }
    if (this.awaySince !== undefined) this.settings.say('Orderwatch answers again');
    this.awaySince = undefined;
    job.attempts += 1;
    const status = answer === 'timeout' ? 0 : answer.status;
    const { connection, topic, id } = job.outgoing;
    const isDone = status >= 200 && status < 300;
    if (!isDone && job.attempts < ATTEMPTS[connection]) {
      const pause = answer === 'timeout' || answer.retryAfter === undefined ? Math.min(60_000, 500 * 2 ** job.attempts) : answer.retryAfter * 1000;
      job.at = this.now() + pause;
      this.waiting.push(job);
      if (job.attempts === 1) this.settings.say(`${connection} ${topic ?? ''} ${id}: answered ${status || 'nothing in time'}, will try again`);
      return;
    }
    if (!isDone) this.settings.say(`${connection} ${topic ?? ''} ${id}: given up after ${job.attempts} attempts (${status})`);
    job.done?.({ connection, topic, status, attempts: job.attempts });
  }

  private async attempt(outgoing: Outgoing): Promise<Answer> {
    const secret = this.settings.secrets[outgoing.connection] ?? '';
    const { path, headers } = signed(outgoing, secret, this.now());
    try {
      const response = await fetch(new URL(path, this.settings.url), {
        method: 'POST', headers, body: outgoing.body, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT),
      });
      await response.arrayBuffer();
      const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
      return { status: response.status, retryAfter: Number.isFinite(retryAfter) ? Math.min(retryAfter, 60) : undefined };
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'away';
    }
  }
}
