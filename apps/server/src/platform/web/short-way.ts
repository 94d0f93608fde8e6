import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { LazyLogger } from '../telemetry/lazy-logger.js';
import type { Logger } from '../telemetry/logger.js';
import type { RequestsInFlight } from './in-flight.js';
import type { RequestLog, RequestNotes } from './request-notes.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** Absent where an instance was not made by `createHttpServer`. */
    shortWay?: ShortWay;
  }
}

/** What a request is answered with, whoever writes it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Call {
  readonly id: string;
  readonly log: RequestLog;
}

/** A request that somebody answers. */
export interface Taken {
  /** As the router would call it. */
  readonly route: string;
  /** Must not reject. */
  answer(call: Call): Promise<Answer>;
}

/** Says whether it answers a request; reads nothing of it before. */
export type Shortcut = (request: IncomingMessage) => Taken | undefined;

/**
 * Past the framework: routing, hooks, parsers and its objects cost some 25 µs a request, of which deliveries need nothing. Only
 * what is plain comes this way; whatever is odd about a request (and a server that is full) is left to the framework's routes.
 */
export class ShortWay {
  shortcut: Shortcut = () => undefined;

  constructor(
    private readonly requests: RequestsInFlight,
    private readonly notes: RequestNotes,
    private readonly logger: Logger,
  ) {}

  /** Everything that nobody takes goes to the framework. */
  before(framework: RequestListener): RequestListener {
    return (request, response) => {
      const taken = this.requests.isFull ? undefined : this.shortcut(request);
      if (taken) void this.answer(taken, request, response);
      else framework(request, response);
    };
  }

  private async answer(taken: Taken, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const began = performance.now();
    const id = randomUUID();
    const log = new LazyLogger(this.logger, { requestId: id });
    const { status, headers, body } = await taken.answer({ id, log });
    // Nobody waits any more; writing to a connection that is gone would be an error.
    if (response.destroyed) return;
    // No browser shows these answers; of the security headers only this one means something.
    response.writeHead(status, { 'x-request-id': id, 'x-content-type-options': 'nosniff', ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
    this.notes.note({ method: request.method ?? '', route: taken.route, status, ms: performance.now() - began }, log);
  }
}
