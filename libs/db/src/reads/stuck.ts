import type { PersonName } from '../cases/case-record.js';
import type { Queryable } from '../transactions.js';
import { pageSize, readCursor, Where, writeCursor } from './cursors.js';

export interface StuckQuery {
  readonly now: Date;
  readonly carrier?: string | null;
  readonly facility?: string | null;
  readonly includeFeedLate?: boolean | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface StuckParcel {
  readonly orderId: string;
  readonly orderName: string;
  readonly parcelId: string;
  readonly carrier: string | null;
  readonly facility: string | null;
  readonly status: string;
  readonly silentSince: Date;
  readonly limitHours: number;
  readonly lastScan: string | null;
  readonly promisedAt: Date | null;
  readonly valueMinor: string | null;
  readonly currency: string | null;
  readonly owner: PersonName | null;
  readonly caseNumber: string | null;
  readonly feedLate: boolean;
  readonly number: string | null;
}

export interface StuckFacility {
  readonly carrier: string;
  readonly facility: string | null;
  /** Silent beyond the limit although their feed is on time. */
  readonly count: number;
  /** Not known: their feed fell silent before the limit was reached. */
  readonly feedLate: number;
}

export interface StuckPageRows {
  readonly rows: readonly StuckParcel[];
  readonly groups: readonly StuckFacility[];
  readonly total: number;
  readonly oldestSeconds: number | null;
  readonly endCursor: string | null;
  readonly hasMore: boolean;
}

/** Everything silent beyond its limit, by index: `stuck_at` is the first instant at which the rule is open. */
const STUCK = `parcel_state p left join feed_health f on f.connection = p.feed and f.silent_since is not null
  left join case_item b on b.order_id = p.order_id and (b.backlog or (b.state = 'resolved' and b.resolved_by <> 'system'))`;
/** Old news of an imported history is not today's work, and what a person settled is done. */
const IS_DUE = `p.stuck_at <= $1::timestamptz and b.order_id is null`;
const FEED_LATE = `(f.silent_since is not null and p.stuck_at > f.silent_since)`;

/**
 * The rows that {@link stuckParcels} lists when nothing is asked for, as one table expression; `$1` stands for now. Written so that
 * whoever takes a hundred of them reads little more: in the order of the index, with a look at each one's case by its key. The
 * idle `offset` keeps the planner from turning those looks into a join over all cases.
 */
export const STUCK_NOW = `(select p.order_id, p.feed, p.stuck_at from parcel_state p where p.stuck_at <= $1::timestamptz order by p.stuck_at) p
  where not exists (select 1 from case_item b where b.order_id = p.order_id and (b.backlog or (b.state = 'resolved' and b.resolved_by <> 'system')) offset 0)
    and not exists (select 1 from feed_health f where f.connection = p.feed and f.silent_since is not null and p.stuck_at > f.silent_since offset 0)`;

interface GroupRow {
  readonly carrier: string;
  readonly facility: string | null;
  readonly count: number;
  readonly feedLate: number;
  readonly oldest: Date | null;
}

/** Parcels that stopped, longest silent first; those whose feed is silent apart, for they may be moving. */
export async function stuckParcels(db: Queryable, query: StuckQuery): Promise<StuckPageRows> {
  const groups = await db.query<GroupRow>(
    `select coalesce(p.carrier, 'unknown') as carrier, p.facility, count(*) filter (where not ${FEED_LATE})::int as count, count(*) filter (where ${FEED_LATE})::int as "feedLate",
       min(p.silent_from) filter (where not ${FEED_LATE}) as oldest
     from ${STUCK} where ${IS_DUE} group by 1, 2 order by 3 desc, 4 desc, 1, 2 nulls last limit 500`,
    [query.now],
  );
  const where = new Where();
  where.params.push(query.now);
  where.plain(IS_DUE);
  if (query.carrier) where.add(`coalesce(p.carrier, 'unknown') = ?`, query.carrier);
  if (query.facility) where.add(`p.facility = ?`, query.facility);
  if (!query.includeFeedLate) where.plain(`not ${FEED_LATE}`);
  const [counted] = await db.query<{ n: number; oldest: Date | null }>(`select count(*)::int as n, min(p.silent_from) as oldest from ${STUCK} ${where.sql}`, where.params);
  const first = pageSize(query.first);
  const after = readCursor(query.after, 3);
  if (after) {
    where.params.push(...after);
    const n = where.params.length;
    where.plain(`(p.stuck_at, p.order_id, p.parcel_id) > ($${n - 2}::timestamptz, $${n - 1}::uuid, $${n}::text)`);
  }
  const found = await db.query<StuckParcel & { at: string }>(
    `select p.order_id as "orderId", coalesce(o.name, o.home_id) as "orderName", p.parcel_id as "parcelId", p.carrier, p.facility, coalesce(p.status, 'in_transit') as status,
       p.silent_from as "silentSince", extract(epoch from p.stuck_at - p.silent_from)::float8 / 3600 as "limitHours", p.last_scan as "lastScan", o.promised_at as "promisedAt",
       o.total_minor as "valueMinor", o.currency, case when w.id is null then null else json_build_object('id', w.id, 'name', w.name, 'email', w.email, 'role', w.role) end as owner, c.number::text as "caseNumber", ${FEED_LATE} as "feedLate", p.number,
       to_char(p.stuck_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
     from ${STUCK} join order_state o on o.order_id = p.order_id left join case_item c on c.order_id = p.order_id and c.state <> 'resolved' left join person w on w.id = c.owner_id
     ${where.sql} order by p.stuck_at, p.order_id, p.parcel_id limit ${first + 1}`,
    where.params,
  );
  const rows = found.slice(0, first).map((row) => ({ ...row, limitHours: Math.round(row.limitHours * 100) / 100 }));
  const last = found[rows.length - 1];
  const oldest = counted?.oldest;
  return {
    rows, groups: groups.map(({ carrier, facility, count, feedLate }) => ({ carrier, facility, count, feedLate })), total: counted?.n ?? 0,
    oldestSeconds: oldest ? Math.floor((query.now.getTime() - oldest.getTime()) / 1000) : null,
    endCursor: last ? writeCursor([last.at, last.orderId, last.parcelId]) : null, hasMore: found.length > first,
  };
}
