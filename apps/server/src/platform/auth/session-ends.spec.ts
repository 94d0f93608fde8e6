import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HANDS_TOLD_HEADER, type SessionLeft } from '@orderwatch/contract';
import { io } from 'socket.io-client';
import { startTestServer, type TestServer } from '../../testing/test-server.js';
import { SESSION_IDLE_SECONDS, SESSION_SECONDS } from '../platform.module.js';
import { hashToken } from './tokens.js';

const ME = '{ me { id } }';
const MINUTE = 60;
const BY_ITSELF = { [HANDS_TOLD_HEADER]: '1' };

describe('the end of a session', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ env: { ORDERWATCH_ROLE: 'api' } });
  });
  afterAll(() => server.close());

  /** A session of its own: what the server remembers of another for a moment is not what is asked. */
  const signIn = (who = 'agent'): Promise<string> => {
    server.forgetSignIns();
    return server.signIn(who);
  };
  const hashOf = (cookie: string): Buffer => hashToken(cookie.split('=')[1] ?? '');
  /** So many seconds pass for the session, as if nobody had done anything. */
  const pass = (cookie: string, seconds: number) =>
    server.db.transactions.query('update session set last_seen_at = last_seen_at - make_interval(secs => $2), expires_at = expires_at - make_interval(secs => $2) where token_hash = $1', [hashOf(cookie), seconds]);
  /** For how many minutes nobody did anything, as the server has it. */
  const rested = async (cookie: string): Promise<number> => {
    const [row] = await server.db.transactions.query<{ minutes: number }>('select round(extract(epoch from now() - last_seen_at) / 60)::int as minutes from session where token_hash = $1', [hashOf(cookie)]);
    return row?.minutes ?? Number.NaN;
  };
  const say = (cookie: string, restedMs: number | null) =>
    fetch(`${server.url}/api/v1/session/hands`, { method: 'POST', headers: { 'content-type': 'application/json', cookie, ...BY_ITSELF }, body: JSON.stringify({ restedMs }) });

  it('comes after half an hour without hands, and after eight hours', () => {
    expect([SESSION_IDLE_SECONDS, SESSION_SECONDS]).toEqual([30 * MINUTE, 8 * 60 * MINUTE]);
  });

  it('is not put off by a page that reads by itself', async () => {
    const cookie = await signIn();
    await pass(cookie, 20 * MINUTE);
    expect((await server.ask(ME, {}, cookie, BY_ITSELF)).status).toBe(200);
    expect(await rested(cookie)).toBe(20);
    const other = await signIn();
    await pass(other, 31 * MINUTE);
    expect((await server.ask(ME, {}, other, BY_ITSELF)).status).toBe(401);
  });

  it('is not put off by a socket, which opens anew by itself', async () => {
    const cookie = await signIn();
    await pass(cookie, 20 * MINUTE);
    const socket = io(server.url, { transports: ['websocket'], extraHeaders: { cookie }, reconnection: false });
    await once(socket as never, 'connect');
    socket.disconnect();
    expect(await rested(cookie)).toBe(20);
  });

  it('is put off by every request of a program that knows nothing of this', async () => {
    const cookie = await signIn();
    await pass(cookie, 20 * MINUTE);
    expect((await server.ask(ME, {}, cookie)).status).toBe(200);
    expect(await rested(cookie)).toBe(0);
  });

  it('is put off by hands, as of when they were at work, and told in spans of the database’s clock', async () => {
    const cookie = await signIn();
    await pass(cookie, 28 * MINUTE);
    const seen = (await (await say(cookie, null)).json()) as SessionLeft;
    expect(Math.round(seen.idleMs / 60_000)).toBe(2);
    const answer = await say(cookie, 3 * 60_000);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const left = (await answer.json()) as SessionLeft;
    expect([left.idleMs, left.lastMs].map((ms) => Math.round(ms / 60_000))).toEqual([27, 8 * 60 - 28]);
    expect(await rested(cookie)).toBe(3);
  });

  it('is not put off beyond the last one', async () => {
    const cookie = await signIn();
    await pass(cookie, 8 * 60 * MINUTE + 1);
    expect((await say(cookie, 0)).status).toBe(401);
    const ended = await signIn();
    await say(ended, 0);
    // Who asks is remembered for a moment; the session itself is not.
    await pass(ended, 31 * MINUTE);
    expect((await say(ended, 0)).status).toBe(401);
  });

  it.each([{}, { restedMs: -1 }, { restedMs: '1' }, { restedMs: 1e300 }, []])('hears only what can be: %j', async (body) => {
    const answer = await fetch(`${server.url}/api/v1/session/hands`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: await server.signIn('lead') }, body: JSON.stringify(body) });
    expect(answer.status).toBe(400);
  });
});
