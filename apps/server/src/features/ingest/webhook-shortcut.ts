import type { IncomingMessage } from 'node:http';
import type { Call, Answer, Shortcut } from '../../platform/web/short-way.js';
import { answerDelivery, failure, type WebhookParts } from './answer-delivery.js';
import type { Webhook } from './accept-webhook.js';
import { readBody } from './read-body.js';

/** Nothing to decode and no query. */
const PLAIN = /^\/webhooks\/([a-z0-9-]+)(?:\/([\w/.-]*))?$/;

/** The way of nearly all deliveries: sent to a connection that is known, at its address as it is shown. */
export function webhookShortcut(parts: WebhookParts): Shortcut {
  return (request) => {
    if (request.method !== 'POST') return undefined;
    const path = PLAIN.exec(request.url ?? '');
    const connection = path?.[1] === undefined ? undefined : parts.registry.known(path[1]);
    if (!path || !connection) return undefined;
    const topic = path[2];
    // Only `set-cookie` can be a list, and nobody reads that one.
    const headers = request.headers as Readonly<Record<string, string>>;
    return {
      route: topic === undefined ? '/webhooks/:connection' : '/webhooks/:connection/*',
      answer: (call) => answer(parts, request, { connection, topic: topic || undefined, headers }, call),
    };
  };
}

async function answer(parts: WebhookParts, request: IncomingMessage, delivery: Omit<Webhook, 'body'>, call: Call): Promise<Answer> {
  try {
    return await answerDelivery(parts, { ...delivery, body: await readBody(request, request.headers['content-encoding']) }, call);
  } catch (error) {
    return failure(error, call);
  }
}
