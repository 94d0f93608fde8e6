import { randomUUID } from 'node:crypto';
import type { Queryable } from '../transactions.js';

export interface ApiTokenRecord {
  readonly id: string;
  readonly name: string;
  readonly scope: 'read' | 'write';
}

/** Tokens of programs; only their hash is stored. */
export class ApiTokenStore {
  constructor(private readonly db: Queryable) {}

  async add(name: string, scope: ApiTokenRecord['scope'], tokenHash: Buffer): Promise<string> {
    const id = randomUUID();
    await this.db.query('insert into api_token (id, name, token_hash, scope) values ($1, $2, $3, $4)', [id, name, tokenHash, scope]);
    return id;
  }

  async byHash(tokenHash: Buffer): Promise<ApiTokenRecord | null> {
    const [row] = await this.db.prepared<ApiTokenRecord>('select id, name, scope from api_token where token_hash = $1 and revoked_at is null', [tokenHash]);
    return row ?? null;
  }

  async touch(id: string): Promise<void> {
    await this.db.query(`update api_token set last_used_at = now() where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`, [id]);
  }

  async revoke(id: string): Promise<void> {
    await this.db.query('update api_token set revoked_at = now() where id = $1', [id]);
  }
}
