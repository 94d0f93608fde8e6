import { orderIdOf } from '@orderwatch/connectors';
import { corpus, HttpSocket, latencyOf, signedRequest, stockOrder, type CorpusOptions, type Latency } from '@orderwatch/rig';
import { paced, type Slot } from './dashboards-pace.js';
import { DashboardSocket } from '@orderwatch/rig';

export interface EventsOptions {
  readonly port: number;
  /** People who look, 50 sockets each at most. */
  readonly cookies: readonly string[];
  readonly perSecond: number;
  readonly count: number;
  /** Of `movements`: its orders are those looked at. */
  readonly corpus: CorpusOptions;
  readonly first: number;
}

export interface EventsResult {
  /** From the scheduled POST to the message about its order, milliseconds. */
  readonly latency: Latency;
  /** From the scheduled POST to its 2xx. */
  readonly answered: Latency;
  /** Bytes of the last message. */
  readonly messageBytes: number;
}

/** As many topics as one socket may join. */
const TOPICS = 50;
/** A message may stand for this share of the events at most that were sent before the one before was seen: else nobody can tell which it is about. */
const MOST_SHARED = 0.01;

/** Sends events on schedule, and listens in the same process for the news of their orders: one clock. */
export async function eventsToSockets(options: EventsOptions): Promise<EventsResult> {
  const { port, cookies, perSecond, count, corpus: { orders } } = options;
  const waiting = new Map<string, Slot[]>();
  const samples: number[] = [];
  let [seen, shared, messageBytes] = [0, 0, 0];
  const all = Promise.withResolvers<undefined>();
  const take = (packet: Buffer): void => {
    const now = performance.now();
    const [, { entity, id }] = JSON.parse(packet.subarray(2).toString()) as [string, { entity: string; id: string }];
    const sent = waiting.get(id);
    // A case's own message follows the one of its order.
    if (entity !== 'order' || !sent) return;
    waiting.delete(id);
    messageBytes = packet.length;
    shared += sent.length - 1;
    seen += sent.length;
    for (const { scheduled, isTimed } of sent) if (isTimed) samples.push(now - scheduled);
    if (seen >= count) all.resolve(undefined);
  };
  const sockets = await Promise.all(Array.from({ length: Math.ceil(orders / TOPICS) }, (_, s) => listen(port, cookies[s % cookies.length] ?? '', topicsOf(s, orders))));
  for (const socket of sockets) socket.onChange = take;
  const send = new Sender(port, all.reject);
  try {
    const messageOf = corpus(options.corpus);
    await paced(perSecond, count, (k, slot) => {
      const n = options.first + k;
      const message = messageOf(n);
      const id = orderIdOf('events', subjectOf(message.body));
      waiting.set(id, [...(waiting.get(id) ?? []), slot]);
      void send.one(signedRequest(message, `${options.corpus.seed}-${n}`, Date.now()), slot);
    });
    await all.promise;
  } finally {
    for (const socket of sockets) socket.end();
    send.end();
  }
  if (shared > count * MOST_SHARED) throw new Error(`${shared} of ${count} events of the same order were under way at once: too slow to tell them apart`);
  return { latency: latencyOf(samples), answered: latencyOf(send.samples), messageBytes };
}

function topicsOf(socket: number, orders: number): string[] {
  return Array.from({ length: Math.min(TOPICS, orders - socket * TOPICS) }, (_, i) => `order:${orderIdOf('events', stockOrder(socket * TOPICS + i))}`);
}

async function listen(port: number, cookie: string, topics: readonly string[]): Promise<DashboardSocket> {
  const socket = await DashboardSocket.open(port, cookie);
  const { refused } = (await socket.ask('subscribe', { topics })) as { refused: string[] };
  if (refused.length > 0) throw new Error(`a dashboard could not join ${refused.join(', ')}`);
  return socket;
}

const subjectOf = (body: Buffer): string => /"subject":"([^"]+)"/.exec(body.toString('latin1', 0, 300))?.[1] ?? '';

/** Posts over as many connections as are needed. */
export class Sender {
  readonly samples: number[] = [];
  private readonly free: HttpSocket[] = [];

  constructor(
    private readonly port: number,
    private readonly failed: (error: Error) => void,
  ) {}

  /** @returns when it was answered, by `performance.now`. */
  async one(request: Buffer, { scheduled, isTimed }: Slot): Promise<number> {
    const socket = this.free.pop() ?? new HttpSocket(this.port);
    try {
      const { status } = await socket.send(request);
      if (isTimed) this.samples.push(performance.now() - scheduled);
      if (status >= 300) this.failed(new Error(`an event was answered ${status}`));
      this.free.push(socket);
    } catch (error) {
      this.failed(error as Error);
    }
    return performance.now();
  }

  end(): void {
    for (const socket of this.free) socket.close();
  }
}
