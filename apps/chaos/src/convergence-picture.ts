import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createDataSource, Transactions } from '@orderwatch/db';
import { SECRET_ENVIRONMENT, SERVER_DIST } from '@orderwatch/rig';

/** What the operator's command line answered. */
export interface Said<T> {
  readonly code: number | null;
  readonly json: T;
}

/** Runs a command of the built command line with `--json`, as an operator would. */
export async function operator<T>(databaseUrl: string, ...words: readonly string[]): Promise<Said<T>> {
  const child = spawn(process.execPath, [join(SERVER_DIST, 'cli/main.js'), ...words, '--json'], {
    env: { ...process.env, DATABASE_URL: databaseUrl, ORDERWATCH_SECRET: 'the master secret of the rig', ORDERWATCH_DEMO: '0', ...SECRET_ENVIRONMENT }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4_000)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (stdout === '') throw new Error(`orderwatch ${words.join(' ')} ended with ${code}:\n${stderr}`);
  return { code, json: JSON.parse(stdout) as T };
}

export interface Verified {
  readonly orders: number;
  readonly events: number;
  readonly mismatches: number;
  readonly digest: string;
}

/**
 * Columns that are a function of what happened. Left out is when we heard and how often we looked: versions, `early`, `last_received_at`,
 * `updated_at`, a case's number, `opened_at`, `due_at`, `reopened`, `first` and last tellings' rows. Of cases, only open ones are
 * compared: one that has closed by itself remembers what we believed for a while. What opens with time belongs to the picture as
 * long as every deadline is over.
 */
const TABLES: Readonly<Record<string, string>> = {
  order_event: 'select order_id, fact_id, type, code, at, source, kind, handle, data from order_event',
  order_state: `select order_id, home, home_id, config_version, state, name, announced, customer_id, currency, total_minor, placed_at, promised_at, promise_text, order_status, payment_status, fulfilment_status,
    shipment_status, return_status, headline, carrier, delivered_at, last_event_at, open_rules, held_by, next_due_at, early is null as known_in_time from order_state`,
  parcel_state: 'select * from parcel_state',
  case_item: `select order_id, state, backlog, rule, rules, severity, findings, acknowledged, since, owner_id, snoozed_until, waiting_for, cleared, outcome, order_name, shop, customer_id, value_minor, currency,
    promised_at, promise_text, carrier, parcel_count, last_event_at, held from case_item where state <> 'resolved'`,
  handle: 'select handle, order_id from handle',
  unlinked_event: 'select handle, fact_id, type, code, at, source, kind, data from unlinked_event',
  customer: 'select id, locale from customer',
};

/** The state of a database as far as it is a function of the events, whoever told them when. */
export interface Picture {
  readonly verified: Verified;
  /** Table → rows and their hash. */
  readonly tables: Readonly<Record<string, string>>;
}

/** Statements on a database for as long as the work takes. */
export async function onDatabase<T>(url: string, work: (db: Transactions) => Promise<T>): Promise<T> {
  const db = new Transactions(await createDataSource(url, { applicationName: 'orderwatch rig', poolSize: 1, statementTimeoutMs: 600_000 }));
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

interface Row {
  readonly row: Readonly<Record<string, unknown>>;
}

/** The first row that has no equal on the other side, beside the first such row there; of both, what is not the same. */
function cellsThatDiffer(expected: readonly Row[], received: readonly Row[]): Record<string, unknown> {
  const first = (rows: readonly Row[], others: readonly Row[]): Row['row'] => rows.find(({ row }) => !others.some((other) => isDeepStrictEqual(other.row, row)))?.row ?? {};
  const [left, right] = [first(expected, received), first(received, expected)];
  const columns = Object.keys({ ...left, ...right }).filter((name) => name.endsWith('_id') || !isDeepStrictEqual(left[name], right[name]));
  return Object.fromEntries(columns.map((name) => [name, [left[name], right[name]]]));
}

/** Of each table whose hash differs, the columns in which some row does, with both values: what a person needs to begin with. */
export async function differences(urlA: string, urlB: string): Promise<Record<string, unknown>> {
  return onDatabase(urlA, (a) => onDatabase(urlB, async (b) => {
    const found: Record<string, unknown> = {};
    for (const [name, select] of Object.entries(TABLES)) {
      const key = /^(?:select \* from parcel_state|.*order_id)/s.test(select) ? 'order_id' : name === 'customer' ? 'id' : 'handle';
      const hashes = `select md5(t::text) as h, ${key}::text as key from (${select}) t`;
      const known = new Set((await b.query<{ h: string }>(hashes)).map((row) => row.h));
      const odd = (await a.query<{ h: string; key: string }>(hashes)).find((row) => !known.has(row.h));
      if (!odd) continue;
      const rows = `select to_jsonb(t) as row from (${select}) t where ${key}::text = $1 order by md5(t::text)`;
      found[name] = cellsThatDiffer(await a.query<Row>(rows, [odd.key]), await b.query<Row>(rows, [odd.key]));
    }
    return found;
  }));
}

export async function pictureOf(url: string): Promise<Picture> {
  const { json } = await operator<Verified>(url, 'verify');
  const tables = await onDatabase(url, async (db) => {
    const hashes: Record<string, string> = {};
    for (const [name, select] of Object.entries(TABLES)) {
      const hash = createHash('sha256');
      // In 256 parts: a million rows are not one text.
      const rows = await db.query<{ part: string; rows: number; hash: string }>(
        `select part, count(*)::int as rows, md5(string_agg(h, '' order by h)) as hash from (select left(md5(t::text), 2) as part, md5(t::text) as h from (${select}) t) h group by part order by part`);
      for (const row of rows) hash.update(`${row.part} ${row.rows} ${row.hash}\n`);
      hashes[name] = `${rows.reduce((sum, row) => sum + row.rows, 0)} rows, ${hash.digest('hex').slice(0, 16)}`;
    }
    return hashes;
  });
  return { verified: json, tables };
}
