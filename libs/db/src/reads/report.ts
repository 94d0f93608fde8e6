import type { Queryable } from '../transactions.js';
import { ON_TIME_PARCELS, STATUS_COLUMNS, WAS_ON_TIME, type StatusTrack } from './statuses.js';

/** A period of whole days in the business zone, the running day included. */
export interface Period {
  readonly now: Date;
  readonly days: number;
  readonly zone: string;
}

export interface Duration {
  readonly median: number | null;
  readonly p90: number | null;
  readonly count: number;
}

/** Cases as every number of the report counts them: those in the queue or out of it, not the imported backlog. */
const CASES = `case_item c where not c.backlog`;
const IS_OPEN = `c.state <> 'resolved'`;

const OPENED = `c.opened_at >= s.start and c.opened_at < $1::timestamptz`;
const RESOLVED = `c.state = 'resolved' and c.resolved_at >= s.start and c.resolved_at < $1::timestamptz`;

/** Start of the first day of the period. */
const FROM = `(date_trunc('day', $1::timestamptz at time zone $3::text) - make_interval(days => $2::int - 1)) at time zone $3::text`;

const params = ({ now, days, zone }: Period): unknown[] => [now, days, zone];

export interface CaseFigures {
  readonly from: Date;
  readonly openCases: number;
  readonly opened: number;
  readonly resolved: number;
  readonly detect: Duration;
  readonly resolve: Duration;
  readonly ageMedian: number | null;
  readonly ageP90: number | null;
  /** Cases opened in the period before any word of the customer about that order; null when none was opened. */
  readonly beforeContact: number | null;
}

interface CaseRow {
  readonly from: Date;
  readonly openCases: number;
  readonly opened: number;
  readonly resolved: number;
  readonly detect: [number | null, number | null] | null;
  readonly resolve: [number | null, number | null] | null;
  readonly age: [number | null, number | null] | null;
  readonly beforeContact: number | null;
}

const percentiles = (of: string, filter: string): string => `percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from ${of})::float8) filter (where ${filter})`;

/** How many cases there are, how soon they were found and how soon settled. */
export async function caseFigures(db: Queryable, period: Period): Promise<CaseFigures> {
  const [row] = await db.prepared<CaseRow>(
    `with span as (select ${FROM} as start)
     select s.start as "from",
       count(*) filter (where ${IS_OPEN})::int as "openCases", count(*) filter (where ${OPENED})::int as opened,
       count(*) filter (where ${RESOLVED})::int as resolved,
       ${percentiles('greatest(c.opened_at - c.since, interval \'0\')', OPENED)} as detect,
       ${percentiles('greatest(c.resolved_at - c.opened_at, interval \'0\')', RESOLVED)} as resolve,
       ${percentiles('greatest($1::timestamptz - c.opened_at, interval \'0\')', IS_OPEN)} as age,
       avg((not exists (select 1 from order_event e where e.order_id = c.order_id and e.type = 'contact.received' and e.received_at <= c.opened_at))::int)
         filter (where ${OPENED})::float8 as "beforeContact"
     from span s left join (select * from ${CASES}) c on true group by s.start`,
    params(period),
  );
  const stat = (pair: CaseRow['detect'] | undefined, count: number): Duration => ({ median: pair?.[0] ?? null, p90: pair?.[1] ?? null, count });
  return {
    from: row?.from ?? period.now, openCases: row?.openCases ?? 0, opened: row?.opened ?? 0, resolved: row?.resolved ?? 0,
    detect: stat(row?.detect, row?.opened ?? 0), resolve: stat(row?.resolve, row?.resolved ?? 0),
    ageMedian: row?.age?.[0] ?? null, ageP90: row?.age?.[1] ?? null, beforeContact: row?.beforeContact ?? null,
  };
}

export interface FlowRow {
  readonly day: string;
  readonly opened: number;
  readonly resolved: number;
  /** Open at the end of that day (of the running day: now). */
  readonly backlog: number;
}

/** What came, what went and what stood, day by day. */
export async function flowByDay(db: Queryable, period: Period): Promise<FlowRow[]> {
  return db.prepared<FlowRow>(
    `with day as (
       select d::date as day from generate_series(date_trunc('day', $1::timestamptz at time zone $3::text) - make_interval(days => $2::int - 1), date_trunc('day', $1::timestamptz at time zone $3::text), interval '1 day') d
     ), came as (select (c.opened_at at time zone $3::text)::date as day, count(*) as n from ${CASES} group by 1),
     went as (select (c.resolved_at at time zone $3::text)::date as day, count(*) as n from ${CASES} and c.state = 'resolved' group by 1)
     select d.day::text as day, coalesce((select n from came where came.day = d.day), 0)::int as opened, coalesce((select n from went where went.day = d.day), 0)::int as resolved,
       (coalesce((select sum(n) from came where came.day <= d.day), 0) - coalesce((select sum(n) from went where went.day <= d.day), 0))::int as backlog
     from day d order by d.day`,
    params(period),
  );
}

export interface AgeRow {
  readonly rule: string;
  readonly under1d: number;
  readonly d1to3: number;
  readonly d3to7: number;
  readonly over7d: number;
}

/** Open cases by their strongest rule, cut by the time since they opened. */
export async function agesByRule(db: Queryable, now: Date): Promise<AgeRow[]> {
  const age = `$1::timestamptz - c.opened_at`;
  const band = (condition: string): string => `count(*) filter (where ${condition})::int`;
  return db.prepared<AgeRow>(
    `select c.rule, ${band(`${age} < interval '1 day'`)} as under1d, ${band(`${age} >= interval '1 day' and ${age} < interval '3 days'`)} as d1to3,
       ${band(`${age} >= interval '3 days' and ${age} < interval '7 days'`)} as d3to7, ${band(`${age} >= interval '7 days'`)} as over7d
     from ${CASES} and ${IS_OPEN} group by c.rule order by count(*) desc, c.rule`,
    [now],
  );
}

export interface CarrierRow {
  readonly carrier: string;
  readonly onTime: number;
  readonly total: number;
}

/** Orders whose promise fell due in the period, by carrier; late ones that are still under way count. */
export async function onTimeByCarrier(db: Queryable, period: Period): Promise<CarrierRow[]> {
  return db.prepared<CarrierRow>(
    `select carrier, count(*) filter (where on_time)::int as "onTime", count(*)::int as total from (
       select p.order_id, p.carrier, ${WAS_ON_TIME} as on_time from parcel_state p join order_state o on o.order_id = p.order_id
       where ${ON_TIME_PARCELS} and o.order_status is distinct from 'cancelled' and p.promised_at >= ${FROM} and p.promised_at < $1::timestamptz
       group by p.order_id, p.carrier) by_order
     group by carrier order by 3 desc, carrier`,
    params(period),
  );
}

export interface WeekRow {
  readonly week: string;
  readonly p50Hours: number;
  readonly p90Hours: number;
  readonly count: number;
}

/** Time to resolve by the week in which cases were closed: at least the last twelve. */
export async function resolveWeeks(db: Queryable, period: Period): Promise<WeekRow[]> {
  const rows = await db.prepared<{ week: string; p: [number, number]; count: number }>(
    `select to_char(date_trunc('week', c.resolved_at at time zone $3::text), 'YYYY-MM-DD') as week,
       percentile_cont(array[0.5, 0.9]) within group (order by greatest(0, extract(epoch from c.resolved_at - c.opened_at)::float8) / 3600) as p, count(*)::int as count
     from ${CASES} and c.state = 'resolved' and c.resolved_at >= date_trunc('week', (${FROM}) at time zone $3::text) at time zone $3::text group by 1 order by 1`,
    params({ ...period, days: Math.max(period.days, 84) }),
  );
  return rows.map(({ week, p, count }) => ({ week, p50Hours: p[0], p90Hours: p[1], count }));
}

export interface StatusRow {
  readonly track: StatusTrack;
  readonly status: string;
  readonly count: number;
}

/** Orders by the status of each track, in one pass. Returns: only orders that have one. */
export async function ordersByStatus(db: Queryable): Promise<StatusRow[]> {
  const tracks = Object.entries(STATUS_COLUMNS);
  const columns = tracks.map(([track, column]) => `${column} as "${track}"`).join(', ');
  const names = tracks.map(([track]) => `"${track}"`);
  const rows = await db.prepared<Record<StatusTrack, string | null> & { n: number }>(
    `select ${names.join(', ')}, count(*)::int as n from (select ${columns} from order_state o) s group by grouping sets (${names.map((n) => `(${n})`).join(', ')})`,
  );
  return rows.flatMap((row) => {
    const track = (Object.keys(STATUS_COLUMNS) as StatusTrack[]).find((t) => row[t] !== null);
    const status = track ? row[track] : null;
    if (!track || status === null || (track === 'return' && status === 'none')) return [];
    return [{ track, status, count: row.n }];
  });
}
