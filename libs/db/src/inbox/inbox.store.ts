import { int8Array, textArray } from '../binary-arrays.js';
import { cleanText } from '../clean-text.js';
import type { OpenedBody, Sealer } from '../sealing.js';
import type { Queryable, Tx } from '../transactions.js';
import type { Finished, Origin, StoredDelivery } from './delivery.js';

interface InboxRow {
  readonly id: string;
  readonly received_at: Date;
  readonly connection: string;
  readonly topic: string | null;
  readonly headers: string;
  readonly body: Buffer;
  readonly body_bytes: number;
  readonly known_at: Date | null;
  readonly origin: Origin;
  readonly attempts: number;
  readonly state: StoredDelivery['state'];
}

/** Which deliveries to run again. */
export interface ReplaySelection {
  readonly ids?: readonly string[] | undefined;
  readonly connection?: string | undefined;
  readonly cause?: string | undefined;
  /** Only dead letters (default), or every delivery. */
  readonly deadOnly: boolean;
}

const COLUMNS = 'id::text as id, received_at, connection, topic, headers, body, body_bytes, known_at, origin, attempts, state';

const CLAIM = `select ${COLUMNS} from inbox where state = 'new' and id <> all($2::bigint[]) order by inbox.id limit $1::int for update skip locked`;
const CLAIM_SOME = `select ${COLUMNS} from inbox where id = any($1::bigint[]) and state = 'new' order by inbox.id for update skip locked`;
const READ_SOME = `select ${COLUMNS} from inbox where id = any($1::bigint[]) order by inbox.id for update`;
const FINISH = `
update inbox i set state = f.state, cause = f.cause, detail = f.detail, attempts = i.attempts + 1, processed_at = clock_timestamp()
  from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) as f(id, state, cause, detail)
 where i.id = f.id`;

async function toDeliveries(rows: readonly InboxRow[], sealer: Sealer): Promise<StoredDelivery[]> {
  const opened = await sealer.openBodies(rows.map(({ body, body_bytes: size }) => ({ sealed: body, size })));
  return rows.map((row, i) => ({
    id: row.id, receivedAt: row.received_at.getTime(), connection: row.connection, topic: row.topic ?? undefined,
    headers: JSON.parse(row.headers) as Record<string, string>, ...(opened[i] as OpenedBody),
    knownAt: row.known_at?.getTime() ?? null, origin: row.origin, attempts: row.attempts, state: row.state,
  }));
}

/** Raw deliveries: claimed by one processor at a time, marked when done. */
export class InboxStore {
  constructor(private readonly sealer: Sealer) {}

  /** The oldest new deliveries that nobody else works on; held until the transaction ends. */
  async claim(tx: Tx, limit: number, except: readonly string[] = []): Promise<StoredDelivery[]> {
    return toDeliveries(await tx.prepared<InboxRow>(CLAIM, [limit, int8Array(except)]), this.sealer);
  }

  /** The same, of those named: for the halves of a batch that failed. */
  async claimSome(tx: Tx, ids: readonly string[]): Promise<StoredDelivery[]> {
    return toDeliveries(await tx.prepared<InboxRow>(CLAIM_SOME, [ids]), this.sealer);
  }

  /** Whatever their state; held until the transaction ends. */
  async readSome(tx: Tx, ids: readonly string[]): Promise<StoredDelivery[]> {
    return toDeliveries(await tx.prepared<InboxRow>(READ_SOME, [ids]), this.sealer);
  }

  async finish(tx: Tx, finished: readonly Finished[]): Promise<void> {
    if (finished.length === 0) return;
    await tx.prepared(FINISH, [
      int8Array(finished.map((f) => f.id)), textArray(finished.map((f) => f.state)), textArray(finished.map((f) => cleanText(f.cause ?? null))), textArray(finished.map((f) => cleanText(f.detail ?? null))),
    ]);
  }

  /** Ids to replay, oldest first. */
  async select(db: Queryable, selection: ReplaySelection): Promise<string[]> {
    const rows = await db.query<{ id: string }>(
      `select id::text as id from inbox
        where ($1::bigint[] is null or id = any($1::bigint[])) and ($2::text is null or connection = $2) and ($3::text is null or cause = $3)
          and (state = 'dead' or (not $4::boolean and state <> 'new'))
        order by inbox.id`,
      [selection.ids ?? null, selection.connection ?? null, selection.cause ?? null, selection.deadOnly],
    );
    return rows.map((row) => row.id);
  }

  /** Age of the oldest delivery that waits, in milliseconds; 0 when none does. */
  async lag(db: Queryable): Promise<number> {
    const [row] = await db.prepared<{ ms: number | null }>(
      `select extract(epoch from clock_timestamp() - received_at)::float8 * 1000 as ms from inbox where state = 'new' order by id limit 1`,
    );
    return Math.max(0, row?.ms ?? 0);
  }
}
