import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiTokenStore, PersonStore, SessionStore, SignInAttempts } from '@orderwatch/db';
import { startTestServer, type TestServer } from '../../testing/test-server.js';
import { isOwnOrigin } from './origin.js';
import { Busy, Passwords } from './password.js';
import { delayMs, SignIn } from './sign-in.js';
import { hashToken, newToken } from './tokens.js';

const ME = '{ me { email role } }';

describe('signing in', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  const post = (path: string, body: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

  it('gives a cookie that scripts and other sites cannot use, and stores only its hash', async () => {
    const response = await post('/auth/sign-in', JSON.stringify({ email: 'AGENT@demo.test', password: 'orderwatch-demo' }));
    expect(response.status).toBe(204);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^orderwatch=ows_[\w-]{43}; .*Path=\/; HttpOnly; SameSite=Lax$/);
    const value = cookie.split(';')[0]?.split('=')[1] ?? '';
    const rows = await server.db.transactions.query<{ token_hash: Buffer }>('select token_hash from session');
    expect(rows.some((row) => row.token_hash.equals(hashToken(value)))).toBe(true);
    expect(rows.some((row) => row.token_hash.includes(value))).toBe(false);
    expect((await server.ask(ME, {}, cookie.split(';')[0])).data).toEqual({ me: { email: 'agent@demo.test', role: 'agent' } });
  });

  it.each([
    ['a wrong password', { email: 'agent@demo.test', password: 'wrong' }], ['nobody', { email: 'nobody@demo.test', password: 'orderwatch-demo' }],
  ])('answers %s with the same problem', async (_what, body) => {
    const response = await post('/auth/sign-in', JSON.stringify(body));
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await response.json()).toMatchObject({ title: 'Not signed in', status: 401, detail: 'E-mail or password is wrong.', requestId: response.headers.get('x-request-id') });
  });

  it.each([['no JSON', '{'], ['no object', '[]'], ['a missing field', '{"email":"a@b.c"}'], ['another type', '{"email":{},"password":1}'], ['nothing', '']])('answers %s with 400', async (_what, body) => {
    const response = await post('/auth/sign-in', body);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('ends the session on the server when one signs out', async () => {
    const response = await post('/auth/sign-in', JSON.stringify({ email: 'lead@demo.test', password: 'orderwatch-demo' }));
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await server.ask(ME, {}, cookie)).status).toBe(200);
    expect((await post('/auth/sign-out', '{}', { cookie })).status).toBe(204);
    expect((await server.ask(ME, {}, cookie)).status).toBe(401);
  });

  it('refuses without a session, with a made-up one, and from another site', async () => {
    for (const cookie of [null, 'orderwatch=ows_made-up', 'orderwatch=']) expect((await server.ask(ME, {}, cookie)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const cookie = await server.signIn('agent');
    expect((await post('/graphql', JSON.stringify({ query: ME }), { cookie, origin: 'https://evil.test' })).status).toBe(403);
    expect((await post('/graphql', JSON.stringify({ query: ME }), { cookie, origin: server.url })).status).toBe(200);
    expect((await fetch(`${server.url}/graphql`, { method: 'POST', body: JSON.stringify({ query: ME }), headers: { cookie, 'content-type': 'text/plain' } })).status).toBe(400);
  });

  it('lets programs in by token: reading, with names masked, and nothing that only a person does', async () => {
    const token = newToken('api');
    const id = await new ApiTokenStore(server.db.transactions).add('bot', 'read', hashToken(token));
    const headers = { authorization: `Bearer ${token}` };
    expect((await server.ask('{ counts { all } }', {}, null, headers)).data).toEqual({ counts: { all: 0 } });
    expect((await server.ask(ME, {}, null, headers)).errors[0]?.extensions.code).toBe('FORBIDDEN');
    await new ApiTokenStore(server.db.transactions).revoke(id);
    const other = newToken('api');
    expect((await server.ask('{ counts { all } }', {}, null, { authorization: `Bearer ${other}` })).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('takes from a disabled person the sessions too', async () => {
    const people = new PersonStore(server.db.transactions);
    const sessions = new SessionStore(server.db.transactions, 60, 60);
    const person = await people.byEmail('manager2@demo.test');
    const hash = hashToken(newToken('session'));
    await sessions.add(hash, person?.id ?? '');
    expect(await sessions.live([hash])).toHaveLength(1);
    await people.setDisabled(['manager2@demo.test'], true);
    expect(await sessions.live([hash])).toHaveLength(0);
    expect((await post('/auth/sign-in', JSON.stringify({ email: 'manager2@demo.test', password: 'orderwatch-demo' }))).status).toBe(401);
  });

  it('makes guessing slow without ever locking the owner out', async () => {
    const waits: number[] = [];
    const { transactions } = server.db;
    const signIn = new SignIn({
      people: new PersonStore(transactions), sessions: new SessionStore(transactions, 60, 60), attempts: new SignInAttempts(transactions), passwords: new Passwords(), wait: async (ms) => waits.push(ms),
    });
    for (let i = 0; i < 8; i += 1) expect(await signIn.run('admin@demo.test', `guess ${i}`, '10.0.0.1')).toBeNull();
    expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
    waits.length = 0;
    expect(await signIn.run('admin@demo.test', 'orderwatch-demo', '10.0.0.2')).toMatch(/^ows_/);
    expect(waits).toEqual([]);
    expect(await signIn.run('admin@demo.test', 'orderwatch-demo', '10.0.0.1')).toMatch(/^ows_/);
  });

  it('does not let the impatient ask in parallel, and lets the owner in meanwhile', async () => {
    const { transactions } = server.db;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const signIn = new SignIn({
      people: new PersonStore(transactions), sessions: new SessionStore(transactions, 60, 60), attempts: new SignInAttempts(transactions), passwords: new Passwords(), wait: () => held,
    });
    await new SignInAttempts(transactions).add(Array.from({ length: 5 }, () => [`pair:${digestOf('lead@demo.test')}:${digestOf('10.0.0.3')}`]).flat());
    const guesses = Array.from({ length: 20 }, (_, i) => signIn.run('lead@demo.test', `guess ${i}`, '10.0.0.3').then(() => 'checked', (error: unknown) => (error instanceof Busy ? 'refused' : error)));
    expect(await signIn.run('lead@demo.test', 'orderwatch-demo', '10.0.0.4')).toMatch(/^ows_/);
    release();
    const outcomes = await Promise.all(guesses);
    expect(outcomes.filter((o) => o === 'checked')).toHaveLength(4);
    expect(outcomes.filter((o) => o === 'refused')).toHaveLength(16);
  });

  it('counts attempts that come at the same time as coming after each other', async () => {
    const { transactions } = server.db;
    let waits = 0;
    const signIn = () => new SignIn({
      people: new PersonStore(transactions), sessions: new SessionStore(transactions, 60, 60), attempts: new SignInAttempts(transactions), passwords: new Passwords(), wait: async () => (waits += 1),
    });
    // One per process, as it were: nothing in memory tells them of each other.
    await Promise.all(Array.from({ length: 12 }, (_, i) => signIn().run('agent2@demo.test', `guess ${i}`, '10.0.0.5')));
    expect(waits).toBeGreaterThanOrEqual(12 - 4);
  });
});

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 32);

describe('delayMs', () => {
  it('is bounded, whatever is tried', () => {
    expect(delayMs({ pair: 0, account: 0, address: 0 })).toBe(0);
    expect(delayMs({ pair: 1e6, account: 1e6, address: 1e6 })).toBe(8_000);
    expect(delayMs({ pair: 0, account: 1e6, address: 0 })).toBe(1_000);
  });
});

describe('Passwords', () => {
  const passwords = new Passwords(2);
  it('hashes with argon2id and salt, and knows the right one only', async () => {
    const [a, b] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(a).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(a).not.toBe(b);
    expect(await passwords.verify('correct horse', a)).toBe(true);
    expect(await passwords.verify('correct horsE', a)).toBe(false);
  });
  it('never says yes to nobody, not even with the decoy’s password', async () => {
    expect(await passwords.verify('nobody has this password', null)).toBe(false);
    expect(await passwords.verify('x', 'not a hash')).toBe(false);
  });
  it('refuses to queue without end', async () => {
    const narrow = new Passwords(1, 1);
    const results = await Promise.allSettled([narrow.hash('a'), narrow.hash('b'), narrow.hash('c')]);
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });
});

describe('isOwnOrigin', () => {
  const own = (headers: Record<string, string>) => isOwnOrigin({ host: 'desk.shop.test', ...headers }, 'https://desk.shop.test');
  it.each([
    [{}, true], [{ origin: 'https://desk.shop.test' }, true], [{ origin: 'https://evil.test' }, false], [{ origin: 'null' }, false], [{ origin: 'https://desk.shop.test.evil.test' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false], [{ 'sec-fetch-site': 'same-origin' }, true],
  ])('%j → %s', (headers, expected) => expect(own(headers)).toBe(expected));
});
