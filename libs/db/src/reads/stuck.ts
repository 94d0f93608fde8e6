import type { PersonName } from '../cases/case-record.js';
import { cursor, type Queryable, type Tx } from '../transactions.js';
import { pageSize, readCursor, Where, writeCursor } from './cursors.js';
import { figuresOf, laneOf, LANES, LATE_FEEDS, median, MOST_PLACES, placesOf, type LaneRow, type LateFeed, type LateFeedRow, type StuckFacility, type StuckFigures } from './stuck-places.js';

export interface StuckQuery {
  readonly now: Date;
  readonly carrier?: string | null;
  readonly facility?: string | null;
  /** The leg of the way that its last scan began: a shipment status. */
  readonly lane?: string | null;
  /** Carrier by carrier, place by place, those of late feeds last; else longest over the limit first. */
  readonly byPlace?: boolean | null;
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
  readonly caseState: 'new' | 'claimed' | 'waiting' | 'snoozed' | null;
  readonly snoozedUntil: Date | null;
  /** The connection that owns its news. */
  readonly feed: string | null;
  readonly feedLate: boolean;
  readonly number: string | null;
}

export interface StuckPageRows extends StuckFigures {
  readonly rows: readonly StuckParcel[];
  readonly groups: readonly StuckFacility[];
  readonly lateFeeds: readonly LateFeed[];
  readonly endCursor: string | null;
  readonly hasMore: boolean;
}

/** Silent because its feed is: it may be moving. */
const FEED_LATE = `(f.silent_since is not null and p.stuck_at > f.silent_since)`;
/**
 * Everything silent beyond its limit, found where lists look for it: `stuck_at` is the first instant at which the rule is open, and
 * `look_at` is never later. Old news of an imported history is not today's work, and what a person settled is done.
 */
const STUCK = `select p.order_id, p.parcel_id, p.carrier, p.number, coalesce(p.status, 'in_transit') as status, p.facility, p.last_scan, p.silent_from, p.stuck_at, p.feed, ${FEED_LATE} as late
  from parcel_state p left join feed_health f on f.connection = p.feed and f.silent_since is not null
 where p.look_at <= $1::timestamptz and not p.settled and p.stuck_at <= $1::timestamptz`;

/** The rows that {@link stuckParcels} lists when nothing is asked for, as one table expression; `$1` stands for now. Whoever takes a hundred of them reads little more. */
export const STUCK_NOW = `(${STUCK} order by p.look_at) p where not p.late`;

/** A listed parcel's cells, and what they are read from. */
const PARCEL_COLUMNS = `p.order_id as "orderId", coalesce(o.name, o.home_id) as "orderName", p.parcel_id as "parcelId", p.carrier, p.facility, p.status,
         p.silent_from as "silentSince", extract(epoch from p.stuck_at - p.silent_from)::float8 / 3600 as "limitHours", p.last_scan as "lastScan", o.promised_at as "promisedAt",
         o.total_minor as "valueMinor", o.currency, case when w.id is null then null else json_build_object('id', w.id, 'name', w.name, 'email', w.email, 'role', w.role) end as owner,
         c.number::text as "caseNumber", c.state as "caseState", c.snoozed_until as "snoozedUntil", p.feed, p.late as "feedLate", p.number`;
const PARCEL_JOINS = `join order_state o on o.order_id = p.order_id left join case_item c on c.order_id = p.order_id and c.state <> 'resolved' left join person w on w.id = c.owner_id`;

/** Orders a page can have, and what its cursor holds of a row. Texts are compared as the database sorts them. */
const ORDERS = {
  worst: { by: ['p.stuck_at', 'p.order_id', 'p.parcel_id'], types: ['timestamptz', 'uuid', 'text'] },
  place: {
    by: ['p.late', `coalesce(p.carrier, 'unknown')`, 'p.facility is null', `coalesce(p.facility, '')`, 'p.stuck_at', 'p.order_id', 'p.parcel_id'],
    types: ['bool', 'text', 'bool', 'text', 'timestamptz', 'uuid', 'text'],
  },
} as const;

/** Null in all columns of the parcel when the page is empty. */
type PageRow = Omit<StuckParcel, 'orderId'> & { readonly orderId: string | null; readonly at: string; readonly lanes: readonly LaneRow[]; readonly feeds: readonly LateFeedRow[]; readonly median: number | null };

function narrowed(query: StuckQuery): Where {
  const where = new Where();
  where.params.push(query.now);
  if (query.carrier) where.add(`coalesce(p.carrier, 'unknown') = ?`, query.carrier);
  if (query.facility) where.add(`p.facility = ?`, query.facility);
  if (query.lane) where.add(`p.status = ?`, query.lane);
  if (!query.includeFeedLate) where.plain('not p.late');
  return where;
}

/** Parcels that stopped; those whose feed is silent apart, for they may be moving. Places, figures and page are read at once. */
export async function stuckParcels(db: Queryable, query: StuckQuery): Promise<StuckPageRows> {
  const first = pageSize(query.first);
  const where = narrowed(query);
  const meant = where.sql;
  const { by, types } = ORDERS[query.byPlace ? 'place' : 'worst'];
  const after = readCursor(query.after, by.length);
  if (after) {
    where.params.push(...after);
    const from = where.params.length - by.length + 1;
    where.plain(`(${by.join(', ')}) > (${types.map((type, i) => `$${from + i}::${type}`).join(', ')})`);
  }
  const found = await db.query<PageRow>(
    `with stuck as materialized (${STUCK}), lanes as (${LANES})
     select (select coalesce(json_agg(l), '[]') from lanes l) as lanes, (${LATE_FEEDS}) as feeds, (${median(meant)}) as median, r.*
     from (select 1) one left join lateral (
       select ${PARCEL_COLUMNS}, to_char(p.stuck_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
       from (select * from stuck p ${where.sql} order by ${by.join(', ')} limit ${first + 1}) p
         ${PARCEL_JOINS}
       order by ${by.join(', ')}
     ) r on true`,
    where.params,
  );
  const parcels = found.filter((row): row is PageRow & StuckParcel => row.orderId !== null);
  const rows = parcels.slice(0, first).map(({ lanes: _, feeds: __, median: ___, at: ____, ...row }) => rounded(row));
  const last = parcels[rows.length - 1];
  const [{ lanes: told, feeds, median: medianSeconds } = { lanes: [], feeds: [], median: null }] = found;
  const lanes = told.map(laneOf);
  const groups = placesOf(lanes);
  const endOf = ({ at, orderId, parcelId, feedLate, carrier, facility }: PageRow & StuckParcel): string =>
    writeCursor(query.byPlace ? [String(feedLate), carrier ?? 'unknown', String(facility === null), facility ?? '', at, orderId, parcelId] : [at, orderId, parcelId]);
  return {
    rows, groups: groups.slice(0, MOST_PLACES), lateFeeds: feeds.map((feed) => ({ ...feed, silentSince: new Date(feed.silentSince) })), ...figuresOf(lanes, query),
    medianSeconds: medianSeconds === null ? null : Math.floor(medianSeconds), endCursor: last ? endOf(last) : null, hasMore: parcels.length > first,
  };
}

/** The orders of a place's stuck parcels that have an open case, those longest over their limit first; as a part of a statement. Of what is unknown there is nothing to act on. */
export function stuckCases(query: Pick<StuckQuery, 'now' | 'carrier' | 'facility' | 'lane'>, most: number): { readonly sql: string; readonly params: readonly unknown[] } {
  const where = narrowed({ ...query, includeFeedLate: false });
  return {
    sql: `select c.order_id, c.version from (select p.order_id, min(p.stuck_at) as since from (${STUCK}) p ${where.sql} group by p.order_id) p
      join case_item c on c.order_id = p.order_id and c.state <> 'resolved' order by p.since, c.order_id limit ${most}`,
    params: where.params,
  };
}

function rounded<T extends Pick<StuckParcel, 'limitHours'>>(row: T): T {
  return { ...row, limitHours: Math.round(row.limitHours * 100) / 100 };
}

/** All of them in that order, a few at a time, under one picture of the database. */
export async function* streamStuck(tx: Tx, query: StuckQuery, batch: number): AsyncGenerator<readonly StuckParcel[]> {
  const where = narrowed(query);
  const sql = `select ${PARCEL_COLUMNS} from (select * from (${STUCK}) p ${where.sql}) p ${PARCEL_JOINS} order by p.stuck_at, p.order_id, p.parcel_id`;
  for await (const rows of cursor<StuckParcel>(tx, sql, where.params, batch)) yield rows.map(rounded);
}
