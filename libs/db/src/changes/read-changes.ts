import { textArray } from '../binary-arrays.js';
import type { PreparedQueryable, Queryable } from '../transactions.js';

/** A position in commit order. Compared as the pair of numbers, never as text. */
export interface Position {
  readonly xid: string;
  readonly id: string;
}

export interface ChangeRow extends Position {
  readonly topic: string;
  readonly entity: 'case' | 'order' | 'remedy' | 'source' | 'dead_letter';
  readonly entityId: string;
  readonly version: number;
  readonly changed: readonly string[];
  readonly patch: string | null;
  readonly at: Date;
  readonly actor: string | null;
  readonly mutationId: string | null;
}

/** Sorted by the columns themselves (`c.`): a bare name would mean the text of the same name in the output. */
const COLUMNS = `c.xid::text as xid, c.id::text as id, topic, entity, entity_id as "entityId", version, changed, patch, at, actor, mutation_id as "mutationId"`;
/** The position behind which nothing can appear any more, as of now. */
export async function settledPosition(db: Queryable): Promise<Position> {
  const [row] = await db.query<{ xid: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as xid');
  return { xid: row?.xid ?? '0', id: '0' };
}

export interface ChangesRead {
  readonly rows: readonly ChangeRow[];
  /** Up to here nothing of these topics is left to read. */
  readonly upTo: Position;
}

/**
 * Ids are given before commit and not in its order; below the horizon every transaction has ended, so nothing can slip in behind. The
 * few rows after the position are found by it: `is true` keeps the topics from being looked up instead, each with all it ever told.
 */
const AFTER = `
select h.xid::text as horizon, ${COLUMNS}
  from (select pg_snapshot_xmin(pg_current_snapshot()) as xid) h left join lateral (
         select * from change c where (c.xid, c.id) > ($1::xid8, $2::bigint) and c.xid < h.xid and ($3::text[] is null or c.topic = any($3)) is true order by c.xid, c.id limit $4
       ) c on true
 order by c.xid, c.id`;

/** The keys of a map or a set. */
type Topics = Pick<ReadonlyMap<string, unknown>, 'size' | 'keys'>;

/** More topics than this are not sent along with every read: naming them would cost more than reading what is told of others. */
const MOST_NAMED = 64;

/** What was committed after the position, in commit order: what is of those topics, and, if they are many, of others as well. */
export async function changesAfter(db: PreparedQueryable, after: Position, topics: Topics, limit: number): Promise<ChangesRead> {
  const named = topics.size > MOST_NAMED ? null : textArray([...topics.keys()]);
  const read = await db.prepared<ChangeRow & { readonly horizon: string }>(AFTER, [after.xid, after.id, named, limit]);
  // Without any there is a row all the same, for the horizon.
  const rows = read.filter((row) => row.topic !== null);
  const last = rows.at(-1);
  return { rows, upTo: last && rows.length === limit ? { xid: last.xid, id: last.id } : { xid: read[0]?.horizon ?? after.xid, id: '0' } };
}

/** The latest change of each topic that is not after the position. */
export async function latestPerTopic(db: Queryable, topics: readonly string[], upTo: Position): Promise<Map<string, Position>> {
  const rows = await db.prepared<Position & { topic: string }>(
    `select t as topic, c.xid::text as xid, c.id::text as id from unnest($1::text[]) as t
     cross join lateral (select xid, id from change where topic = t and (xid, id) <= ($2::xid8, $3::bigint) order by xid desc, id desc limit 1) c`,
    [topics, upTo.xid, upTo.id],
  );
  return new Map(rows.map((row) => [row.topic, { xid: row.xid, id: row.id }]));
}

/**
 * What a reader of one topic missed between two positions, or undefined when that cannot be told: the change it names
 * is gone (pruned, or never was), or there is more than the limit.
 */
export async function missedChanges(db: Queryable, topic: string, after: Position, upTo: Position, limit: number): Promise<ChangeRow[] | undefined> {
  const rows = await db.prepared<ChangeRow>(
    `select ${COLUMNS} from change c where topic = $1 and (xid, id) >= ($2::xid8, $3::bigint) and (xid, id) <= ($4::xid8, $5::bigint) order by c.xid, c.id limit $6`,
    [topic, after.xid, after.id, upTo.xid, upTo.id, limit + 2],
  );
  const [first, ...missed] = rows;
  return first?.xid === after.xid && first.id === after.id && missed.length <= limit ? missed : undefined;
}

/** How long the oldest running transaction that writes has held the feed back, in seconds. */
export async function changeLagSeconds(db: Queryable): Promise<number> {
  const [row] = await db.query<{ lag: number | null }>(
    `select extract(epoch from clock_timestamp() - min(xact_start))::float8 as lag from pg_stat_activity where backend_xid is not null`,
  );
  return Math.max(0, row?.lag ?? 0);
}

/** Forgets what nobody resumes from any more: the first by position, as far as they are old. */
export async function pruneChanges(db: Queryable, before: Date): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `with gone as (delete from change where (xid, id) in (select xid, id from (select xid, id, at from change c order by c.xid, c.id limit 20000) c where at < $1) returning 1) select count(*)::int as n from gone`, [before],
  );
  return row?.n ?? 0;
}
