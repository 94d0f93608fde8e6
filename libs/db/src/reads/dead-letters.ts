import type { Queryable } from '../transactions.js';
import { pageSize } from './cursors.js';

export interface DeadLetterGroupRow {
  readonly cause: string;
  readonly connection: string;
  readonly letters: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly attempts: number;
  readonly sample: string | null;
}

/** Dead letters by cause, most first: one line for one error, however often it happened. */
export async function readDeadLetterGroups(db: Queryable): Promise<DeadLetterGroupRow[]> {
  return db.prepared<DeadLetterGroupRow>(
    `select coalesce(cause, 'unknown') as cause, connection, count(*)::int as letters, min(received_at) as "firstAt", max(received_at) as "lastAt",
       max(attempts) as attempts, (array_agg(detail order by id desc) filter (where detail is not null))[1] as sample
     from inbox where state = 'dead' group by 1, 2 order by 3 desc, 1, 2 limit 100`,
  );
}

export interface DeadLetterRow {
  readonly id: string;
  readonly connection: string;
  readonly topic: string | null;
  readonly cause: string;
  readonly detail: string | null;
  readonly receivedAt: Date;
  readonly attempts: number;
  readonly bytes: number;
}

/** The newest dead letters of a connection, a cause, or all. */
export async function readDeadLetters(db: Queryable, query: { connection?: string | null; cause?: string | null; first?: number | null }): Promise<DeadLetterRow[]> {
  return db.query<DeadLetterRow>(
    `select id::text as id, connection, topic, coalesce(cause, 'unknown') as cause, detail, received_at as "receivedAt", attempts, body_bytes as bytes
     from inbox where state = 'dead' and ($1::text is null or connection = $1) and ($2::text is null or coalesce(cause, 'unknown') = $2)
     order by inbox.id desc limit $3::int`,
    [query.connection ?? null, query.cause ?? null, pageSize(query.first)],
  );
}
