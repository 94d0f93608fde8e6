import { connect, type AddressInfo, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { createLogger } from '../telemetry/logger.js';
import { Metrics } from '../telemetry/metrics.js';
import { createHttpServer } from './http-server.js';
import { RequestsInFlight } from './in-flight.js';
import type { Answer } from './short-way.js';

describe('the short way', () => {
  const limits = { requests: 10, bytes: 1_000 };
  let fastify: FastifyInstance;
  let metrics: Metrics;
  let lines: string[];
  let url: string;
  let answer: () => Promise<Answer>;

  beforeEach(async () => {
    lines = [];
    metrics = new Metrics();
    answer = async () => ({ status: 202, headers: { 'content-type': 'text/plain' }, body: 'tåken' });
    const destination = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) });
    fastify = createHttpServer(createLogger({ level: 'warn', role: 'api', secrets: [], destination }), metrics, new RequestsInFlight(limits), null);
    fastify.post('/webhooks/routed', async () => 'routed');
    if (fastify.shortWay) fastify.shortWay.shortcut = (request) => (request.url?.startsWith('/webhooks/short') ? { route: '/short', answer: () => answer() } : undefined);
    await fastify.listen({ port: 0 });
    url = `http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}`;
  });
  afterEach(() => fastify.close());

  const post = (path: string, body = ''): Promise<Response> => fetch(`${url}${path}`, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });

  it('answers what is taken and leaves the rest to the routes', async () => {
    const response = await post('/webhooks/short');
    expect([response.status, await response.text(), response.headers.get('x-content-type-options'), response.headers.get('content-length')]).toEqual([202, 'tåken', 'nosniff', '6']);
    expect(response.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(await (await post('/webhooks/routed')).text()).toBe('routed');
    expect(await metrics.registry.metrics()).toContain('count{method="POST",route="/short",status="202"} 1');
    expect(lines).toEqual([]);
  });

  it('takes nothing when the server is full', async () => {
    const response = await post('/webhooks/short', 'x'.repeat(1_001));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  });

  it('tells the log what went wrong, under the id that the sender has', async () => {
    answer = async () => ({ status: 503, headers: {}, body: '' });
    const id = (await post('/webhooks/short')).headers.get('x-request-id');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([expect.objectContaining({ level: 'error', requestId: id, route: '/short', status: 503, msg: 'request failed' })]);
  });

  it('writes nothing to a connection that is gone', async () => {
    let finish = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      answer = () => {
        resolve();
        return new Promise((settle) => (finish = () => settle({ status: 202, headers: {}, body: '' })));
      };
    });
    const closed = new Promise<void>((resolve) => fastify.server.once('connection', (socket: Socket) => socket.once('close', () => resolve())));
    const socket = connect(Number(new URL(url).port));
    socket.write('POST /webhooks/short HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n');
    await asked;
    socket.destroy();
    await closed;
    finish();
    expect((await post('/webhooks/routed')).status).toBe(200);
    expect(await metrics.registry.metrics()).not.toContain('route="/short"');
  });
});
