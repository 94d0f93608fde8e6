import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SECRETS } from '@orderwatch/rig';
import pg from 'pg';
import { answer } from '../child-program.js';

/** The floor of B4: bare node:http, the signature over the raw bytes, one insert per request, 2xx after its commit. Nothing is understood. */
const TABLE = `create table if not exists delivery (id bigint generated always as identity primary key, source text not null, external_id text not null, body bytea not null, unique (source, external_id))`;
const INSERT = { name: 'insert', text: 'insert into delivery (source, external_id, body) values ($1, $2, $3) on conflict do nothing' };
const KEY = Buffer.from(SECRETS.events.slice('whsec_'.length), 'base64');
const CONNECTIONS = 8;

function isGenuine(request: IncomingMessage, body: Buffer): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': given } = request.headers;
  const expected = Buffer.from(`v1,${createHmac('sha256', KEY).update(`${id}.${timestamp}.`).update(body).digest('base64')}`);
  const got = Buffer.from(String(given));
  return got.length === expected.length && timingSafeEqual(got, expected);
}

async function accept(pool: pg.Pool, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (!isGenuine(request, body)) {
    response.writeHead(401).end();
    return;
  }
  await pool.query({ ...INSERT, values: ['events', request.headers['webhook-id'], body] });
  response.writeHead(202, { 'content-type': 'application/json', 'content-length': '15' }).end('{"stored":true}');
}

answer(async ({ databaseUrl }: { databaseUrl: string }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  await pool.query(TABLE);
  const server = createServer((request, response) => {
    accept(pool, request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
});
