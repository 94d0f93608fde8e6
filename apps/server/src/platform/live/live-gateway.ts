import type { Server as HttpServer } from 'node:http';
import { BEAT_SECONDS, LIVE_EVENTS, presenceSchema, resumeSchema, subscribeSchema, type Beat, type Change, type Present, type ResumeAnswer, type SubscribeAnswer, type Topic } from '@orderwatch/contract';
import { mayDo, topicAction } from '@orderwatch/domain';
import { Server, type Socket } from 'socket.io';
import type { Authenticator } from '../auth/authenticator.js';
import { isOwnOrigin } from '../auth/origin.js';
import { subjectOf, type Principal } from '../auth/principal.js';
import type { Logger } from '../telemetry/logger.js';
import type { ChangeReader } from './change-reader.js';
import { framesByTopic } from './frames.js';
import { bufferedBytes, type LiveSocket, type SocketData } from './live-socket.js';
import type { Presence } from './presence-board.js';

const MOST_TOPICS = 50;
/** Orders that one window can be at. */
const MOST_PRESENCES = 5;
const MOST_SOCKETS = 2_000;
/** Of one person or program: many windows, and none who takes the places of all. */
export const MOST_OWN_SOCKETS = 50;
/** A connection that does not say who it is within this time is ended. */
const ADMIT_MS = 5_000;
const MOST_BUFFERED = 1 << 20;
const RECHECK_MS = 4_000;

export interface LiveGatewayOptions {
  readonly reader: ChangeReader;
  readonly authenticator: Authenticator;
  readonly publicUrl: string;
  readonly logger: Logger;
  /** Seconds that a long transaction has held the feed back. */
  readonly lagSeconds: () => number;
  /** Tells every process what a window does at an order. */
  readonly sayPresence: (presence: Presence) => void;
  /** Who is at which order, for those who begin to look. */
  readonly presences: () => readonly Present[];
  /** The matrix kept somebody from a topic. */
  readonly onDenied: (principal: Principal, action: string | undefined) => void;
}

/** Whether the matrix lets this caller join the topic: the same question GraphQL asks. */
export function mayJoin(principal: Principal, topic: string): boolean {
  const action = topicAction(topic);
  return action !== undefined && mayDo(subjectOf(principal), action);
}

/** A socket that does not read would fill our memory; cut, it comes back and catches up. */
function cutIfStalled(socket: Pick<LiveSocket, 'conn' | 'disconnect'>): void {
  if (bufferedBytes(socket) > MOST_BUFFERED) socket.disconnect(true);
}

type Ack = (answer: unknown) => void;
const ackOf = (args: readonly unknown[]): Ack => {
  const last = args.at(-1);
  return typeof last === 'function' ? (last as Ack) : () => undefined;
};

/** The sockets of this process: who may join what, and what they are told. */
export class LiveGateway {
  private io: Server<Record<string, never>, Record<string, never>, Record<string, never>, SocketData> | undefined;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(private readonly options: LiveGatewayOptions) {}

  get sockets(): number {
    return this.io?.sockets.sockets.size ?? 0;
  }

  attach(server: HttpServer): void {
    const io = new Server(server, {
      transports: ['websocket'], serveClient: false, perMessageDeflate: false, maxHttpBufferSize: 64 * 1024, pingInterval: 10_000, pingTimeout: 20_000, cors: { origin: false }, connectTimeout: ADMIT_MS,
      // Connections are counted, not only those that were let in: the others take memory as well.
      allowRequest: (request, decide) => {
        const isFull = io.engine.clientsCount >= MOST_SOCKETS;
        decide(isFull ? 'too many connections' : null, !isFull && isOwnOrigin(request.headers, this.options.publicUrl));
      },
    });
    io.use((socket, next) => {
      this.admit(socket as LiveSocket).then(() => next(), (error: Error) => next(error));
    });
    io.on('connection', (socket) => this.serve(socket as LiveSocket));
    this.io = io as never;
    this.timers.push(setInterval(() => this.beat(), BEAT_SECONDS * 1_000), setInterval(() => void this.recheck().catch((error: unknown) => this.options.logger.warn({ err: error }, 'sockets were not rechecked')), RECHECK_MS));
  }

  /** Sends what was committed to those who look. */
  emit(changes: readonly Change[]): void {
    const { io } = this;
    if (!io) return;
    for (const [topic, bytes] of framesByTopic(changes)) {
      // Ready-made frames go out as they are: only WebSockets are let in, and without deflate. The packet's own data is what counts as waiting.
      const options = { compress: false, wsPreEncodedFrame: [bytes] };
      for (const id of io.sockets.adapter.rooms.get(topic) ?? []) {
        const socket = io.sockets.sockets.get(id);
        if (!socket) continue;
        socket.conn.write(bytes, options);
        cutIfStalled(socket);
      }
    }
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    const { io } = this;
    this.io = undefined;
    io?.disconnectSockets(true);
    // The HTTP server is closed by whoever opened it.
    await new Promise<void>((resolve) => (io ? io.engine.close() && resolve() : resolve()));
  }

  /** Ends sockets whose session is over, and makes those whose role changed leave what it does not give. */
  async recheck(): Promise<void> {
    const sockets = this.all();
    if (sockets.length === 0) return;
    const live = await this.options.authenticator.recheck(sockets.map((socket) => socket.data.credential));
    for (const socket of sockets) {
      const principal = live.get(socket.data.credential.hash.toString('base64'));
      if (!principal || subjectOf(principal) !== subjectOf(socket.data.principal)) socket.disconnect(true);
    }
  }

  private all(): LiveSocket[] {
    return [...(this.io?.sockets.sockets.values() ?? [])] as unknown as LiveSocket[];
  }

  private async admit(socket: LiveSocket): Promise<void> {
    const { authenticator } = this.options;
    const credential = authenticator.credentialOf(socket.handshake.headers);
    // Sockets are opened anew by themselves.
    const principal = credential ? await authenticator.principalOf(credential, false) : null;
    if (!credential || !principal) throw new Error('Sign in first.');
    if (this.all().filter((other) => other.data.principal.id === principal.id).length >= MOST_OWN_SOCKETS) throw new Error('Too many windows are open.');
    socket.data = { credential, principal, topics: new Set(), presentAt: new Set() };
  }

  private serve(socket: LiveSocket): void {
    const on = (event: string, handle: (message: unknown, ack: Ack) => Promise<void> | void): void => {
      socket.on(event as never, ((...args: unknown[]) => {
        const ack = ackOf(args);
        Promise.resolve(handle(args[0], ack)).catch((error: unknown) => {
          this.options.logger.warn({ err: error, event }, 'a socket message was not served');
          ack({ error: 'failed' });
        });
      }) as never);
    };
    on(LIVE_EVENTS.subscribe, (message, ack) => this.subscribe(socket, message, ack));
    on(LIVE_EVENTS.unsubscribe, (message, ack) => this.unsubscribe(socket, message, ack));
    on(LIVE_EVENTS.resume, (message, ack) => this.resume(socket, message, ack));
    on(LIVE_EVENTS.ping, (_message, ack) => ack({ serverTime: new Date().toISOString() }));
    on(LIVE_EVENTS.presence, (message, ack) => this.hearPresence(socket, message, ack));
    socket.on('disconnect', () => {
      this.tidy([...socket.data.topics]);
      for (const orderId of socket.data.presentAt) this.hearPresence(socket, { orderId, state: 'gone' }, () => undefined);
    });
  }

  /** Tells who looks at the order, or at the queue, who is there now. */
  present(present: Present): void {
    this.io?.to(['queue', `order:${present.orderId}`]).emit(LIVE_EVENTS.presence as never, present as never);
  }

  /** Programs are nowhere; people only where they may look. */
  private hearPresence(socket: LiveSocket, message: unknown, ack: Ack): void {
    const { principal, presentAt } = socket.data;
    const said = presenceSchema.safeParse(message);
    if (!said.success || principal.kind !== 'person' || !mayJoin(principal, `order:${said.data.orderId}`)) return ack({ refused: true });
    const { orderId, state } = said.data;
    if (state === 'gone') presentAt.delete(orderId);
    else if (!presentAt.has(orderId) && presentAt.size >= MOST_PRESENCES) return ack({ refused: true });
    else presentAt.add(orderId);
    this.options.sayPresence({ ...said.data, personId: principal.id, name: principal.name, window: socket.id });
    ack({});
  }

  private async subscribe(socket: LiveSocket, message: unknown, ack: Ack): Promise<void> {
    const asked = subscribeSchema.safeParse(message);
    if (!asked.success) return ack({ joined: {}, refused: [] } satisfies SubscribeAnswer);
    const { principal, topics } = socket.data;
    const wanted = [...new Set(asked.data.topics)];
    const room = MOST_TOPICS - topics.size;
    for (const action of new Set(wanted.filter((topic) => !mayJoin(principal, topic)).map(topicAction))) this.options.onDenied(principal, action);
    const allowed = wanted.filter((topic) => mayJoin(principal, topic)).filter((topic, index) => topics.has(topic) || index < room);
    await this.options.reader.follow(allowed, (joined) => {
      if (!socket.connected) return;
      // Counted again: messages sent at the same time were all let through above.
      const fits = allowed.filter((topic) => topics.has(topic) || (topics.size < MOST_TOPICS && topics.add(topic)));
      void socket.join(fits);
      ack({ joined: Object.fromEntries(fits.map((topic) => [topic, joined[topic] ?? null])), refused: wanted.filter((topic) => !fits.includes(topic)) } satisfies SubscribeAnswer);
      for (const present of this.options.presences()) {
        if (fits.includes('queue') || fits.includes(`order:${present.orderId}`)) (socket as Socket).emit(LIVE_EVENTS.presence, present);
      }
    });
    this.tidy(allowed.filter((topic) => !topics.has(topic)));
  }

  private unsubscribe(socket: LiveSocket, message: unknown, ack: Ack): void {
    const asked = subscribeSchema.safeParse(message);
    for (const topic of asked.success ? asked.data.topics : []) {
      socket.data.topics.delete(topic);
      void socket.leave(topic);
    }
    this.tidy(asked.success ? asked.data.topics : []);
    ack({});
  }

  private async resume(socket: LiveSocket, message: unknown, ack: Ack): Promise<void> {
    const asked = resumeSchema.safeParse(message);
    if (!asked.success || !socket.data.topics.has(asked.data.topic)) return ack({ gap: true } satisfies ResumeAnswer);
    const changes = await this.options.reader.missed(asked.data.topic, asked.data.seq);
    ack((changes ? { changes } : { gap: true }) satisfies ResumeAnswer);
  }

  /** Topics that nobody here looks at are not followed. */
  private tidy(topics: readonly Topic[]): void {
    for (const topic of topics) if (!this.io?.sockets.adapter.rooms.has(topic)) this.options.reader.forget(topic);
  }

  private beat(): void {
    const serverTime = new Date().toISOString();
    const refetch = this.options.lagSeconds() > 2 ? { refetch: true } : {};
    for (const socket of this.all()) {
      const seq: Beat['seq'] = {};
      for (const topic of socket.data.topics) seq[topic] = this.options.reader.latest(topic);
      const message: Beat = { serverTime, seq, ...refetch };
      (socket as Socket).emit(LIVE_EVENTS.beat, message);
      cutIfStalled(socket);
    }
  }
}
