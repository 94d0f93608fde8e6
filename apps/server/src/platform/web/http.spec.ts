import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../../testing/test-server.js';
import { ProcessState } from '../health/process-state.js';

describe('the HTTP server', () => {
  let server: TestServer;
  let webRoot: string;

  beforeAll(async () => {
    webRoot = mkdtempSync(join(tmpdir(), 'orderwatch-web-'));
    mkdirSync(join(webRoot, 'assets'));
    writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>app</title>');
    writeFileSync(join(webRoot, 'assets/app-1a2b.js'), 'export {};');
    writeFileSync(join(tmpdir(), 'outside.txt'), 'outside');
    server = await startTestServer({ webRoot });
  });
  afterAll(async () => {
    await server.close();
    rmSync(webRoot, { recursive: true });
    rmSync(join(tmpdir(), 'outside.txt'));
  });

  const get = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, init);
  const inject = (url: string) => server.application.fastify.inject({ url });

  it('keeps connections longer than proxies do, and half-sent requests only for a while', () => {
    const { keepAliveTimeout, headersTimeout, requestTimeout, timeout } = server.application.fastify.server;
    expect({ keepAliveTimeout, headersTimeout, requestTimeout, timeout }).toEqual({ keepAliveTimeout: 75_000, headersTimeout: 10_000, requestTimeout: 30_000, timeout: 0 });
  });

  it.each([['/'], ['/queue?view=late'], ['/orders/123'], ['/no-such-page']])('shows the app at %s, never from an old cache', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  it('lets browsers keep what has its content in its name', async () => {
    expect((await get('/assets/app-1a2b.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await get('/assets/app-old.js')).status).toBe(404);
  });

  it.each([['/../outside.txt'], ['/..%2foutside.txt'], ['/%2e%2e/outside.txt'], ['/assets/..%2f..%2foutside.txt'], ['/x%00.js'], ['/%ff']])('gives nothing of the machine at %s', async (path) => {
    expect((await inject(path)).body).not.toContain('outside\n');
    expect((await inject(path)).body).not.toBe('outside');
  });

  it('tells nobody which files the machine has', async () => {
    const [there, absent] = await Promise.all([inject('/..%2foutside.txt'), inject('/..%2fno-such-file.txt')]);
    expect([there.statusCode, there.body]).toEqual([absent.statusCode, absent.body]);
  });

  it.each([['GET', '/api/v9/nothing'], ['GET', '/auth/sign-in'], ['POST', '/nothing'], ['DELETE', '/queue'], ['GET', '/webhooks'], ['POST', '/webhooks/nobody'], ['POST', '/health/live']])('answers %s %s with a problem', async (method, path) => {
    const response = await get(path, { method });
    const problem = (await response.json()) as Record<string, unknown>;
    expect([404, 405]).toContain(response.status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(problem).toMatchObject({ status: response.status, requestId: response.headers.get('x-request-id') });
    expect(problem['title']).toBeTruthy();
    expect(problem['detail']).toBeTruthy();
  });

  it('runs scripts from its own files only, and is framed by nobody', async () => {
    const headers = (await get('/')).headers;
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).toContain("connect-src 'self' ws://localhost:3000;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('takes no more than 256 kB from people', async () => {
    const response = await get('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: ' '.repeat(300_000) }) });
    expect(response.status).toBe(413);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each([
    ['too deep', `{ ${'order(id:"x") { case { '.repeat(8)} id ${'} }'.repeat(8)} }`], ['too long', `{ ${'me { id } '.repeat(800)} }`], ['no document', '{ me {'], ['an unknown field', '{ secrets }'],
  ])('refuses a request that is %s, and says so', async (_what, query) => {
    const answer = await server.ask(query, {}, await server.signIn('agent'));
    expect(answer.status).toBe(400);
    expect(answer.errors[0]?.message).not.toContain('failed on our side');
  });

  it.each([
    ['a zero byte', '{ queue(view: all, filter: { carriers: ["a\\u0000b"] }) { total } }'], ['a made-up cursor', `{ queue(view: all, after: "${Buffer.from('["a","b","c"]').toString('base64url')}") { total } }`],
    ['a time before all calendars', '{ queue(view: all, filter: { minAgeHours: 2147483647 }) { total } }'],
  ])('tells the caller of %s, and not that something failed here', async (_what, query) => {
    const answer = await server.ask(query, {}, await server.signIn('agent'));
    expect(answer.errors).toMatchObject([{ message: 'A value of the request cannot be used.', extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('refuses batches', async () => {
    const response = await get('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify([{ query: '{ me { id } }' }]) });
    expect(response.status).toBe(400);
  });

  it('tells whether it is ready, and not while it stops', async () => {
    const ready = await get('/health/ready');
    expect([ready.status, await ready.json()]).toMatchObject([200, { status: 'ready', checks: { database: { ok: true }, migrations: { ok: true }, processor: { ok: true }, live: {} } }]);
    const state = server.application.nest.get(ProcessState);
    state.isDraining = true;
    expect((await get('/health/ready')).status).toBe(503);
    expect((await get('/health/live')).status).toBe(200);
    state.isDraining = false;
  });

  it('counts its requests', async () => {
    expect(await (await get('/metrics')).text()).toMatch(/orderwatch_http_request_seconds_count\{method="GET",route="\/health\/live",status="200"\} \d/);
  });
});

describe('a failure on our side', () => {
  it('is told as an id and nothing more', async () => {
    const server = await startTestServer({ env: { ORDERWATCH_ROLE: 'api' } });
    const cookie = await server.signIn('agent');
    expect((await server.ask('{ counts { all } }', {}, cookie)).status).toBe(200);
    await server.db.transactions.query(`alter table case_item rename to gone`);
    const answer = await server.ask('{ counts { all } }', {}, cookie);
    expect(answer.errors).toMatchObject([{ message: 'Something failed on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(JSON.stringify(answer)).not.toContain('case_item');
    await server.close();
  });
});
