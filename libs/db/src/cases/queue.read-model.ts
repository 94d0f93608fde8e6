import { pageSize, readCursor, Where, writeCursor } from '../reads/cursors.js';
import type { Queryable } from '../transactions.js';
import { CASE_COLUMNS, CASE_FROM, caseRecordOf, type CaseRecord, type CaseSqlRow } from './case-record.js';
import { addFilter, addView, type Looker, type QueueFilterInput, type QueueViewName } from './queue-views.js';

export interface QueueQuery extends Looker {
  readonly view: QueueViewName;
  readonly filter: QueueFilterInput;
  /** What the filter's text means; null = no text was given. */
  readonly orderIds: readonly string[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface QueueRows {
  readonly records: readonly CaseRecord[];
  /** Counted up to {@link MOST_COUNTED} + 1. */
  readonly total: number;
  readonly endCursor: string | null;
  readonly hasMore: boolean;
}

export const MOST_COUNTED = 999;

/** How a view is sorted, its sort values as text, and what comes after them ($1, $2, $3 from the end). */
interface Order {
  readonly by: string;
  readonly keys: string;
  after(n: number): string;
}

const instant = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const VALUE = 'coalesce(c.value_minor, -1)';

/** Due, then value, then id. The first condition is what the index starts at; the second breaks ties. */
const BY_DUE: Order = {
  by: `c.due_at, ${VALUE} desc, c.order_id`,
  keys: `${instant('c.due_at')} as k1, ${VALUE}::text as k2`,
  after: (n) => `c.due_at >= $${n}::timestamptz and (c.due_at > $${n}::timestamptz or ${VALUE} < $${n + 1}::bigint or (${VALUE} = $${n + 1}::bigint and c.order_id > $${n + 2}::uuid))`,
};
const BY_WAKING: Order = {
  by: 'c.snoozed_until, c.order_id',
  keys: `${instant('c.snoozed_until')} as k1, null::text as k2`,
  after: (n) => `$${n + 1}::text is null and (c.snoozed_until, c.order_id) > ($${n}::timestamptz, $${n + 2}::uuid)`,
};
const BY_RESOLVED: Order = {
  by: 'c.resolved_at desc, c.order_id',
  keys: `${instant('c.resolved_at')} as k1, null::text as k2`,
  after: (n) => `$${n + 1}::text is null and c.resolved_at <= $${n}::timestamptz and (c.resolved_at < $${n}::timestamptz or c.order_id > $${n + 2}::uuid)`,
};

const orderOf = (view: QueueViewName): Order => (view === 'resolved' ? BY_RESOLVED : view === 'snoozed' ? BY_WAKING : BY_DUE);

function conditions(query: QueueQuery): Where {
  return addFilter(addView(new Where(), query.view, query, query.filter), query.filter, query, query.orderIds);
}

/** One page by keyset: cases that come or go meanwhile make no row appear twice or not at all. */
export async function readQueue(db: Queryable, query: QueueQuery): Promise<QueueRows> {
  const where = conditions(query);
  const [counted] = await db.query<{ n: number }>(`select count(*)::int as n from (select 1 from case_item c ${where.sql} limit ${MOST_COUNTED + 1}) x`, where.params);
  const order = orderOf(query.view);
  const first = pageSize(query.first, 100);
  const after = readCursor(query.after, 3);
  if (after) {
    const n = where.params.length + 1;
    where.params.push(...after);
    where.plain(`(${order.after(n)})`);
  }
  const found = await db.query<CaseSqlRow & { k1: string; k2: string | null }>(
    `select ${CASE_COLUMNS}, ${order.keys} from ${CASE_FROM} ${where.sql} order by ${order.by} limit ${first + 1}`, where.params);
  const rows = found.slice(0, first);
  const last = rows.at(-1);
  return { records: rows.map(caseRecordOf), total: counted?.n ?? 0, endCursor: last ? writeCursor([last.k1, last.k2, last.order_id]) : null, hasMore: found.length > first };
}

/** The best cases to take next in a view: free ones, soonest due first. */
export async function nextCandidates(db: Queryable, query: QueueQuery, limit: number): Promise<string[]> {
  const where = conditions(query)
    .plain(`c.state <> 'resolved'`)
    .add('(c.owner_id is null or c.lease_until is null or c.lease_until <= ?)', query.now)
    .add(`(c.state <> 'snoozed' or c.snoozed_until <= ?)`, query.now);
  const rows = await db.query<{ order_id: string }>(`select c.order_id from case_item c ${where.sql} order by ${BY_DUE.by} limit ${limit}`, where.params);
  return rows.map((row) => row.order_id);
}
