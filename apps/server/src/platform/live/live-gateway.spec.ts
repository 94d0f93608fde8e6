import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { LIVE_EVENTS, type Change, type Present, type ResumeAnswer, type SubscribeAnswer } from '@orderwatch/contract';
import { ApiTokenStore, writeChanges } from '@orderwatch/db';
import { io, type Socket } from 'socket.io-client';
import { seedCases, startTestServer, type TestServer } from '../../testing/test-server.js';
import { hashToken, newToken } from '../auth/tokens.js';
import { MOST_OWN_SOCKETS } from './live-gateway.js';

describe('sockets', () => {
  let server: TestServer;
  const open: Socket[] = [];

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.disconnect();
  });
  afterAll(() => server.close());

  const socketWith = (extraHeaders: Record<string, string>): Socket => {
    const socket = io(server.url, { transports: ['websocket'], extraHeaders, reconnection: false, forceNew: true });
    open.push(socket);
    return socket;
  };
  const connected = async (who: string): Promise<Socket> => {
    const socket = socketWith({ cookie: await server.signIn(who) });
    await once(socket as never, 'connect');
    return socket;
  };
  const refused = async (headers: Record<string, string>): Promise<unknown> => {
    const socket = socketWith(headers);
    return Promise.race([once(socket as never, 'connect_error').then(([error]) => (error as Error).message), once(socket as never, 'connect').then(() => 'connected')]);
  };
  const subscribe = (socket: Socket, ...topics: string[]): Promise<SubscribeAnswer> => socket.emitWithAck(LIVE_EVENTS.subscribe, { topics }) as Promise<SubscribeAnswer>;
  const next = async (socket: Socket): Promise<Change> => (await once(socket as never, LIVE_EVENTS.change))[0] as Change;
  const write = (topic: string, version: number) => server.db.transactions.run((tx) => writeChanges(tx, [{ topic, entity: 'case', id: 'x', version }]));

  it('opens for a session of ours and for nobody else', async () => {
    expect(await refused({})).toBe('Sign in first.');
    expect(await refused({ cookie: 'orderwatch=ows_made-up' })).toBe('Sign in first.');
    expect(await refused({ cookie: await server.signIn('agent'), origin: 'https://evil.test' })).not.toBe('connected');
    expect(await refused({ cookie: await server.signIn('agent'), origin: server.url })).toBe('connected');
  });

  it('joins the topics that the matrix gives, and names the rest', async () => {
    const order = `order:${randomUUID()}`;
    expect(await subscribe(await connected('agent'), 'queue', 'approvals', 'health', 'report', order)).toEqual({
      joined: { queue: null, approvals: null, health: null, report: null, [order]: null }, refused: [],
    });
    const token = newToken('api');
    await new ApiTokenStore(server.db.transactions).add('bot', 'read', hashToken(token));
    const bot = socketWith({ authorization: `Bearer ${token}` });
    await once(bot as never, 'connect');
    const answer = await subscribe(bot, 'queue', 'approvals');
    expect(answer.refused).toEqual(['approvals']);
    expect(Object.keys(answer.joined)).toEqual(['queue']);
  });

  it.each([[{ topics: ['everything'] }], [{ topics: 'queue' }], [null], [{ topics: Array.from({ length: 51 }, () => 'queue') }]])('joins nothing for %j', async (message) => {
    const socket = await connected('agent');
    expect(await socket.emitWithAck(LIVE_EVENTS.subscribe, message)).toEqual({ joined: {}, refused: [] });
  });

  it('holds a socket to fifty topics', async () => {
    const socket = await connected('agent');
    const orders = () => Array.from({ length: 30 }, () => `order:${randomUUID()}`);
    expect((await subscribe(socket, ...orders())).refused).toHaveLength(0);
    expect((await subscribe(socket, ...orders())).refused).toHaveLength(10);
  });

  it('holds it to fifty although all is asked at once', async () => {
    const socket = await connected('agent');
    const answers = await Promise.all(Array.from({ length: 6 }, () => subscribe(socket, ...Array.from({ length: 30 }, () => `order:${randomUUID()}`))));
    expect(answers.reduce((n, answer) => n + Object.keys(answer.joined).length, 0)).toBe(50);
    expect(answers.reduce((n, answer) => n + answer.refused.length, 0)).toBe(130);
  });

  it('leaves places for others, whoever opens many', async () => {
    const cookie = await server.signIn('lead');
    const outcomes = await Promise.all(Array.from({ length: MOST_OWN_SOCKETS + 3 }, () => refused({ cookie })));
    expect(outcomes).toContain('Too many windows are open.');
    expect(await refused({ cookie: await server.signIn('agent') })).toBe('connected');
  });

  it('tells those who look, and only about what they look at', async () => {
    const [watching, elsewhere] = [await connected('agent'), await connected('agent2')];
    await subscribe(watching, 'queue');
    await subscribe(elsewhere, 'health');
    const heard: Change[] = [];
    elsewhere.on(LIVE_EVENTS.change, (message: Change) => heard.push(message));
    const coming = next(watching);
    await write('queue', 7);
    expect(await coming).toMatchObject({ topic: 'queue', version: 7, prev: null, seq: expect.stringMatching(/^\d+\.\d+$/) as unknown });
    const health = next(elsewhere);
    await write('health', 1);
    await health;
    expect(heard.map((c) => c.topic)).toEqual(['health']);
  });

  it('tells of many changes at once in their order, whatever their length', async () => {
    const socket = await connected('agent');
    await subscribe(socket, 'queue', 'health');
    const heard: Change[] = [];
    const all = new Promise<void>((resolve) => socket.on(LIVE_EVENTS.change, (message: Change) => heard.push(message) === 60 && resolve()));
    const sizes = [0, 200, 70_000];
    await server.db.transactions.run((tx) => writeChanges(tx, Array.from({ length: 60 }, (_, version) => (
      { topic: version % 4 ? 'queue' : 'health', entity: 'case', id: 'x', version, patch: { filler: 'ö'.repeat(sizes[version % 3] ?? 0) } }))));
    await all;
    for (const topic of ['queue', 'health']) {
      const versions = heard.filter((c) => c.topic === topic).map((c) => c.version);
      expect(versions).toEqual([...versions].sort((a, b) => a - b));
    }
    expect(new Set(heard.map((c) => c.version)).size).toBe(60);
    expect(heard.every((c) => c.patch?.['filler'] === 'ö'.repeat(sizes[c.version % 3] ?? 0))).toBe(true);
  });

  it('catches up a client that was away', async () => {
    const socket = await connected('agent');
    await subscribe(socket, 'report');
    const coming = next(socket);
    await write('report', 1);
    const { seq } = await coming;
    const second = next(socket);
    await write('report', 2);
    await second;
    const again = await connected('agent');
    expect(await again.emitWithAck(LIVE_EVENTS.resume, { topic: 'report', seq })).toEqual({ gap: true });
    await subscribe(again, 'report');
    const answer = (await again.emitWithAck(LIVE_EVENTS.resume, { topic: 'report', seq })) as ResumeAnswer;
    expect(answer).toMatchObject({ changes: [{ version: 2, prev: seq }] });
    expect(await again.emitWithAck(LIVE_EVENTS.resume, { topic: 'report', seq: '5.5' })).toEqual({ gap: true });
  });

  it('shows a claim to everybody who looks at the queue, with who won', async () => {
    const [orderId] = await seedCases(server.db, [{}]);
    const lead = await connected('lead');
    await subscribe(lead, 'queue');
    const coming = next(lead);
    const mutationId = randomUUID();
    const answer = await server.ask(
      'mutation($id: ID!, $m: ID!) { claimCase(id: $id, expectedVersion: 1, mutationId: $m) { __typename ... on Done { case { row { version owner { name } } } } } }', { id: orderId, m: mutationId }, await server.signIn('agent'));
    expect(answer.data).toMatchObject({ claimCase: { __typename: 'Done', case: { row: { version: 2, owner: { name: 'Ana Ruiz' } } } } });
    expect(await coming).toMatchObject({ id: orderId, version: 2, patch: { state: 'claimed', owner: { name: 'Ana Ruiz' } }, cause: { mutationId } });
  });

  it('cuts the sockets of those whose role or account was taken away', async () => {
    const socket = await connected('manager2');
    const end = once(socket as never, 'disconnect');
    await server.db.transactions.query(`update person set role = 'agent' where email = 'manager2@demo.test'`);
    await server.application.live?.gateway.recheck();
    expect((await end)[0]).toBe('io server disconnect');
    const agent = await connected('agent2');
    const ended = once(agent as never, 'disconnect');
    await server.db.transactions.query(`update person set disabled_at = now() where email = 'agent2@demo.test'`);
    await server.application.live?.gateway.recheck();
    await ended;
  });

  it('cuts a socket that does not read, before it eats the memory', async () => {
    const gateway = server.application.live?.gateway;
    const deaf = await connected('agent');
    await subscribe(deaf, 'report');
    const { ws } = (deaf.io.engine as unknown as { transport: { ws: { _socket: { pause(): void; resume(): void } } } }).transport;
    ws._socket.pause();
    const before = gateway?.sockets ?? 0;
    const patch = { filler: 'x'.repeat(500_000) };
    for (let i = 0; (gateway?.sockets ?? 0) === before && i < 400; i += 1) {
      await server.db.transactions.run((tx) => writeChanges(tx, [{ topic: 'report', entity: 'order', id: 'x', version: i, patch }]));
      await server.application.live?.reader.settle();
    }
    expect(gateway?.sockets).toBe(before - 1);
    ws._socket.resume();
  });

  it('ends a connection that sends more than 64 kB at once', async () => {
    const socket = await connected('agent');
    const end = once(socket as never, 'disconnect');
    socket.emit(LIVE_EVENTS.subscribe, { topics: ['x'.repeat(70_000)] });
    await end;
  });

  it('tells who is at an order, until they leave, and lets no program be anywhere', async () => {
    const orderId = randomUUID();
    const heard = (socket: Socket): Promise<Present> => once(socket as never, LIVE_EVENTS.presence).then(([present]) => present as Present);
    const say = (socket: Socket, said: object): Promise<unknown> => socket.emitWithAck(LIVE_EVENTS.presence, { orderId, ...said });
    const [lead, agent] = [await connected('lead'), await connected('agent')];
    await subscribe(lead, 'queue');
    const first = heard(lead);
    expect(await say(agent, { state: 'acting', doing: 'refund' })).toEqual({});
    expect(await first).toMatchObject({ orderId, people: [{ state: 'acting', doing: 'refund' }] });

    const late = await connected('manager');
    const atOnce = heard(late);
    await subscribe(late, `order:${orderId}`);
    expect((await atOnce).people).toHaveLength(1);

    const token = newToken('api');
    await new ApiTokenStore(server.db.transactions).add('walker', 'read', hashToken(token));
    const bot = socketWith({ authorization: `Bearer ${token}` });
    await once(bot as never, 'connect');
    expect(await say(bot, { state: 'viewing' })).toEqual({ refused: true });
    expect(await say(agent, { state: 'dancing' })).toEqual({ refused: true });

    const gone = heard(lead);
    agent.disconnect();
    expect(await gone).toEqual({ orderId, people: [] });
  });
});
