import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { LazyLogger } from '../telemetry/lazy-logger.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import { problemOf, sendProblem, type Problem } from '../errors/problem.js';
import type { RequestsInFlight } from './in-flight.js';
import { RequestNotes } from './request-notes.js';
import { ShortWay } from './short-way.js';

/** Requests of people and programs are small; webhooks have their own limit. */
const BODY_LIMIT = 256 * 1024;
/** Time limits, ms. Those of half-sent requests are looked at every five seconds; by itself Node does it every 30 s. */
const LIMITS = { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 75_000, connectionsCheckingInterval: 5_000 };

/** `3` hops, `true`, or a list of addresses: which proxies may say whom a request comes from. */
function trusted(setting: string | null): boolean | number | string {
  if (setting === null || setting === 'false' || setting === '0') return false;
  if (setting === 'true') return true;
  return /^\d+$/.test(setting) ? Number(setting) : setting;
}

const full = (requestId: string): Problem => ({ type: 'about:blank', title: 'Not available now', status: 503, detail: 'There is too much to do right now; send it again in a moment.', requestId });

/**
 * The HTTP server: request ids, time limits, one log line per request that went wrong or was slow, and numbers for all. Deliveries
 * that find it full are put off before anything of them is read; people are served.
 */
export function createHttpServer(logger: Logger, metrics: Metrics, requests: RequestsInFlight, trustProxy: string | null): FastifyInstance {
  const notes = new RequestNotes(logger, metrics);
  const shortWay = new ShortWay(requests, notes, logger);
  const server = fastify({
    serverFactory: (framework) => createServer(LIMITS, shortWay.before(framework)),
    loggerInstance: logger as never, logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }), bodyLimit: BODY_LIMIT, trustProxy: trusted(trustProxy) as string | boolean, genReqId: () => randomUUID(), requestIdHeader: false,
    forceCloseConnections: 'idle', return503OnClosing: true, routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    childLoggerFactory: (parent, bindings) => new LazyLogger(parent as never, bindings) as never,
    frameworkErrors: (error, request, reply) => void sendProblem(reply as never, problemOf(error, request.id)),
  }) as unknown as FastifyInstance;
  server.decorate('shortWay', shortWay);
  requests.watch(server.server);
  // Hooks with callbacks: a promise each would be felt at thousands of deliveries a second.
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    if (requests.isFull && request.url.startsWith('/webhooks/')) void sendProblem(reply, full(request.id));
    else done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    notes.note({ method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode, ms: reply.elapsedTime }, request.log);
    done();
  });
  return server;
}
