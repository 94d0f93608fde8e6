import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import { answer } from '../child-program.js';
import { connect, fold, type FloorEvent, makeTables, readEvent } from './batched-fold-statement.js';

interface Settings {
  readonly databaseUrl: string;
  readonly orders: number;
  /** `whsec_…` */
  readonly secret: string;
}

interface Waiting {
  readonly event: FloorEvent;
  readonly response: ServerResponse;
}

const IN_FLIGHT = 2;
const BATCH = 200;

/** The floor of B2: bare `node:http`, HMAC, `JSON.parse`, fold in one statement per group commit, 2xx after the commit. */
class GroupCommit {
  private readonly waiting: Waiting[] = [];

  constructor(private readonly idle: pg.Client[]) {}

  add(one: Waiting): void {
    this.waiting.push(one);
    this.pump();
  }

  private pump(): void {
    while (this.waiting.length > 0) {
      const client = this.idle.pop();
      if (!client) return;
      const batch = this.waiting.splice(0, BATCH);
      fold(client, batch.map(({ event }) => event))
        .then(() => reply(batch, 202), (error: unknown) => {
          console.error(error);
          reply(batch, 500);
        })
        .finally(() => {
          this.idle.push(client);
          this.pump();
        });
    }
  }
}

function reply(batch: readonly Waiting[], status: number): void {
  for (const { response } of batch) response.writeHead(status, { 'content-length': 0 }).end();
}

function isGenuine({ headers }: IncomingMessage, body: Buffer, key: Buffer): boolean {
  const expected = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`).update(body).digest();
  const given = Buffer.from(String(headers['webhook-signature']).slice('v1,'.length), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function open({ databaseUrl, orders, secret }: Settings): Promise<{ port: number }> {
  const clients = await Promise.all(Array.from({ length: IN_FLIGHT }, () => connect(databaseUrl)));
  const [first] = clients;
  if (first) await makeTables(first, orders);
  const commits = new GroupCommit(clients);
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      if (isGenuine(request, body, key)) commits.add({ event: readEvent(body), response });
      else response.writeHead(401, { 'content-length': 0 }).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port };
}

answer(open);
