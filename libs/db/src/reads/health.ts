import type { Queryable } from '../transactions.js';

/** What is known of one connection right now. */
export interface SourceRow {
  readonly connection: string;
  readonly label: string | null;
  readonly kind: string;
  readonly isPaused: boolean;
  readonly lastReceivedAt: Date | null;
  readonly lastOccurredAt: Date | null;
  readonly silentSince: Date | null;
  readonly lagP50Seconds: number | null;
  readonly lagP95Seconds: number | null;
  readonly eventsLastHour: number;
  readonly usualPerHour: number;
  /** Deliveries of the last 24 clock hours, oldest first; the last one is not over. */
  readonly hourly: readonly number[];
  readonly rejectedSignatures: number;
  readonly deadLetters: number;
  readonly deadLastHour: number;
  readonly oldestDeadLetterAt: Date | null;
  readonly unmapped: number;
  readonly notUsed: number;
  readonly ordersHeld: number;
}

/**
 * Events of the last 60 minutes: the running clock hour, and of the one before the share that is still within.
 * Usual: the mean of the same hour of the day over the last seven days, or, where the feed is younger, over the days it is known.
 */
const SOURCES = `
with clock as (select $1::timestamptz as now, date_trunc('hour', $1::timestamptz, 'UTC') as hour),
hours as (
  select h.connection, min(h.hour) as first,
    sum(h.events) filter (where h.hour = c.hour)::float8 as running,
    coalesce(sum(h.events) filter (where h.hour = c.hour - interval '1 hour'), 0)::float8 as before,
    coalesce(sum(h.events) filter (where h.hour < c.hour and h.hour >= c.hour - interval '7 days'
      and extract(hour from h.hour at time zone 'UTC') = extract(hour from c.hour at time zone 'UTC')), 0)::float8 as same_hour
  from feed_hour h cross join clock c where h.hour >= c.hour - interval '7 days' group by h.connection
), lags as (
  select h.connection, percentile_cont(array[0.5, 0.95]) within group (order by l) as p
  from feed_hour h cross join clock c cross join lateral unnest(h.lag_seconds) l where h.hour >= c.hour - interval '1 hour' group by h.connection
), spark as (
  select x.name as connection, array_agg(coalesce(h.events, 0) order by g.hour) as hourly
  from connection x cross join clock c cross join lateral generate_series(c.hour - interval '23 hours', c.hour, interval '1 hour') g(hour)
  left join feed_hour h on h.connection = x.name and h.hour = g.hour group by x.name
), dead as (
  select i.connection, count(*)::int as n, min(i.received_at) as oldest, count(*) filter (where i.received_at > c.now - interval '1 hour')::int as recent
  from inbox i cross join clock c where i.state = 'dead' group by i.connection
), unused as (select connection, count(*)::int as n from inbox where state = 'not_used' group by connection),
held as (select feed as connection, count(*)::int as n from order_state o cross join lateral unnest(o.held_by) feed where o.held_by <> '{}' group by 1),
unmapped as (
  select f->'detail'->>'source' as connection, count(distinct f->'detail'->>'code')::int as n
  from case_item c cross join lateral jsonb_array_elements(c.findings::jsonb) f
  where c.state <> 'resolved' and 'unmapped_status' = any(c.rules) and f->>'rule' = 'unmapped_status' group by 1
)
select x.name as connection, x.label, x.kind, x.paused_at is not null as "isPaused", h.last_received_at as "lastReceivedAt", h.last_occurred_at as "lastOccurredAt",
  h.silent_since as "silentSince", lags.p[1] as "lagP50Seconds", lags.p[2] as "lagP95Seconds",
  round(coalesce(hours.running, 0) + coalesce(hours.before, 0) * (1 - extract(epoch from c.now - c.hour)::float8 / 3600))::int as "eventsLastHour",
  coalesce(hours.same_hour / greatest(1, least(7, ceil(extract(epoch from c.hour - hours.first)::float8 / 86400))), 0)::float8 as "usualPerHour",
  spark.hourly, x.rejected_signatures::float8 as "rejectedSignatures", coalesce(dead.n, 0) as "deadLetters", coalesce(dead.recent, 0) as "deadLastHour",
  dead.oldest as "oldestDeadLetterAt", coalesce(unmapped.n, 0) as unmapped, coalesce(unused.n, 0) as "notUsed", coalesce(held.n, 0) as "ordersHeld"
from connection x cross join clock c
left join feed_health h on h.connection = x.name left join hours on hours.connection = x.name left join lags on lags.connection = x.name
left join spark on spark.connection = x.name left join dead on dead.connection = x.name left join unused on unused.connection = x.name
left join held on held.connection = x.name left join unmapped on unmapped.connection = x.name
where x.origin <> 'imported' order by x.name`;

/** Every connection that can send; those that only history was imported for have no health. */
export async function readSources(db: Queryable, now: Date): Promise<SourceRow[]> {
  const rows = await db.prepared<SourceRow>(SOURCES, [now]);
  return rows.map((row) => ({ ...row, usualPerHour: Math.round(row.usualPerHour * 10) / 10 }));
}

/** Sources by what the rail shows: how many of them are on time. */
export async function feedsOnTime(db: Queryable): Promise<{ onTime: number; total: number }> {
  const [row] = await db.prepared<{ onTime: number; total: number }>(
    `select count(*) filter (where f.silent_since is null and f.last_received_at is not null)::int as "onTime", count(*)::int as total
     from connection x left join feed_health f on f.connection = x.name where x.origin <> 'imported' and x.paused_at is null`,
  );
  return row ?? { onTime: 0, total: 0 };
}

export interface UnlinkedRow {
  readonly handle: string;
  readonly connection: string;
  readonly events: number;
  readonly firstReceivedAt: Date;
  readonly lastStatus: string | null;
  readonly overdue: boolean;
}

/** Events understood but waiting for somebody to name their order; overdue after a day. Oldest first. */
export async function readUnlinked(db: Queryable, now: Date, limit = 100): Promise<UnlinkedRow[]> {
  return db.prepared<UnlinkedRow>(
    `select handle, max(source) as connection, count(*)::int as events, min(received_at) as "firstReceivedAt", (array_agg(code order by at desc) filter (where code is not null))[1] as "lastStatus",
       min(received_at) < $1::timestamptz - interval '24 hours' as overdue
     from unlinked_event group by handle order by min(received_at), handle limit $2::int`,
    [now, limit],
  );
}

export interface NotUsedRow {
  readonly connection: string;
  readonly topic: string;
  readonly count: number;
  readonly lastAt: Date;
}

/** Authentic deliveries that nothing here uses: kept, and told. */
export async function readNotUsed(db: Queryable): Promise<NotUsedRow[]> {
  return db.prepared<NotUsedRow>(
    `select connection, coalesce(topic, 'no topic') as topic, count(*)::int as count, max(received_at) as "lastAt" from inbox where state = 'not_used'
     group by 1, 2 order by 3 desc, 1, 2 limit 100`,
  );
}

/** How people call the connections that somebody named. */
export async function connectionLabels(db: Queryable): Promise<Record<string, string>> {
  const rows = await db.prepared<{ name: string; label: string }>('select name, label from connection where label is not null');
  return Object.fromEntries(rows.map((row) => [row.name, row.label]));
}
