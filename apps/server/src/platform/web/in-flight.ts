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

/** Requests that were begun and not yet answered, with the connections they came by: how much there is to remember, and whom to take leave of. */
export class RequestsInFlight {
  private readonly connections = new Map<Socket, Set<ServerResponse>>();
  private readonly sizes = new Map<ServerResponse, number>();
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
    return this.sizes.size;
  }

  /** More would be taken than can be kept in memory: whoever can send again later is to do so. */
  get isFull(): boolean {
    return this.count > this.limits.requests || this.bytes > this.limits.bytes;
  }

  /** From now on every answer ends its connection, those under way included. */
  leave(): void {
    this.isLeaving = true;
    for (const response of this.sizes.keys()) response.shouldKeepAlive = false;
  }

  /** Resolves when every connection is closed. */
  async closed(): Promise<void> {
    if (this.connections.size > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Closes the connections over which nothing is owed. */
  closeIdle(): void {
    for (const [socket, own] of this.connections) if (own.size === 0) socket.destroy();
  }

  private began(request: IncomingMessage, response: ServerResponse): void {
    const own = this.connections.get(request.socket);
    // None: a request that no connection brought, as tests inject them.
    if (!own) return;
    own.add(response);
    const bytes = bytesOf(request);
    this.sizes.set(response, bytes);
    this.bytes += bytes;
    if (this.isLeaving) response.shouldKeepAlive = false;
    response.once('close', () => {
      own.delete(response);
      this.ended(response);
    });
  }

  private opened(socket: Socket): void {
    const own = new Set<ServerResponse>();
    this.connections.set(socket, own);
    socket.once('close', () => {
      this.connections.delete(socket);
      // Answers that stood behind another one on a connection that broke are told nothing.
      for (const response of own) this.ended(response);
      this.tell();
    });
  }

  private tell(): void {
    if (this.connections.size === 0) for (const resolve of this.waiting.splice(0)) resolve();
  }

  private ended(response: ServerResponse): void {
    this.bytes -= this.sizes.get(response) ?? 0;
    this.sizes.delete(response);
  }
}
