import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GorgiasClient } from '../gorgias/client.js';
import { ZendeskClient } from '../zendesk/client.js';
import type { Helpdesk, NoteRequest } from './helpdesk.js';

interface Asked {
  readonly call: string;
  readonly body: unknown;
  readonly key: unknown;
}
type Answer = { readonly status?: number; readonly body?: unknown } | 'lost';

const NOTE: NoteRequest = { ticket: '55', text: 'Refund confirmed', marker: 'orderwatch 1 confirmed', tag: 'orderwatch-refund-confirmed' };
const WRITTEN = 'Refund confirmed\n\n[orderwatch 1 confirmed]';

let server: Server;
let asked: Asked[];
let answers: Record<string, Answer>;

beforeEach(async () => {
  asked = [];
  answers = {
    'GET /api/messages': { body: { data: [{ body_text: 'Where is it?' }, { body_text: null }] } }, 'POST /api/tickets/55/messages': { status: 201, body: { id: 1 } },
    'GET /api/tags': { body: { data: [{ id: 3, name: 'orderwatch-refund-confirmed-not' }] } }, 'POST /api/tags': { status: 201, body: { id: 4, name: NOTE.tag } }, 'POST /api/tickets/55/tags': { status: 201 },
    'GET /api/v2/tickets/55/comments.json': { body: { comments: [{ body: 'Where is it?' }] } }, 'PUT /api/v2/tickets/55.json': { body: { ticket: { id: 55 } } }, 'PUT /api/v2/tickets/55/tags.json': { body: { tags: [] } },
  };
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call = `${request.method ?? ''} ${(request.url ?? '').replace(/\?.*/, '')}`;
      asked.push({ call, body: chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : null, key: request.headers['idempotency-key'] });
      const answer = answers[call] ?? { status: 404 };
      if (answer === 'lost') request.socket.destroy();
      else response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise<void>((resolve) => server.close(() => resolve()));
});

const access = () => ({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, account: 'me@example.test', secret: 'hush-hush' });
const DESKS: readonly (readonly [string, () => Helpdesk, { readonly look: string; readonly write: string; readonly tag: string }])[] = [
  ['Gorgias', () => new GorgiasClient(access()), { look: 'GET /api/messages', write: 'POST /api/tickets/55/messages', tag: 'POST /api/tickets/55/tags' }],
  ['Zendesk', () => new ZendeskClient(access()), { look: 'GET /api/v2/tickets/55/comments.json', write: 'PUT /api/v2/tickets/55.json', tag: 'PUT /api/v2/tickets/55/tags.json' }],
];
const calls = (): string[] => asked.map(({ call }) => call);
const bodyOf = (wanted: string): unknown => asked.find(({ call }) => call === wanted)?.body;

describe.each(DESKS)('a note at %s', (_, desk, { look, write, tag }) => {
  it('is for the team alone, and sets its tag', async () => {
    expect(await desk().note(NOTE)).toEqual({ result: 'done', value: null });
    const isGorgias = write.includes('/messages');
    expect(bodyOf(write)).toMatchObject(isGorgias ? { channel: 'internal-note', from_agent: true, body_text: WRITTEN } : { ticket: { comment: { body: WRITTEN, public: false } } });
    expect(bodyOf(tag)).toEqual(isGorgias ? { ids: [4] } : { tags: [NOTE.tag] });
    if (!isGorgias) expect(asked.find(({ call }) => call === write)?.key).toBe('orderwatch-1-confirmed');
  });

  it('is not written again when it is there; the tag is made up for', async () => {
    answers[look] = { body: { data: [{ body_text: WRITTEN }], comments: [{ body: WRITTEN }] } };
    expect((await desk().note(NOTE)).result).toBe('done');
    expect(calls()).not.toContain(write);
    expect(calls()).toContain(tag);
  });

  it.each([['lost', 'unknown'], [{ status: 500 }, 'unknown'], [{ status: 429 }, 'later'], [{ status: 404 }, 'refused']] as const)('is not written when the look before it fails (%j)', async (answer, result) => {
    answers[look] = answer;
    expect((await desk().note(NOTE)).result).toBe(result);
    expect(calls()).toEqual([look]);
  });

  it.each([['lost', 'unknown'], [{ status: 422 }, 'refused'], [{ status: 429 }, 'later']] as const)('that meets with %j ends as expected, and tells no secret', async (answer, result) => {
    answers[write] = answer;
    const ended = await desk().note(NOTE);
    expect(ended.result).toBe(result);
    expect(JSON.stringify(ended)).not.toContain('hush');
    expect(calls()).not.toContain(tag);
  });
});
