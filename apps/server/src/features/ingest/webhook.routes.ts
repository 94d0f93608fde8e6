import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../../platform/web/short-way.js';
import { answerDelivery, failure, refusal, type WebhookParts } from './answer-delivery.js';
import { readBody } from './read-body.js';
import { webhookShortcut } from './webhook-shortcut.js';

type WebhookRequest = FastifyRequest<{ Params: { connection: string; '*'?: string }; Body: Buffer | undefined }>;

const OTHER_METHODS = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const RAW = 'application/octet-stream';

/**
 * The door for every source. A scope of its own, whose only body parser hands on the raw bytes whatever their type says:
 * signatures are over bytes, and a wrong content type must not lose an event. Plain deliveries to known connections take the
 * short way, where there is one; both end in the same `answerDelivery`.
 */
export async function registerWebhooks(app: FastifyInstance, parts: WebhookParts): Promise<void> {
  if (app.shortWay) app.shortWay.shortcut = webhookShortcut(parts);
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
    scope.setErrorHandler((error, request, reply) => send(reply, failure(error, request)));
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
  const delivery = { connection, topic: topicOf(request), headers: headersOf(request), body: request.body ?? Buffer.alloc(0) };
  return send(reply, await answerDelivery(parts, delivery, request));
}

/** The path names it; it is a hint, for nothing signs it. */
function topicOf(request: WebhookRequest): string | undefined {
  return request.params['*'] || undefined;
}

/** As they were given. Only `set-cookie` can be a list, and nobody reads that one. */
function headersOf(request: FastifyRequest): Record<string, string> {
  const { 'x-given-content-type': given, ...headers } = request.headers as Record<string, string>;
  return { ...headers, 'content-type': given ?? '' };
}

function refuse(request: FastifyRequest, reply: FastifyReply, status: number, detail: string): FastifyReply {
  return send(reply, refusal(status, detail, request.id));
}

function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}
