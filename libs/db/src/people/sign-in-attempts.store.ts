import type { Queryable } from '../transactions.js';

/** Failed sign-ins, counted by what they have in common (an account, an address). */
export class SignInAttempts {
  constructor(private readonly db: Queryable) {}

  /** Failures of each key within the window. */
  async count(keys: readonly string[], windowSeconds: number): Promise<Map<string, number>> {
    const rows = await this.db.prepared<{ key: string; n: number }>(
      'select key, count(*)::int as n from sign_in_attempt where key = any($1::text[]) and at > now() - make_interval(secs => $2) group by key', [keys, windowSeconds]);
    return new Map(rows.map((row) => [row.key, row.n]));
  }

  async add(keys: readonly string[]): Promise<void> {
    await this.db.query('insert into sign_in_attempt (key) select unnest($1::text[])', [keys]);
  }

  async forget(keys: readonly string[]): Promise<void> {
    await this.db.query('delete from sign_in_attempt where key = any($1::text[])', [keys]);
  }

  /** Takes one attempt back: it did not fail after all. */
  async takeBack(key: string): Promise<void> {
    await this.db.query('delete from sign_in_attempt where ctid = (select ctid from sign_in_attempt where key = $1 order by at desc limit 1)', [key]);
  }

  async prune(windowSeconds: number): Promise<void> {
    await this.db.query('delete from sign_in_attempt where at < now() - make_interval(secs => $1)', [windowSeconds]);
  }
}
