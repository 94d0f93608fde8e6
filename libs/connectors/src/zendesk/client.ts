import { z } from 'zod';
import { noteText, NOTE_TIMEOUT, type Helpdesk, type NoteRequest } from '../outside/helpdesk.js';
import { callJson, type JsonRequest, type OutsideAccess } from '../outside/json-call.js';
import type { CallResult } from '../shopify/admin-api.js';

const commentsSchema = z.object({ comments: z.array(z.object({ body: z.string().nullish() })) });
const anything = z.unknown();

/** Zendesk, as far as notes need it. A comment goes with its ticket's update, under a key; it is looked for first, for keys are forgotten. */
export class ZendeskClient implements Helpdesk {
  constructor(private readonly access: OutsideAccess) {}

  async note(request: NoteRequest): Promise<CallResult<null>> {
    const signal = AbortSignal.timeout(NOTE_TIMEOUT);
    const { ticket, marker, tag } = request;
    const seen = await this.call({ method: 'GET', path: `/api/v2/tickets/${ticket}/comments.json?sort_order=desc` }, commentsSchema, signal);
    if (seen.result !== 'done') return seen;
    if (!seen.value.comments.some((comment) => comment.body?.includes(marker))) {
      const body = { ticket: { comment: { body: noteText(request), public: false } } };
      const written = await this.call({ method: 'PUT', path: `/api/v2/tickets/${ticket}.json`, body, headers: { 'idempotency-key': marker.replace(/[^\w-]+/g, '-') } }, anything, signal);
      if (written.result !== 'done') return written;
    }
    const set = await this.call({ method: 'PUT', path: `/api/v2/tickets/${ticket}/tags.json`, body: { tags: [tag] } }, anything, signal);
    return set.result === 'done' ? { result: 'done', value: null } : set;
  }

  private call<T>(request: Omit<JsonRequest, 'system'>, schema: z.ZodType<T>, signal: AbortSignal): Promise<CallResult<T>> {
    return callJson(this.access, { ...request, system: 'Zendesk' }, schema, signal);
  }
}
