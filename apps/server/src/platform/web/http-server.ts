import { randomUUID } from 'node:crypto';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { LazyLogger } from '../telemetry/lazy-logger.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import { problemOf, sendProblem } from '../errors/problem.js';

/** Requests of people and programs are small; webhooks have their own limit. */
const BODY_LIMIT = 256 * 1024;
const SLOW_MS = 1_000;

/** `3` hops, `true`, or a list of addresses: which proxies may say whom a request comes from. */
function trusted(setting: string | null): boolean | number | string {
  if (setting === null || setting === 'false' || setting === '0') return false;
  if (setting === 'true') return true;
  return /^\d+$/.test(setting) ? Number(setting) : setting;
}

/** The HTTP server: request ids, time limits, one log line per request that went wrong or was slow, and numbers for all. */
export function createHttpServer(logger: Logger, metrics: Metrics, trustProxy: string | null): FastifyInstance {
  const server = fastify({
    loggerInstance: logger as never, logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }), bodyLimit: BODY_LIMIT, trustProxy: trusted(trustProxy) as string | boolean, genReqId: () => randomUUID(), requestIdHeader: false,
    requestTimeout: 30_000, connectionTimeout: 0, keepAliveTimeout: 75_000, forceCloseConnections: 'idle', return503OnClosing: true, routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    childLoggerFactory: (parent, bindings) => new LazyLogger(parent as never, bindings) as never,
    frameworkErrors: (error, request, reply) => void sendProblem(reply as never, problemOf(error, request.id)),
  }) as unknown as FastifyInstance;
  server.server.headersTimeout = 10_000;
  // Hooks with callbacks: a promise each would be felt at thousands of deliveries a second.
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.request(request.method, route, reply.statusCode, reply.elapsedTime / 1_000);
    done();
    if (reply.statusCode < 500 && reply.elapsedTime <= SLOW_MS && !logger.isLevelEnabled('debug')) return;
    const line = { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    // Probes ask every few seconds; what is wrong is in their answer.
    if (reply.statusCode >= 500 && !route.startsWith('/health/')) request.log.error(line, 'request failed');
    else if (reply.elapsedTime > SLOW_MS) request.log.warn(line, 'request was slow');
    else request.log.debug(line, 'request');
  });
  return server;
}
