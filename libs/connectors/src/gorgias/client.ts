import { z } from 'zod';
import { noteText, NOTE_TIMEOUT, type Helpdesk, type NoteRequest } from '../outside/helpdesk.js';
import { callJson, type JsonRequest, type OutsideAccess } from '../outside/json-call.js';
import type { CallResult } from '../shopify/admin-api.js';

const messagesSchema = z.object({ data: z.array(z.object({ body_text: z.string().nullish() })) });
const tagSchema = z.object({ id: z.number(), name: z.string().nullish() });
const tagsSchema = z.object({ data: z.array(tagSchema) });
const anything = z.unknown();

/** Gorgias, as far as notes need it. It knows no idempotency keys: every note is looked for before it is written. */
export class GorgiasClient implements Helpdesk {
  constructor(private readonly access: OutsideAccess) {}

  async note(request: NoteRequest): Promise<CallResult<null>> {
    const signal = AbortSignal.timeout(NOTE_TIMEOUT);
    const { ticket, marker } = request;
    const seen = await this.call({ method: 'GET', path: `/api/messages?ticket_id=${ticket}&limit=100&order_by=${encodeURIComponent('created_datetime:desc')}` }, messagesSchema, signal);
    if (seen.result !== 'done') return seen;
    if (!seen.value.data.some((message) => message.body_text?.includes(marker))) {
      const sender = { email: this.access.account };
      const body = { channel: 'internal-note', via: 'api', from_agent: true, sender, source: { type: 'internal-note', from: { address: sender.email } }, body_text: noteText(request) };
      const written = await this.call({ method: 'POST', path: `/api/tickets/${ticket}/messages`, body }, anything, signal);
      if (written.result !== 'done') return written;
    }
    return this.tag(request, signal);
  }

  /** A ticket takes tags by their ids; one that nobody has used is made first. */
  private async tag({ ticket, tag }: NoteRequest, signal: AbortSignal): Promise<CallResult<null>> {
    const known = await this.call({ method: 'GET', path: `/api/tags?search=${encodeURIComponent(tag)}&limit=100` }, tagsSchema, signal);
    if (known.result !== 'done') return known;
    const found = known.value.data.find(({ name }) => name === tag);
    const made = found ? ({ result: 'done', value: found } as const) : await this.call({ method: 'POST', path: '/api/tags', body: { name: tag } }, tagSchema, signal);
    if (made.result !== 'done') return made;
    const set = await this.call({ method: 'POST', path: `/api/tickets/${ticket}/tags`, body: { ids: [made.value.id] } }, anything, signal);
    return set.result === 'done' ? { result: 'done', value: null } : set;
  }

  private call<T>(request: Omit<JsonRequest, 'system'>, schema: z.ZodType<T>, signal: AbortSignal): Promise<CallResult<T>> {
    return callJson(this.access, { ...request, system: 'Gorgias' }, schema, signal);
  }
}
