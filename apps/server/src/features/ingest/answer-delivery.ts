import { CannotStore, isDatabaseAway } from '@orderwatch/db';
import { problemHeaders, type Problem } from '../../platform/errors/problem.js';
import type { Answer, Call } from '../../platform/web/short-way.js';
import type { ConnectionRegistry } from '../../pipeline/connection-registry.js';
import type { AcceptWebhook, Webhook, WebhookAnswer } from './accept-webhook.js';
import { BodyRefused } from './read-body.js';
import type { RejectedCounter } from './rejected-counter.js';

export interface WebhookParts {
  readonly registry: ConnectionRegistry;
  readonly accept: AcceptWebhook;
  readonly rejected: RejectedCounter;
}

/** What a delivery whose body was read is answered with. */
export async function answerDelivery({ accept, rejected }: WebhookParts, webhook: Webhook, call: Call): Promise<Answer> {
  const answer = await accept.accept(webhook);
  if (answer.kind !== 'forged') return taken(answer);
  rejected.count(webhook.connection.name);
  call.log.warn({ connection: webhook.connection.name, reason: answer.reason }, 'a delivery was not genuine');
  return refusal(401, 'The delivery is not signed as this connection expects.', call.id);
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

function taken(answer: Exclude<WebhookAnswer, { kind: 'forged' }>): Answer {
  if (answer.kind === 'stored') return { status: 200, headers: JSON_HEADERS, body: JSON.stringify({ stored: true, duplicate: answer.isDuplicate }) };
  const { accepted, duplicates, rejected } = answer;
  return { status: 202, headers: JSON_HEADERS, body: JSON.stringify({ accepted, duplicates, rejected }) };
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request', 401: 'Not genuine', 404: 'Not found', 405: 'Method not allowed', 413: 'Too large', 500: 'Something failed', 503: 'Not available now',
};

export function refusal(status: number, detail: string, requestId: string): Answer {
  const problem: Problem = { type: 'about:blank', title: TITLES[status] ?? 'Refused', status, detail, requestId };
  return { status, headers: problemHeaders(status), body: JSON.stringify(problem) };
}

const TRY_AGAIN = 'It cannot be stored right now; send it again in a moment.';

/** What a delivery that failed on its way is answered with. */
export function failure(error: unknown, { id, log }: Call): Answer {
  if (error instanceof BodyRefused) {
    const answer = refusal(error.status, error.message, id);
    // Not all of it may have been read.
    return { ...answer, headers: { ...answer.headers, connection: 'close' } };
  }
  if (error instanceof CannotStore || isDatabaseAway(error)) return refusal(503, TRY_AGAIN, id);
  const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status < 500) return refusal(status, error instanceof Error ? error.message : 'The request cannot be read.', id);
  log.error({ err: error }, 'a delivery could not be taken');
  // Nothing was stored and nothing was lost: the sender is to try again.
  return refusal(503, TRY_AGAIN, id);
}
