import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from './database';
import { root, run, until } from './processes';

export interface FeedEvent {
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Effect {
  readonly kind: string;
  readonly orderId: string;
  readonly amount: string | null;
}

export interface Played {
  readonly order: { readonly id: string; readonly name: string; readonly total: number; readonly currency: string } | null;
  readonly deliveries: readonly { readonly status: number }[];
}

/** The built server on a database of its own, and a stand-in for the shop beside it. */
export interface World {
  readonly url: string;
  readonly databaseUrl: string;
  /** Posts events of the generic feed, signed; answers with the status. */
  send: (...events: readonly FeedEvent[]) => Promise<number>;
  /** Posts bytes to the feed with a right signature. */
  sendBytes: (body: string) => Promise<number>;
  /** Lets the synthetic store play one scenario, signed as the vendors sign. */
  play: (scenario: string, more?: Readonly<Record<string, unknown>>) => Promise<Played>;
  /** What really happened in the shop, by its own book. */
  effects: () => Promise<readonly Effect[]>;
  /** One GraphQL request as a person. */
  ask: (cookie: string, query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>>;
  /** Signs a demo person in; the session cookie. */
  signIn: (name: string) => Promise<string>;
  /** Lets a feed have been silent for so many minutes, as if nothing had come from it since. */
  silence: (connection: string, minutes: number) => Promise<unknown>;
  /** Lets a person's sessions have been without hands for so many minutes. */
  rest: (name: string, minutes: number) => Promise<unknown>;
  /** Lets a person's sessions end in so many minutes, whatever they do. */
  endIn: (name: string, minutes: number) => Promise<unknown>;
  /** Lets a worker join the installation for a moment. What the others look for each minute only, it looks for when it begins. */
  join: () => Promise<void>;
  /** How the shop's next requests go: `ok`, `5xx_before`, `4xx`; with `times`, only so many of them. */
  trouble: (mode: string, times?: number) => Promise<void>;
  /** Lets the time be over in which an approved remedy of the order can be called back. */
  endHold: (orderId: string) => Promise<void>;
  /** Lets so many hours have passed for a remedy that is being carried out, and its next attempt be due. */
  pass: (orderId: string, hours: number) => Promise<void>;
  stop: () => Promise<void>;
}

const PASSWORD = 'orderwatch-demo';

/** Signed as Standard Webhooks are. */
const feedHeaders = (secret: Buffer, body: string): Record<string, string> => {
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'content-type': 'application/cloudevents-batch+json', 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
};

/** The next attempt to carry out a remedy of the order. */
const executionOf = (orderId: string): string => `name = 'remedy-execute' and state in ('created', 'retry') and data ->> 'id' in (select id::text from remedy where order_id = '${orderId}')`;

const isOk = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
};

export const startWorld = async (): Promise<World> => {
  const database = await createDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'orderwatch-e2e-'));
  const [port, shopPort, workerPort] = database.ports;
  const feedSecret = randomBytes(32);
  const url = `http://127.0.0.1:${port}`;
  const shop = `http://127.0.0.1:${shopPort}`;
  const env = {
    ...process.env, NODE_ENV: 'production', PORT: String(port), DATABASE_URL: database.url, ORDERWATCH_DATA_DIR: folder, ORDERWATCH_DEMO: '1', ORDERWATCH_ROLE: 'all',
    ORDERWATCH_SECRET: randomBytes(32).toString('base64'), ORDERWATCH_EVENTS_SECRET: `whsec_${feedSecret.toString('base64')}`, ORDERWATCH_SHOPIFY_SECRET: randomBytes(16).toString('hex'),
    ORDERWATCH_EASYPOST_SECRET: randomBytes(16).toString('hex'), ORDERWATCH_SHOPIFY_SHOP: 'demo-store.myshopify.com', ORDERWATCH_SHOPIFY_TOKEN: 'e2e', ORDERWATCH_SHOPIFY_API_URL: shop,
    PUBLIC_URL: url, ORDERWATCH_URL: url, ORDERWATCH_UNSAFE_DATABASE: '1', ORDERWATCH_LOG_LEVEL: 'warn', SIMULATOR_PORT: String(shopPort), SIMULATOR_LEDGER: join(folder, 'ledger.jsonl'), SIMULATOR_RATE: '0',
  };
  const server = run([join(root, 'apps/server/dist/main.js')], env);
  const store = run([join(root, 'apps/simulator/dist/main.js')], env);
  const stop = async (): Promise<void> => {
    await Promise.all([server.stop(), store.stop()]);
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until('the server is ready', () => isOk(`${url}/health/ready`), 60_000, server.output);
    await until('the stand-in is ready', () => isOk(`${shop}/__health`), 30_000, store.output);
  } catch (error) {
    await stop();
    throw error;
  }
  const sendBytes = async (body: string): Promise<number> => {
    const response = await fetch(`${url}/webhooks/events`, { method: 'POST', body, headers: feedHeaders(feedSecret, body) });
    await response.arrayBuffer();
    return response.status;
  };
  return {
    url,
    databaseUrl: database.url,
    sendBytes,
    send: (...events) => sendBytes(JSON.stringify(events.map((event) => ({ specversion: '1.0', id: randomUUID(), source: 'https://e2e.test/feed', datacontenttype: 'application/json', ...event })))),
    play: async (scenario, more = {}) => {
      const response = await fetch(`${shop}/__emit`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ scenario, ...more }) });
      if (!response.ok) throw new Error(`The store cannot play ${scenario}: ${await response.text()}`);
      return (await response.json()) as Played;
    },
    effects: async () => (await (await fetch(`${shop}/__ledger`)).json()) as Effect[],
    ask: async (cookie, query, variables = {}) => {
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify({ query, variables }) });
      const answer = (await response.json()) as { data?: Record<string, unknown>; errors?: { message: string }[] };
      if (!answer.data || answer.errors) throw new Error(answer.errors?.[0]?.message ?? `answered ${response.status}`);
      return answer.data;
    },
    signIn: async (name) => {
      const response = await fetch(`${url}/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: `${name}@demo.test`, password: PASSWORD }) });
      const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
      if (response.status !== 204 || !cookie) throw new Error(`${name} could not sign in: ${response.status} ${await response.text()}`);
      return cookie;
    },
    silence: (connection, minutes) => database.run(`update feed_health set last_received_at = now() - interval '${minutes} minutes' where connection = '${connection}'`),
    rest: (name, minutes) => database.run(`update session set last_seen_at = now() - interval '${minutes} minutes' where person_id = (select id from person where email = '${name}@demo.test')`),
    endIn: (name, minutes) => database.run(`update session set expires_at = now() + interval '${minutes} minutes' where person_id = (select id from person where email = '${name}@demo.test')`),
    join: async () => {
      const worker = run([join(root, 'apps/server/dist/main.js')], { ...env, PORT: String(workerPort), ORDERWATCH_ROLE: 'worker' });
      try {
        await until('the worker is ready', () => isOk(`http://127.0.0.1:${workerPort}/health/ready`), 60_000, worker.output);
      } finally {
        // It finishes what it has begun.
        await worker.stop();
      }
    },
    trouble: async (mode, times) => {
      const response = await fetch(`${shop}/__control`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ mode, times }) });
      if (!response.ok) throw new Error(`The shop knows no trouble ${mode}`);
    },
    endHold: async (orderId) => {
      await database.run(`update remedy set execute_after = now() where order_id = '${orderId}' and state = 'approved'`);
      await database.run(`update pgboss.job set start_after = now() where ${executionOf(orderId)}`);
    },
    pass: async (orderId, hours) => {
      // An attempt that is under way would plan the next one by the time before.
      await until('the next attempt is planned', async () => (await database.run(`select 1 from pgboss.job where ${executionOf(orderId)}`)).length > 0);
      await database.run(`update remedy set execute_after = execute_after - interval '${hours} hours', attempted_at = attempted_at - interval '${hours} hours' where order_id = '${orderId}' and state = 'executing'`);
      await database.run(`update pgboss.job set start_after = start_after - interval '${hours} hours' where ${executionOf(orderId)}`);
    },
    stop,
  };
};
