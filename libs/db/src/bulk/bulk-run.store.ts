import type { Queryable, Tx } from '../transactions.js';
import type { SelectedCase } from './selection.store.js';

export type BulkState = 'running' | 'done' | 'cancelled';
/** What became of one case. `failed`: on our side; everything else is as of a single act. */
export type BulkKind = 'changed' | 'conflict' | 'not_allowed' | 'failed';

export interface NewBulkRun {
  /** The mutation's id. */
  readonly id: string;
  readonly personId: string;
  /** JSON-safe: what is done to each. */
  readonly act: object;
  readonly undoes: string | null;
  readonly cases: readonly SelectedCase[];
  readonly now: Date;
}

export interface BulkRunRecord {
  readonly id: string;
  readonly personId: string;
  readonly act: string;
  readonly undoes: string | null;
  readonly state: BulkState;
  readonly total: number;
  readonly done: number;
  readonly changed: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** What is said of several cases in the same words. */
export interface BulkGroupRow {
  readonly kind: BulkKind;
  readonly message: string | null;
  readonly by: readonly string[];
  readonly count: number;
}

export interface BulkItemRow {
  readonly position: number;
  readonly orderId: string;
  readonly number: string | null;
  readonly orderName: string | null;
  /** Null = not yet. */
  readonly kind: BulkKind | null;
  readonly message: string | null;
  readonly by: string | null;
  readonly at: Date | null;
}

export interface OpenItem {
  readonly position: number;
  readonly orderId: string;
  readonly version: number;
}

export interface ItemOutcome {
  readonly position: number;
  readonly kind: BulkKind;
  readonly message: string | null;
  readonly by: string | null;
  readonly at: Date | null;
}

/** Someone who says nothing for so long has died, seconds; the next one goes on. */
const WORKER_LEASE = 30;

const RUN = `r.id, r.person_id as "personId", r.act, r.undoes, r.state, r.total, r.created_at as "createdAt", r.finished_at as "finishedAt",
(select count(*)::int from bulk_item i where i.run_id = r.id and i.kind is not null) as done, (select count(*)::int from bulk_item i where i.run_id = r.id and i.kind = 'changed') as changed`;
const ITEM = `i.position, i.order_id as "orderId", c.number::text as number, c.order_name as "orderName", i.kind, i.message, i.by_name as "by", i.at`;
const ITEMS = 'bulk_item i left join case_item c on c.order_id = i.order_id';

/** Acts on many cases: what was asked for, how far it is, and what became of each. */
export class BulkRunStore {
  /** @returns false: a run of that id is there already. */
  async add(tx: Tx, { id, personId, act, undoes, cases, now }: NewBulkRun): Promise<boolean> {
    const added = await tx.query(
      `insert into bulk_run (id, person_id, act, undoes, total, created_at) values ($1::uuid, $2::uuid, $3, $4::uuid, $5, $6) on conflict (id) do nothing returning 1 as added`,
      [id, personId, JSON.stringify(act), undoes, cases.length, now]);
    if (added.length === 0) return false;
    await tx.query(
      `insert into bulk_item (run_id, position, order_id, version) select $1::uuid, n.position, n.id, n.version from unnest($2::uuid[], $3::int[]) with ordinality as n(id, version, position)`,
      [id, cases.map((c) => c.orderId), cases.map((c) => c.version)]);
    return true;
  }

  async read(db: Queryable, id: string): Promise<BulkRunRecord | null> {
    const [row] = await db.query<BulkRunRecord>(`select ${RUN} from bulk_run r where r.id = $1::uuid`, [id]);
    return row ?? null;
  }

  /** A person's own, the newest first. */
  recent(db: Queryable, personId: string, since: Date, limit: number): Promise<BulkRunRecord[]> {
    return db.query<BulkRunRecord>(`select ${RUN} from bulk_run r where r.person_id = $1::uuid and r.created_at > $2 order by r.created_at desc, r.id limit $3`, [personId, since, limit]);
  }

  groups(db: Queryable, id: string): Promise<BulkGroupRow[]> {
    return db.query<BulkGroupRow>(
      `select kind, message, coalesce(array_agg(distinct by_name order by by_name) filter (where by_name is not null), '{}') as "by", count(*)::int as count
       from bulk_item where run_id = $1::uuid and kind is not null group by kind, message order by kind = 'changed' desc, count desc, message`, [id]);
  }

  /** In the order of the selection. `isException`: only those that were not changed. */
  items(db: Queryable, id: string, { after, first, isException }: { readonly after: number; readonly first: number; readonly isException: boolean }): Promise<BulkItemRow[]> {
    const which = isException ? `and i.kind <> 'changed'` : '';
    return db.query<BulkItemRow>(`select ${ITEM} from ${ITEMS} where i.run_id = $1::uuid and i.position > $2 ${which} order by i.position limit $3`, [id, after, first]);
  }

  /** What those cases are called. */
  async names(db: Queryable, orderIds: readonly string[]): Promise<Map<string, Pick<BulkItemRow, 'number' | 'orderName'>>> {
    const rows = await db.query<{ orderId: string; number: string; orderName: string }>(
      'select order_id as "orderId", number::text as number, order_name as "orderName" from case_item where order_id = any($1::uuid[])', [orderIds]);
    return new Map(rows.map(({ orderId, number, orderName }) => [orderId, { number, orderName }]));
  }

  /** The changed ones, for taking them back: the last changed first. */
  async changed(db: Queryable, id: string): Promise<SelectedCase[]> {
    return db.query<{ orderId: string; version: number | null }>(
      `select i.order_id as "orderId", c.version from ${ITEMS} where i.run_id = $1::uuid and i.kind = 'changed' order by i.position desc`, [id]);
  }

  /**
   * The next cases to act on, for one worker at a time; whoever asks again prolongs their turn. Empty: all have been acted on.
   * Null: it is over, or somebody else's turn.
   */
  async nextPortion(tx: Tx, id: string, worker: string, size: number): Promise<OpenItem[] | null> {
    const mine = await tx.query(
      `update bulk_run set worker = $2::uuid, worker_until = clock_timestamp() + interval '${WORKER_LEASE} seconds'
       where id = $1::uuid and state = 'running' and (worker is null or worker = $2::uuid or worker_until < clock_timestamp()) returning 1 as mine`, [id, worker]);
    if (mine.length === 0) return null;
    return tx.query<OpenItem>(
      `select position, order_id as "orderId", coalesce(version, 0) as version from bulk_item where run_id = $1::uuid and kind is null order by position limit $2`, [id, size]);
  }

  /** What is known of an item stays. */
  async record(db: Queryable, id: string, outcomes: readonly ItemOutcome[]): Promise<void> {
    await db.query(
      `update bulk_item i set kind = n.kind, message = n.message, by_name = n.by_name, at = n.at
       from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) as n(position, kind, message, by_name, at)
       where i.run_id = $1::uuid and i.position = n.position and i.kind is null`,
      [id, outcomes.map((o) => o.position), outcomes.map((o) => o.kind), outcomes.map((o) => o.message), outcomes.map((o) => o.by), outcomes.map((o) => o.at)]);
  }

  /** Ends a worker's turn: the next one need not wait for it to run out. */
  async letGo(db: Queryable, id: string, worker: string): Promise<void> {
    await db.query('update bulk_run set worker = null, worker_until = null where id = $1::uuid and worker = $2::uuid', [id, worker]);
  }

  async finish(db: Queryable, id: string, now: Date): Promise<void> {
    await db.query(
      `update bulk_run set state = 'done', finished_at = $2, worker = null, worker_until = null
       where id = $1::uuid and state = 'running' and not exists (select 1 from bulk_item where run_id = $1::uuid and kind is null)`, [id, now]);
  }

  /** What was done stays done. A portion that is being worked on is still finished. */
  async cancel(db: Queryable, id: string, personId: string, now: Date): Promise<void> {
    await db.query(`update bulk_run set state = 'cancelled', finished_at = $3 where id = $1::uuid and person_id = $2::uuid and state = 'running'`, [id, personId, now]);
  }

  /** @returns how many were forgotten. */
  async prune(db: Queryable, before: Date, limit = 50): Promise<number> {
    const gone = await db.query(
      `delete from bulk_run where id in (select id from bulk_run where created_at < $1 and state <> 'running' order by created_at limit $2) returning 1 as gone`, [before, limit]);
    return gone.length;
  }

  /** Runs that nobody is at although there is something to do: their job was lost. */
  async abandoned(db: Queryable, limit = 20): Promise<string[]> {
    const rows = await db.query<{ id: string }>(
      `select id from bulk_run where state = 'running' and (worker_until is null or worker_until < clock_timestamp()) and created_at < clock_timestamp() - interval '1 minute'
       order by created_at limit $1`, [limit]);
    return rows.map((row) => row.id);
  }
}
