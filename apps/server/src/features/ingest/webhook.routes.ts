import { CannotStore, isDatabaseAway } from '@orderwatch/db';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ConnectionRegistry } from '../../pipeline/connection-registry.js';
import { type Problem, sendProblem } from '../../platform/errors/problem.js';
import type { AcceptWebhook, WebhookAnswer } from './accept-webhook.js';
import { BodyRefused, readBody } from './read-body.js';
import type { RejectedCounter } from './rejected-counter.js';

export interface WebhookParts {
  readonly registry: ConnectionRegistry;
  readonly accept: AcceptWebhook;
  readonly rejected: RejectedCounter;
}

type WebhookRequest = FastifyRequest<{ Params: { connection: string; '*'?: string }; Body: Buffer | undefined }>;

const OTHER_METHODS = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const RAW = 'application/octet-stream';

/**
 * The door for every source. A scope of its own, whose only body parser hands on the raw bytes whatever their type says:
 * signatures are over bytes, and a wrong content type must not lose an event.
 */
export async function registerWebhooks(app: FastifyInstance, parts: WebhookParts): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(RAW, (request, payload, done) => {
      readBody(payload, request.headers['content-encoding']).then((body) => done(null, body), done);
    });
    scope.addHook('onRequest', (request, reply, done) => {
      if (request.method !== 'POST') return void refuse(request, reply.header('allow', 'POST'), 405, 'Deliveries are sent with POST.');
      // What the sender calls the body is kept for the record; Fastify is to see one type only.
      request.headers['x-given-content-type'] = request.headers['content-type'] ?? '';
      request.headers['content-type'] = RAW;
      if (parts.registry.known(connectionOf(request))) return done();
      parts.registry.find(connectionOf(request)).then((found) => (found ? done() : void refuse(request, reply, 404, 'There is no connection of that name.')), done);
    });
    scope.setErrorHandler((error, request, reply) => answerError(error, request, reply));
    for (const url of ['/webhooks/:connection', '/webhooks/:connection/*']) {
      scope.route({ method: ['POST', ...OTHER_METHODS], url, handler: (request, reply) => handle(request as WebhookRequest, reply, parts) });
    }
  });
}

function connectionOf(request: FastifyRequest): string {
  return (request.params as { connection: string }).connection;
}

async function handle(request: WebhookRequest, reply: FastifyReply, parts: WebhookParts): Promise<FastifyReply> {
  const connection = parts.registry.known(request.params.connection) ?? (await parts.registry.find(request.params.connection));
  if (!connection) return refuse(request, reply, 404, 'There is no connection of that name.');
  const answer = await parts.accept.accept({ connection, topic: topicOf(request), headers: headersOf(request), body: request.body ?? Buffer.alloc(0) });
  if (answer.kind === 'forged') {
    parts.rejected.count(connection.name);
    request.log.warn({ connection: connection.name, reason: answer.reason }, 'a delivery was not genuine');
    return refuse(request, reply, 401, 'The delivery is not signed as this connection expects.');
  }
  return send(reply, answer);
}

function send(reply: FastifyReply, answer: Exclude<WebhookAnswer, { kind: 'forged' }>): FastifyReply {
  if (answer.kind === 'stored') return reply.code(200).send({ stored: true, duplicate: answer.isDuplicate });
  const { accepted, duplicates, rejected } = answer;
  return reply.code(202).send({ accepted, duplicates, rejected });
}

/** The path names it; it is a hint, for nothing signs it. */
function topicOf(request: WebhookRequest): string | undefined {
  return request.params['*'] || undefined;
}

function headersOf(request: FastifyRequest): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  const { 'x-given-content-type': given, 'content-type': _, ...headers } = flat;
  return given ? { ...headers, 'content-type': given } : headers;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request', 401: 'Not genuine', 404: 'Not found', 405: 'Method not allowed', 413: 'Too large', 500: 'Something failed', 503: 'Not available now',
};

function refuse(request: FastifyRequest, reply: FastifyReply, status: number, detail: string): FastifyReply {
  const problem: Problem = { type: 'about:blank', title: TITLES[status] ?? 'Refused', status, detail, requestId: request.id };
  return sendProblem(reply, problem);
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof BodyRefused) {
    if (error.status === 413) void reply.header('connection', 'close');
    return refuse(request, reply, error.status, error.message);
  }
  if (error instanceof CannotStore || isDatabaseAway(error)) return refuse(request, reply, 503, 'It cannot be stored right now; send it again in a moment.');
  const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status < 500) return refuse(request, reply, status, error instanceof Error ? error.message : 'The request cannot be read.');
  request.log.error({ err: error }, 'a delivery could not be taken');
  // Nothing was stored and nothing was lost: the sender is to try again.
  return refuse(request, reply, 503, 'It cannot be stored right now; send it again in a moment.');
}
