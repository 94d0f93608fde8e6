import { MIGRATIONS } from './migrations/index.js';
import type { Queryable } from './transactions.js';

const WANTED: readonly string[] = MIGRATIONS.map((Migration) => new Migration().name);

/** Migrations that this code needs and the database lacks. */
export async function missingMigrations(db: Queryable): Promise<string[]> {
  const [table] = await db.query<{ found: boolean }>(`select to_regclass('migrations') is not null as found`);
  const done = table?.found ? await db.query<{ name: string }>('select name from migrations') : [];
  const names = new Set(done.map((row) => row.name));
  return WANTED.filter((name) => !names.has(name));
}

/** Settings with which a crash of the machine may lose what was answered 2xx. */
export async function unsafeSettings(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `select name from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name`);
  return rows.map((row) => row.name);
}

/** Age of the oldest delivery that nobody has processed, in seconds. */
export async function processorLagSeconds(db: Queryable): Promise<number> {
  const [row] = await db.prepared<{ lag: number | null }>(
    `select extract(epoch from clock_timestamp() - received_at)::float8 as lag from inbox where state = 'new' order by id limit 1`);
  return Math.max(0, row?.lag ?? 0);
}
