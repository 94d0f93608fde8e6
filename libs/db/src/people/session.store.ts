import type { PersonName } from '../cases/case-record.js';
import type { Queryable } from '../transactions.js';

/** Idle and absolute ends are the database's own time: every process judges alike. */
const LIVE = `s.expires_at > now() and s.last_seen_at > now() - make_interval(secs => $2) and p.disabled_at is null`;

export interface SessionRecord extends PersonName {
  readonly tokenHash: Buffer;
  readonly lastSeenAt: Date;
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
      `select s.token_hash as "tokenHash", s.last_seen_at as "lastSeenAt", p.id, p.name, p.email, p.role
       from session s join person p on p.id = s.person_id where s.token_hash = any($1::bytea[]) and ${LIVE}`,
      [tokenHashes, this.idleSeconds],
    );
  }

  async touch(tokenHash: Buffer): Promise<void> {
    await this.db.query('update session set last_seen_at = now() where token_hash = $1', [tokenHash]);
  }

  async end(tokenHash: Buffer): Promise<void> {
    await this.db.query('delete from session where token_hash = $1', [tokenHash]);
  }

  /** Forgets what has ended anyway. */
  async prune(): Promise<void> {
    await this.db.query(`delete from session where expires_at < now() or last_seen_at < now() - make_interval(secs => $1)`, [this.idleSeconds]);
  }
}
