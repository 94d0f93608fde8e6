import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { LIVE_EVENTS, topicSchema, type ResumeAnswer, type SubscribeAnswer } from '@orderwatch/contract';
import { ApiTokenStore, writeChanges } from '@orderwatch/db';
import { ACCESS_SUBJECTS, ACTIONS, mayDo, topicAction, type AccessSubject } from '@orderwatch/domain';
import { io, type Socket } from 'socket.io-client';
import { startTestServer, type TestServer } from '../../testing/test-server.js';
import { hashToken, newToken } from '../auth/tokens.js';

const ORDER = `order:${randomUUID()}`;
const TOPICS = ['queue', 'approvals', 'health', 'report', ORDER];

/** What a client may say, and of which action of the matrix each is; whatever else it says is not heard. */
const HEARD = { subscribe: 'live.*', unsubscribe: 'live.*', resume: 'live.*', ping_app: 'self', presence: 'live.order' } as const;
/** What the server says: only to those who joined. */
const SAID = ['change', 'beat', 'presence'];

describe('the role matrix over sockets', () => {
  let server: TestServer;
  const tokens = new Map<string, string>();
  const open: Socket[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    for (const scope of ['read', 'write'] as const) {
      const token = newToken('api');
      await new ApiTokenStore(server.db.transactions).add(scope, scope, hashToken(token));
      tokens.set(`token_${scope}`, token);
    }
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.disconnect();
  });
  afterAll(() => server.close());

  async function connect(subject: AccessSubject): Promise<Socket> {
    const token = tokens.get(subject);
    const extraHeaders: Record<string, string> = token ? { authorization: `Bearer ${token}` } : subject === 'anonymous' ? {} : { cookie: await server.signIn(subject) };
    const socket = io(server.url, { transports: ['websocket'], extraHeaders, reconnection: false, forceNew: true });
    open.push(socket);
    return socket;
  }
  const subscribe = (socket: Socket, topics: readonly string[]): Promise<SubscribeAnswer> => socket.emitWithAck(LIVE_EVENTS.subscribe, { topics }) as Promise<SubscribeAnswer>;
  const mayJoin = (subject: AccessSubject, topic: string): boolean => mayDo(subject, topicAction(topic) ?? '');

  it('has every topic that there is, and no other', () => {
    expect(TOPICS.filter((topic) => !topicSchema.safeParse(topic).success)).toEqual([]);
    expect([...new Set(TOPICS.map(topicAction))].sort()).toEqual(ACTIONS.filter((action) => action.startsWith('live.')).sort());
  });

  it('has every event that there is', () => {
    expect([...new Set([...Object.keys(HEARD), ...SAID])].sort()).toEqual([...Object.values(LIVE_EVENTS)].sort());
  });

  it('lets nobody in without a name', async () => {
    const socket = await connect('anonymous');
    const [error] = (await once(socket as never, 'connect_error')) as [Error];
    expect(error.message).toBe('Sign in first.');
  });

  it.each(ACCESS_SUBJECTS.filter((subject) => subject !== 'anonymous'))('%s joins, resumes and hears what the table gives, and nothing else', async (subject) => {
    const socket = await connect(subject);
    await once(socket as never, 'connect');
    const given = TOPICS.filter((topic) => mayJoin(subject, topic));
    const answer = await subscribe(socket, TOPICS);
    expect(Object.keys(answer.joined).sort()).toEqual([...given].sort());
    expect([...answer.refused].sort()).toEqual(TOPICS.filter((topic) => !given.includes(topic)).sort());
    for (const topic of TOPICS.filter((t) => !given.includes(t))) expect(await (socket.emitWithAck(LIVE_EVENTS.resume, { topic, seq: '1.1' }) as Promise<ResumeAnswer>)).toEqual({ gap: true });

    const heard: string[] = [];
    const isAll = new Promise<void>((resolve) => {
      socket.on(LIVE_EVENTS.change, (change: { topic: string; id: string }) => {
        if (change.id === subject) heard.push(change.topic);
        if (change.topic === 'queue' && change.id === `${subject} last`) resolve();
      });
    });
    const write = (id: string, topics: readonly string[]): Promise<void> => server.db.transactions.run((tx) => writeChanges(tx, topics.map((topic) => ({ topic, entity: 'case', id, version: 1 }))));
    await write(subject, TOPICS);
    await write(`${subject} last`, ['queue']); // committed later, so told later
    await isAll;
    expect(heard.sort()).toEqual([...given].sort());
  });

  it('lets programs be nowhere, and people only where they may look', async () => {
    for (const subject of ['agent', 'token_write'] as const) {
      const socket = await connect(subject);
      await once(socket as never, 'connect');
      const said = await socket.emitWithAck(LIVE_EVENTS.presence, { orderId: ORDER.slice('order:'.length), state: 'viewing' });
      expect(said).toEqual(subject === 'agent' ? {} : { refused: true });
    }
  });

  it('does not hear what is no event', async () => {
    const socket = await connect('manager');
    await once(socket as never, 'connect');
    const answered: string[] = [];
    for (const event of ['approve', 'join', 'change', 'beat', '__proto__']) socket.emit(event, {}, () => answered.push(event));
    await socket.emitWithAck(LIVE_EVENTS.ping, {}); // answered in the order in which they came
    expect(answered).toEqual([]);
  });
});
