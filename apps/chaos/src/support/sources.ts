import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Transactions } from '@orderwatch/db';
import { type Call, corpus, HttpSocket, type Message, Outcomes, signedRequest } from '@orderwatch/rig';

export interface SourcesOptions {
  readonly seed: string;
  /** The connections take turns with them. */
  readonly ports: readonly number[];
  readonly connections: number;
  /** Pause of a connection after an answer, milliseconds: with it the load stays far below what the server can do. */
  readonly pause: number;
  /** Which answers beside 2xx a source may get. */
  readonly isAllowed?: (call: Call) => boolean;
}

/** Every second event is about one of few orders, the others about orders that are mostly new. */
const KNOWN_ORDERS = 201;
const FRESH_ORDERS = 1_000_003;
const BYTES = 700;
/** Of a source that hears nothing. */
const PATIENCE_MS = 30_000;
const AGAIN_MS = 25;

/**
 * Sources as they are: what was answered 2xx is never sent again; everything else is, unchanged, until it is. So at the end the
 * server must hold exactly what was sent, and an answer that was not kept shows.
 */
export class Sources {
  readonly outcomes: Outcomes;
  private readonly messageOf: (n: number) => Message;
  private readonly again: number[] = [];
  private next = 0;
  private isStopping = false;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: SourcesOptions) {
    const of = (orders: number): ((n: number) => Message) => corpus({ kind: 'movements', seed: options.seed, orders, bytes: BYTES, from: Date.now() - 86_400_000 });
    const [known, fresh] = [of(KNOWN_ORDERS), of(FRESH_ORDERS)];
    this.messageOf = (n) => (n % 2 === 0 ? known(n) : fresh(n));
    this.outcomes = new Outcomes(options.isAllowed);
  }

  /** How many different events were sent. */
  get sent(): number {
    return this.next;
  }

  start(): void {
    this.running = Promise.all(Array.from({ length: this.options.connections }, (_, i) => this.send(this.options.ports[i % this.options.ports.length] ?? 0)));
  }

  /** Sends nothing new; resolves when everything sent was answered 2xx. */
  async settle(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  /** Resolves when that many more were answered 2xx. */
  async moreAccepted(count: number): Promise<void> {
    const wanted = this.accepted + count;
    while (this.accepted < wanted) await wait(10);
  }

  accepted = 0;

  /** Which of those that were answered 2xx the database does not hold as processed. */
  async missing(db: Transactions): Promise<string[]> {
    const ids = this.outcomes.of('ok');
    const rows = await db.query<{ key: Buffer }>(`select d.key from delivery_key d join inbox i on i.id = d.inbox_id where d.connection = 'events' and i.state = 'done' and d.key = any($1::bytea[])`, [ids.map(keyOf)]);
    const held = new Set(rows.map((row) => row.key.toString('hex')));
    return ids.filter((id) => !held.has(keyOf(id).toString('hex')));
  }

  private async send(port: number): Promise<void> {
    const socket = new HttpSocket(port);
    for (let n = this.take(); n !== undefined; n = this.take()) {
      const isTaken = await this.one(socket, n);
      if (!isTaken) this.again.push(n);
      await wait(isTaken ? this.options.pause : AGAIN_MS);
    }
    socket.close();
  }

  /** Number of the message to send; undefined when all is said. */
  private take(): number | undefined {
    const old = this.again.shift();
    if (old !== undefined) return old;
    if (this.isStopping) return undefined;
    this.next += 1;
    return this.next - 1;
  }

  private async one(socket: HttpSocket, n: number): Promise<boolean> {
    const id = `${this.options.seed}-${n}`;
    const began = performance.now();
    const late = setTimeout(() => socket.close(), PATIENCE_MS);
    const answer = await socket.send(signedRequest(this.messageOf(n), `${id}-${Math.round(began)}`, Date.now())).catch(() => ({ status: 0, retryAfter: null }));
    clearTimeout(late);
    const isTaken = answer.status >= 200 && answer.status < 300;
    this.outcomes.note({ id, outcome: isTaken ? 'ok' : answer.status === 0 ? 'unknown' : 'failed', status: answer.status, retryAfter: answer.retryAfter, ms: performance.now() - began });
    if (isTaken) this.accepted += 1;
    return isTaken;
  }
}

/** Under which an event of the feed is known: of its source and id. */
function keyOf(id: string): Buffer {
  const feedKey = createHash('sha256').update(JSON.stringify(['rig', id])).digest('hex');
  return createHash('sha256').update(feedKey).digest();
}
