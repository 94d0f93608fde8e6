import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '../telemetry/logger.js';
import { Metrics } from '../telemetry/metrics.js';
import { drain } from './drain.js';
import { createHttpServer } from './http-server.js';
import { RequestsInFlight } from './in-flight.js';

const request = (...headers: string[]): string => ['POST / HTTP/1.1', 'host: x', ...headers, '', ''].join('\r\n');
const until = async (is: () => boolean): Promise<void> => {
  while (!is()) await new Promise((again) => setTimeout(again, 5));
};

describe('requests in flight', () => {
  let server: Server;
  let requests: RequestsInFlight;
  let responses: ServerResponse[];
  const sockets: Socket[] = [];

  beforeEach(async () => {
    responses = [];
    requests = new RequestsInFlight({ requests: 2, bytes: 10_000 });
    server = createServer((_request, response) => void responses.push(response));
    requests.watch(server);
    server.listen(0);
    await once(server, 'listening');
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.closeAllConnections();
    server.close();
  });

  const opened = async (): Promise<Socket> => {
    const socket = connect((server.address() as AddressInfo).port);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const heard = (socket: Socket): { text: string } => {
    const so = { text: '' };
    socket.on('data', (chunk: Buffer) => (so.text += chunk.toString()));
    return so;
  };

  it('are counted until they are answered, or nobody waits for them any more', async () => {
    const [first, second] = [await opened(), await opened()];
    first.write(request());
    // The second stands behind the first and gets its turn after it.
    second.write(request() + request());
    await until(() => requests.count === 3);
    expect(requests.isFull).toBe(true);
    responses.find((response) => response.req.socket.remotePort === first.localPort)?.end();
    await until(() => requests.count === 2);
    expect(requests.isFull).toBe(false);
    second.destroy();
    await until(() => requests.count === 0);
  });

  it.each([
    ['what is announced', ['content-length: 10001'], true], ['room that is just enough', ['content-length: 10000'], false], ['a packed body as more than it says', ['content-length: 1251', 'content-encoding: gzip'], true],
    ['a body of unknown length', ['transfer-encoding: chunked'], true], ['no body', [], false],
  ])('counts %s', async (_what, headers, isFull) => {
    (await opened()).write(request(...headers));
    await until(() => requests.count === 1);
    expect(requests.isFull).toBe(isFull);
  });

  it('drains: what is in flight and what still comes is answered, and is the last on its connection', async () => {
    const [busy, idle, fresh] = [await opened(), await opened(), await opened()];
    const said = [busy, idle, fresh].map(heard);
    for (const socket of [busy, idle]) socket.write(request());
    await until(() => requests.count === 2);
    const [inFlight, answered] = [busy, idle].map((socket) => responses.find((response) => response.req.socket.remotePort === socket.localPort));
    answered?.end('before');
    await until(() => said[1]?.text.includes('before') === true);
    const draining = drain(server, requests, { lingerMs: 10_000, deadlineMs: 20_000 });
    await until(() => !server.listening);
    idle.write(request());
    fresh.write(request());
    await until(() => requests.count === 3);
    for (const response of [inFlight, ...responses.slice(2)]) response?.end('after');
    await draining;
    expect(said.map(({ text }) => /connection: close\r\n[^]*after$/i.test(text))).toEqual([true, true, true]);
    expect(said[1]?.text).toMatch(/connection: keep-alive[^]*before/i);
  });

  it('drains without waiting for connections that bring nothing', async () => {
    const [silent, slow] = [await opened(), await opened()];
    slow.write('POST / HTTP/1.1\r\nhost');
    const ended = Promise.all([once(silent, 'close'), once(slow, 'close')]);
    for (const socket of [silent, slow]) socket.resume();
    await drain(server, requests, { lingerMs: 0, deadlineMs: 600_000 });
    await ended;
  });

  it('gives up at the deadline what is not answered', async () => {
    const socket = await opened();
    const ended = once(socket.resume(), 'close');
    socket.write(request());
    await until(() => requests.count === 1);
    await drain(server, requests, { lingerMs: 0, deadlineMs: 50 });
    await ended;
  });
});

describe('a full server', () => {
  it('puts deliveries off before it reads them, and serves people', async () => {
    const fastify = createHttpServer(createLogger({ level: 'silent', role: 'api', secrets: [] }), new Metrics(), new RequestsInFlight({ requests: 0, bytes: 1 }), null);
    for (const url of ['/webhooks/events', '/graphql']) fastify.post(url, async () => ({ ok: true }));
    await fastify.listen({ port: 0 });
    const { port } = fastify.server.address() as AddressInfo;
    const post = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    const refused = await post('/webhooks/events');
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('content-type'), refused.headers.get('connection')]).toEqual([503, '2', 'application/problem+json; charset=utf-8', 'keep-alive']);
    expect((await post('/graphql')).status).toBe(200);
    await fastify.close();
  });
});
