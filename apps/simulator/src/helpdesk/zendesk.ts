import type { Outside, OutsideAnswer, OutsideRequest } from '../admin/outside.js';
import type { Tickets } from './tickets.js';

/** The stand-in for Zendesk: comments come with an update of their ticket, once per idempotency key; tags are added by a PUT. */
export class Zendesk implements Outside {
  readonly prefix = '/zendesk';

  constructor(private readonly tickets: Tickets) {}

  answer({ method, path, body, headers }: OutsideRequest): OutsideAnswer | undefined {
    const [, ticket = '', part] = /^\/api\/v2\/tickets\/(\d+)(\/comments|\/tags)?\.json$/.exec(path) ?? [];
    if (ticket === '') return undefined;
    if (method === 'GET' && part === '/comments') {
      return { status: 200, body: { comments: this.tickets.notes(ticket).map((note) => ({ id: Number(note.id.slice(-9)), body: note.text, public: note.isPublic, created_at: note.at })), next_page: null } };
    }
    if (method === 'PUT' && part === '/tags') {
      for (const tag of (body['tags'] ?? []) as string[]) this.tickets.tag(ticket, tag);
      return { status: 200, body: { tags: this.tickets.tags(ticket) } };
    }
    if (method !== 'PUT' || part !== undefined) return undefined;
    const comment = (body['ticket'] as { readonly comment?: { readonly body?: string; readonly public?: boolean } } | undefined)?.comment;
    if (!comment?.body) return { status: 422, body: { error: 'RecordInvalid' } };
    const key = headers['idempotency-key'];
    this.tickets.write(ticket, { text: comment.body, isPublic: comment.public ?? true, key: typeof key === 'string' ? key : null });
    return { status: 200, body: { ticket: { id: Number(ticket) } } };
  }
}
