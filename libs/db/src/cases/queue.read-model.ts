import type { SealedName } from '../customers/customer.store.js';
import { pageSize, readCursor, Where, writeCursor } from '../reads/cursors.js';
import { LATEST_POSITION } from '../reads/position.js';
import type { Queryable } from '../transactions.js';
import { CASE_COLUMNS, CASE_FROM, caseRecordOf, type CaseRecord, type CaseSqlRow } from './case-record.js';
import { BY_DUE, orderOf, type QueueSortName } from './queue-sorts.js';
import { addFilter, type QueueFilterInput } from './queue-filter.js';
import { addView, type Looker, type QueueViewName } from './queue-views.js';

export interface QueueQuery extends Looker {
  readonly view: QueueViewName;
  readonly filter: QueueFilterInput;
  /** What the filter's text means; null = no text was given. */
  readonly orderIds: readonly string[] | null;
  readonly sort?: QueueSortName | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface QueueRows {
  readonly records: readonly CaseRecord[];
  /** The records' customers, sealed. */
  readonly customers: readonly SealedName[];
  /** Counted up to {@link MOST_COUNTED} + 1. */
  readonly total: number;
  readonly endCursor: string | null;
  readonly hasMore: boolean;
  /** Position of the changes of which the rows tell: of the same picture of the database. */
  readonly seq: string | null;
}

export const MOST_COUNTED = 999;

function conditions(query: QueueQuery): Where {
  return addFilter(addView(new Where(), query.view, query, query.filter), query.filter, query, query.orderIds);
}

interface HeadRow {
  readonly seq: string | null;
  readonly total: number;
}
/** Null in all columns of the case when the page is empty. */
type PageRow = HeadRow & CaseSqlRow & { readonly k1: string; readonly k2: string | null; readonly order_id: string | null; readonly customer_key: Buffer | null; readonly customer_name: Buffer | null };

const PEOPLE = CASE_FROM.slice('case_item c '.length);

/** Page sizes of our own screens, and the default. */
const USUAL_SIZES: ReadonlySet<number> = new Set([50, 100]);

/**
 * One page by keyset: cases that come or go meanwhile make no row appear twice or not at all. Rows, their number, their customers
 * and the position of their changes are one statement, and so one picture of the database.
 */
export async function readQueue(db: Queryable, query: QueueQuery): Promise<QueueRows> {
  const where = conditions(query);
  const counted = where.sql;
  const order = orderOf(query.view, query.sort);
  const first = pageSize(query.first, 100);
  const after = readCursor(query.after, 3);
  if (after) {
    const n = where.params.length + 1;
    where.params.push(...after);
    where.plain(`(${order.after(n)})`);
  }
  // Views at a screen's sizes have few shapes, each planned once per connection; a filter's plan depends on its values.
  const isPlanned = query.orderIds === null && USUAL_SIZES.has(first) && Object.values(query.filter).every((value) => value === null || value === undefined);
  const page = (more = ''): string => `select c.* from case_item c ${where.sql}${more} order by ${order.by} limit ${first + 1}`;
  let picked = page();
  const rules = new Set(query.filter.rules);
  if (rules.size > 1 && order === BY_DUE) {
    // Each rule's first ones, and of these the first: in the order of all cases, those of two rare rules may stand behind thousands.
    where.params.push([...rules]);
    picked = `select c.* from unnest($${where.params.length}::text[]) as e(rule) cross join lateral (${page(' and c.rule = e.rule')}) c order by ${order.by} limit ${first + 1}`;
  }
  // The rows are picked before anything is joined to them: people are few, but a plan that reads them for every case is not.
  const sql = `
select h.seq, h.total, p.* from (
  select (${LATEST_POSITION}) as seq, (select count(*)::int from (select 1 from case_item c ${counted}${isPlanned && query.view !== 'resolved' && query.view !== 'snoozed' ? ' order by c.due_at' : ''} limit ${MOST_COUNTED + 1}) x) as total
) h left join lateral (
  select ${CASE_COLUMNS}, ${order.keys}, u.key as customer_key, u.name as customer_name
    from (${picked}) c ${PEOPLE} left join customer u on u.id = c.customer_id
   order by ${order.by}
) p on true`;
  const found = await (isPlanned ? db.prepared<PageRow>(sql, where.params) : db.query<PageRow>(sql, where.params));
  const cases = found.filter((row) => row.order_id !== null);
  const rows = cases.slice(0, first);
  const last = rows.at(-1);
  return {
    records: rows.map(caseRecordOf), customers: rows.flatMap(({ customer_id: id, customer_key: key, customer_name: name }) => (id === null ? [] : [{ id, key, name }])), total: found[0]?.total ?? 0, seq: found[0]?.seq ?? null,
    endCursor: last ? writeCursor([last.k1, last.k2, last.order_id]) : null, hasMore: cases.length > first,
  };
}

/** The best cases to take next in a view: free ones, in the order in which the list shows them. */
export async function nextCandidates(db: Queryable, query: QueueQuery, limit: number): Promise<string[]> {
  const where = conditions(query)
    .plain(`c.state <> 'resolved'`)
    .add('(c.owner_id is null or c.lease_until is null or c.lease_until <= ?)', query.now)
    .add(`(c.state <> 'snoozed' or c.snoozed_until <= ?)`, query.now);
  // What is settled or asleep is never taken, so that neither has an order of its own here.
  const order = orderOf('next_up', query.sort);
  const rows = await db.query<{ order_id: string }>(`select c.order_id from case_item c ${where.sql} order by ${order.by} limit ${limit}`, where.params);
  return rows.map((row) => row.order_id);
}

/** Every case of a query, in the order in which its list shows them: for whoever takes many at once, or reads them through a cursor. */
export interface QueueSelection {
  /** `where …` and what comes after `order by`, of `case_item c`. */
  readonly where: string;
  readonly orderBy: string;
  readonly params: readonly unknown[];
}

export function queueSelection(query: QueueQuery): QueueSelection {
  const { sql, params } = conditions(query);
  return { where: sql, orderBy: orderOf(query.view, query.sort).by, params };
}
