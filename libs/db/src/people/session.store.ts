import type { PersonName } from '../cases/case-record.js';
import type { Queryable } from '../transactions.js';

/** Idle and absolute ends are the database's own time: every process judges alike. */
const LIVE = `s.expires_at > now() and s.last_seen_at > now() - make_interval(secs => $2) and p.disabled_at is null`;

export interface SessionRecord extends PersonName {
  readonly tokenHash: Buffer;
  /** For how long nobody is known to have done anything. */
  readonly restedSeconds: number;
  /** Decides on remedies in a manager's stead now. */
  readonly isDelegate: boolean;
}

/** What is left of a session until it ends for want of hands, and at the latest. */
export interface LeftOfSession {
  readonly idleMs: number;
  readonly lastMs: number;
}

/** Sessions of the browser. Only the hash of a cookie's value is stored: what leaks from the table opens nothing. */
export class SessionStore {
  constructor(
    private readonly db: Queryable,
    private readonly idleSeconds: number,
    private readonly absoluteSeconds: number,
  ) {}

  async add(tokenHash: Buffer, personId: string): Promise<void> {
    await this.db.query(`insert into session (token_hash, person_id, expires_at) values ($1, $2, now() + make_interval(secs => $3))`, [tokenHash, personId, this.absoluteSeconds]);
  }

  /** Those of the sessions that are live, with their people as they are now. */
  async live(tokenHashes: readonly Buffer[]): Promise<SessionRecord[]> {
    if (tokenHashes.length === 0) return [];
    return this.db.prepared<SessionRecord>(
      `select s.token_hash as "tokenHash", extract(epoch from now() - s.last_seen_at)::float8 as "restedSeconds", p.id, p.name, p.email, p.role,
              exists (select 1 from delegation d where d.delegate_id = p.id and d.ended_at is null and d.from_at <= now() and d.until_at > now()) as "isDelegate"
       from session s join person p on p.id = s.person_id where s.token_hash = any($1::bytea[]) and ${LIVE}`,
      [tokenHashes, this.idleSeconds],
    );
  }

  /** Whether that person gave their password in this session within the last so many seconds. */
  async isRecent(tokenHash: Buffer, personId: string, seconds: number): Promise<boolean> {
    const rows = await this.db.query('select 1 from session where token_hash = $1 and person_id = $2::uuid and authenticated_at > now() - make_interval(secs => $3)', [tokenHash, personId, seconds]);
    return rows.length > 0;
  }

  /** They gave it again. @returns false when the session is no longer theirs. */
  async confirm(db: Queryable, tokenHash: Buffer, personId: string): Promise<boolean> {
    return (await db.query('update session set authenticated_at = now(), misses = 0 where token_hash = $1 and person_id = $2::uuid returning 1', [tokenHash, personId])).length > 0;
  }

  /** A wrong password was given in it. @returns how many in a row by now; 0 when it is over already. */
  async miss(db: Queryable, tokenHash: Buffer): Promise<number> {
    const [row] = await db.query<{ misses: number }>('update session set misses = misses + 1 where token_hash = $1 returning misses', [tokenHash]);
    return row?.misses ?? 0;
  }

  /** The person did something in it. */
  async touch(tokenHash: Buffer): Promise<void> {
    await this.db.query('update session set last_seen_at = now() where token_hash = $1', [tokenHash]);
  }

  /**
   * The person last did something so many seconds ago; null: that is not known. An earlier word of another window stays when it is later.
   * @returns what is left of it, or null when it is over.
   */
  async hands(tokenHash: Buffer, restedSeconds: number | null): Promise<LeftOfSession | null> {
    const [left] = await this.db.query<LeftOfSession>(
      `update session set last_seen_at = greatest(last_seen_at, now() - make_interval(secs => $3))
       where token_hash = $1 and expires_at > now() and last_seen_at > now() - make_interval(secs => $2)
       returning extract(epoch from last_seen_at + make_interval(secs => $2) - now())::float8 * 1000 as "idleMs", extract(epoch from expires_at - now())::float8 * 1000 as "lastMs"`,
      [tokenHash, this.idleSeconds, restedSeconds],
    );
    return left ?? null;
  }

  async end(tokenHash: Buffer): Promise<void> {
    await this.db.query('delete from session where token_hash = $1', [tokenHash]);
  }

  /** Forgets what has ended anyway. */
  async prune(): Promise<void> {
    await this.db.query(`delete from session where expires_at < now() or last_seen_at < now() - make_interval(secs => $1)`, [this.idleSeconds]);
  }
}
