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

/** Without these columns a row is a function of what happened. */
const without = (table: string, columns: string, where = 'true'): string => `select to_jsonb(t) - '{${columns}}'::text[] as row from ${table} t where ${where}`;

/**
 * What is compared. Left out is when we heard, how often we looked, and random keys. Of cases only open ones count: one that has
 * closed by itself remembers what we believed for a while. What opens with time belongs to the picture as long as every deadline
 * is over; `next_due_at` is then null wherever it stands.
 */
const TABLES: Readonly<Record<string, string>> = {
  order_event: without('order_event', 'received_at,inbox_id'),
  order_state: without('order_state', 'version,last_received_at,updated_at'),
  parcel_state: without('parcel_state', 'look_at'),
  case_item: without('case_item', 'number,version,opened_at,due_at,reopened,updated_at', "state <> 'resolved'"),
  handle: without('handle', 'first_at'),
  unlinked_event: without('unlinked_event', 'received_at,inbox_id'),
  customer: without('customer', 'key,name,email,phone,orders'),
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
      const key = `coalesce(row ->> 'order_id', row ->> 'handle', row ->> 'id')`;
      const hashes = `select md5(row::text) as h, ${key} as key from (${select}) t`;
      const known = new Set((await b.query<{ h: string }>(hashes)).map((row) => row.h));
      const odd = (await a.query<{ h: string; key: string }>(hashes)).find((row) => !known.has(row.h));
      if (!odd) continue;
      const rows = `select row from (${select}) t where ${key} = $1 order by md5(row::text)`;
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
        `select part, count(*)::int as rows, md5(string_agg(h, '' order by h)) as hash from (select left(md5(row::text), 2) as part, md5(row::text) as h from (${select}) t) h group by part order by part`);
      for (const row of rows) hash.update(`${row.part} ${row.rows} ${row.hash}\n`);
      hashes[name] = `${rows.reduce((sum, row) => sum + row.rows, 0)} rows, ${hash.digest('hex').slice(0, 16)}`;
    }
    return hashes;
  });
  return { verified: json, tables };
}
