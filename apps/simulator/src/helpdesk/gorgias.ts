import type { Outside, OutsideAnswer, OutsideRequest } from '../admin/outside.js';
import type { Tickets } from './tickets.js';

const done = (body: unknown, status = 200): OutsideAnswer => ({ status, body });

/** The stand-in for Gorgias: messages of a ticket, and tags by their ids. It knows no idempotency keys. */
export class Gorgias implements Outside {
  readonly prefix = '/gorgias';
  /** Tags that were made and stand on no ticket yet. */
  private readonly made: string[] = [];

  constructor(private readonly tickets: Tickets) {}

  answer({ method, path, query, body }: OutsideRequest): OutsideAnswer | undefined {
    const ticket = /^\/api\/tickets\/(\d+)\/(messages|tags)$/.exec(path);
    switch (`${method} ${ticket ? `/api/tickets/{id}/${ticket[2] ?? ''}` : path}`) {
      case 'GET /api/messages':
        return done({ data: this.tickets.notes(query.get('ticket_id') ?? '').map((note) => ({ id: Number(note.id.slice(-9)), channel: 'internal-note', body_text: note.text })), meta: { next_cursor: null } });
      case 'POST /api/tickets/{id}/messages':
        return this.write(ticket?.[1] ?? '', body);
      case 'GET /api/tags':
        return done({ data: this.names().map((name, index) => ({ id: index + 1, name })).filter(({ name }) => name.includes(query.get('search') ?? '')), meta: { next_cursor: null } });
      case 'POST /api/tags': {
        const name = String(body['name'] ?? '');
        if (name === '' || this.names().includes(name)) return done({ error: { msg: 'Tag name is taken' } }, 400);
        this.made.push(name);
        return done({ id: this.names().indexOf(name) + 1, name }, 201);
      }
      case 'POST /api/tickets/{id}/tags': {
        const names = this.names();
        for (const id of body['ids'] as number[]) this.tickets.tag(ticket?.[1] ?? '', names[id - 1] ?? '?');
        return done({}, 201);
      }
      default:
        return undefined;
    }
  }

  private names(): string[] {
    return [...new Set([...this.tickets.allTags(), ...this.made])];
  }

  private write(ticket: string, body: Readonly<Record<string, unknown>>): OutsideAnswer {
    if (body['channel'] !== 'internal-note' || body['from_agent'] !== true || typeof body['body_text'] !== 'string') return done({ error: { msg: 'Invalid message' } }, 400);
    const note = this.tickets.write(ticket, { text: body['body_text'], isPublic: false, key: null });
    return done({ id: Number(note.id.slice(-9)), channel: 'internal-note', body_text: note.text }, 201);
  }
}
