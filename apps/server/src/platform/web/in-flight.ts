import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface InFlightLimits {
  /** Most requests at once; each costs some 20 kB beside its body. */
  readonly requests: number;
  /** Most bytes of bodies at once: what was announced, for nothing may be read before there is room. */
  readonly bytes: number;
}

const LIMITS: InFlightLimits = { requests: 4_000, bytes: 64 << 20 };
/** A packed body is larger than it says; few are more than this many times as large. */
const PACKED = 8;
/** Of a body that does not say how long it is. */
const UNKNOWN_BYTES = 256 << 10;
const LARGEST_BODY = 5 << 20;

function bytesOf({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined) return UNKNOWN_BYTES;
  const length = Number(headers['content-length'] ?? 0);
  return Math.min(LARGEST_BODY, headers['content-encoding'] === undefined ? length : length * PACKED);
}

/** A request that is not yet answered. */
interface Owed {
  readonly response: ServerResponse;
  readonly bytes: number;
}

/**
 * Requests that were begun and not yet answered, with the connections they came by: how much there is to remember, and whom to take leave of.
 * Lists, for no set or map may see every request come and go: each table it grows out of points to the next one, and one that has
 * become old in memory keeps all later ones, with the requests that were in them, until the whole heap is collected.
 */
export class RequestsInFlight {
  private readonly connections = new Map<Socket, Owed[]>();
  private requests = 0;
  private bytes = 0;
  private isLeaving = false;
  private waiting: (() => void)[] = [];

  constructor(private readonly limits = LIMITS) {}

  /** Before the server listens. */
  watch(server: Server): void {
    server.on('connection', (socket: Socket) => this.opened(socket));
    // Before anybody else: who answers must find the request counted.
    server.prependListener('request', (request, response) => this.began(request, response));
  }

  /** The connection speaks another protocol from now on. */
  forget(socket: Socket): void {
    this.connections.delete(socket);
    this.tell();
  }

  get count(): number {
    return this.requests;
  }

  /** More would be taken than can be kept in memory: whoever can send again later is to do so. */
  get isFull(): boolean {
    return this.count > this.limits.requests || this.bytes > this.limits.bytes;
  }

  /** From now on every answer ends its connection, those under way included. */
  leave(): void {
    this.isLeaving = true;
    for (const own of this.connections.values()) for (const { response } of own) response.shouldKeepAlive = false;
  }

  /** Resolves when every connection is closed. */
  async closed(): Promise<void> {
    if (this.connections.size > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Closes the connections over which nothing is owed. */
  closeIdle(): void {
    for (const [socket, own] of this.connections) if (own.length === 0) socket.destroy();
  }

  private began(request: IncomingMessage, response: ServerResponse): void {
    const own = this.connections.get(request.socket);
    // None: a request that no connection brought, as tests inject them.
    if (!own) return;
    const owed: Owed = { response, bytes: bytesOf(request) };
    own.push(owed);
    this.requests += 1;
    this.bytes += owed.bytes;
    if (this.isLeaving) response.shouldKeepAlive = false;
    response.once('close', () => {
      const at = own.indexOf(owed);
      if (at >= 0) this.ended(own.splice(at, 1));
    });
  }

  private opened(socket: Socket): void {
    const own: Owed[] = [];
    this.connections.set(socket, own);
    socket.once('close', () => {
      this.connections.delete(socket);
      // Answers that stood behind another one on a connection that broke are told nothing.
      this.ended(own.splice(0));
      this.tell();
    });
  }

  private tell(): void {
    if (this.connections.size === 0) for (const resolve of this.waiting.splice(0)) resolve();
  }

  private ended(owed: readonly Owed[]): void {
    this.requests -= owed.length;
    for (const { bytes } of owed) this.bytes -= bytes;
  }
}
