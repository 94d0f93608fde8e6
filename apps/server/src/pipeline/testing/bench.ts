import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { Sealer, type Clock, type EnvironmentConnection } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { fastify, type FastifyInstance } from 'fastify';
import { AcceptWebhook } from '../../features/ingest/accept-webhook.js';
import { RejectedCounter } from '../../features/ingest/rejected-counter.js';
import { registerWebhooks } from '../../features/ingest/webhook.routes.js';
import { silentLog } from '../log.js';
import { Pipeline } from '../pipeline.js';

export const SECRETS = { events: `whsec_${randomBytes(24).toString('base64')}`, shopify: 'shopify client secret', easypost: 'easypost webhook secret' };
export const CONNECTIONS: readonly EnvironmentConnection[] = (['events', 'shopify', 'easypost'] as const).map((kind) => ({ name: kind, kind, secrets: { signing: [SECRETS[kind]] } }));

export class HandClock implements Clock {
  constructor(public at: number = Date.UTC(2026, 0, 5, 12)) {}

  now(): number {
    return this.at;
  }
}

/** The pipeline on a real database, driven by hand: nothing runs unless the test says so. */
export interface Bench {
  readonly db: TestDatabase;
  readonly app: FastifyInstance;
  readonly pipeline: Pipeline;
  readonly clock: HandClock;
  readonly sealer: Sealer;
  readonly rejected: RejectedCounter;
  /** Processes until the inbox is empty. */
  drain(): Promise<void>;
  rows<T>(sql: string, params?: readonly unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const db = await createTestDatabase();
  const clock = new HandClock();
  const sealer = new Sealer('a master secret of a test');
  const { transactions } = db;
  const pipeline = new Pipeline({ transactions, sealer, clock, log: silentLog, connections: CONNECTIONS });
  await pipeline.registry.start();
  const app = fastify();
  const rejected = new RejectedCounter(transactions, pipeline.connections);
  await registerWebhooks(app, { registry: pipeline.registry, accept: new AcceptWebhook(pipeline.intake, clock), rejected });
  await app.ready();
  const drain = async (): Promise<void> => {
    while ((await transactions.query('select 1 from inbox where state = $1 limit 1', ['new'])).length > 0) await pipeline.processor.step();
    await pipeline.beats.write();
  };
  return { db, app, pipeline, clock, sealer, rejected, drain, rows: (sql, params) => transactions.query(sql, params), close: async () => { await app.close(); await rejected.flush(); await db.drop(); } };
}

/** Headers of a delivery to the generic feed, signed as Standard Webhooks wants it. */
export function signEvents(body: Buffer | string, now: number, secret = SECRETS.events): Record<string, string> {
  const id = randomUUID();
  const timestamp = String(Math.floor(now / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

export const signShopify = (body: Buffer | string, secret = SECRETS.shopify): Record<string, string> => ({ 'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64') });

export const signEasypost = (body: Buffer | string, secret = SECRETS.easypost): Record<string, string> => ({ 'x-hmac-signature': `hmac-sha256-hex=${createHmac('sha256', secret).update(body).digest('hex')}` });

/** One CloudEvent of the generic feed. */
export function event(type: string, subject: string, data: object, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { specversion: '1.0', id: randomUUID(), source: 'test', type, subject, time: '2026-01-05T08:00:00Z', data, ...more };
}
