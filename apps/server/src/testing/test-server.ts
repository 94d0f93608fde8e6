import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Transactions, createDataSource, type Clock } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { createApplication, type Application } from '../application.js';
import { readConfig, type Config } from '../config.js';
import { DEMO_PASSWORD } from '../features/people/first-people.js';
import { createLogger } from '../platform/telemetry/logger.js';

export interface GraphqlAnswer {
  readonly status: number;
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string; readonly requestId: string } }[];
}

/** The whole server on a database of its own, with the demo's people. */
export interface TestServer {
  readonly db: TestDatabase;
  readonly application: Application;
  readonly url: string;
  /** The cookie of `agent`, `lead`, `manager`, `admin` … */
  signIn(who: string): Promise<string>;
  /** Everybody signs in anew: what the server remembers of a session is not what is asked. */
  forgetSignIns(): void;
  ask(query: string, variables?: object, cookie?: string | null, headers?: Readonly<Record<string, string>>): Promise<GraphqlAnswer>;
  close(): Promise<void>;
}

export async function startTestServer(more: { readonly env?: Readonly<Record<string, string>>; readonly clock?: Clock; readonly webRoot?: string } = {}): Promise<TestServer> {
  const db = await createTestDatabase();
  const config: Config = { ...readConfig({ ORDERWATCH_SECRET: 'a secret of the tests only', DATABASE_URL: db.url, ORDERWATCH_DEMO: '1', ORDERWATCH_LOG_LEVEL: 'silent', ...more.env }), webRoot: more.webRoot ?? '/nowhere' };
  const logger = createLogger({ level: config.logLevel, role: config.role, secrets: [] });
  const transactions = new Transactions(await createDataSource(db.url, { applicationName: 'orderwatch test server', poolSize: 8 }));
  const application = await createApplication({ config, logger, transactions, databaseUrl: db.url, ...(more.clock ? { clock: more.clock } : {}) });
  await application.start(0);
  const { port } = application.fastify.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const cookies = new Map<string, string>();
  return {
    db, application, url,
    signIn: async (who) => {
      const known = cookies.get(who);
      if (known) return known;
      const response = await fetch(`${url}/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: `${who}@demo.test`, password: DEMO_PASSWORD }) });
      const cookie = response.headers.get('set-cookie')?.split(';')[0];
      if (response.status !== 204 || !cookie) throw new Error(`${who} could not sign in: ${response.status}`);
      cookies.set(who, cookie);
      return cookie;
    },
    forgetSignIns: () => cookies.clear(),
    ask: async (query, variables = {}, cookie = null, headers = {}) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST', headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}), ...headers }, body: JSON.stringify({ query, variables }),
      });
      const body = (await response.json()) as { data?: GraphqlAnswer['data']; errors?: GraphqlAnswer['errors'] };
      return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
    },
    close: async () => {
      await application.stop();
      await transactions.close();
      await db.drop();
    },
  };
}

export interface CaseSeed {
  readonly orderId: string;
  readonly rule: string;
  readonly dueAt: Date;
  readonly valueMinor: number | null;
}

/** Open cases as the processor leaves them, many at once. */
export async function seedCases(db: TestDatabase, seeds: readonly Partial<CaseSeed>[], now = Date.now()): Promise<string[]> {
  const rows = seeds.map((seed) => ({ orderId: seed.orderId ?? randomUUID(), rule: seed.rule ?? 'no_movement', dueAt: seed.dueAt ?? new Date(now + 3_600_000), valueMinor: seed.valueMinor ?? null }));
  const finding = (rule: string) => JSON.stringify([{
    rule, severity: 'normal', subject: { type: 'order', id: null }, key: `${rule}|order||1`, since: now - 3_600_000, detail: { from: now - 200_000_000, limit: 172_800_000 }, shipment: null, suppressedBy: null,
  }]);
  await db.transactions.query(
    `insert into case_item (order_id, state, rule, rules, severity, findings, since, opened_at, due_at, order_name, shop, value_minor, currency)
     select o, 'new', r, array[r], 2, f, $5, $5, d, '#' || left(o::text, 6), 'events', v, 'EUR' from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $6::bigint[]) as s(o, r, f, d, v)`,
    [rows.map((r) => r.orderId), rows.map((r) => r.rule), rows.map((r) => finding(r.rule)), rows.map((r) => r.dueAt), new Date(now), rows.map((r) => r.valueMinor)],
  );
  return rows.map((row) => row.orderId);
}
