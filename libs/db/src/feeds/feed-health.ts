import type { Queryable, Tx } from '../transactions.js';

/** What one delivery says of its feed. */
export interface Heartbeat {
  readonly connection: string;
  readonly receivedAt: number;
  /** Time of the newest fact it told; null when it told none. */
  readonly occurredAt: number | null;
}

const KEEP_LAGS = 200;

const HEALTH = `
insert into feed_health as h (connection, last_received_at, last_occurred_at)
select connection, to_timestamp(received / 1000), to_timestamp(occurred / 1000) from unnest($1::text[], $2::float8[], $3::float8[]) as n(connection, received, occurred) order by connection
on conflict (connection) do update set
  last_received_at = greatest(h.last_received_at, excluded.last_received_at), last_occurred_at = greatest(h.last_occurred_at, excluded.last_occurred_at), silent_since = null`;

const HOURS = `
insert into feed_hour as h (connection, hour, events, lag_seconds)
select connection, date_trunc('hour', to_timestamp(hour / 1000), 'UTC'), events, lags::float8[]
  from unnest($1::text[], $2::float8[], $3::int[], $4::text[]) as n(connection, hour, events, lags) order by connection, hour
on conflict (connection, hour) do update set events = h.events + excluded.events,
  lag_seconds = (h.lag_seconds || excluded.lag_seconds)[greatest(1, cardinality(h.lag_seconds || excluded.lag_seconds) - ${KEEP_LAGS - 1}):]`;

const END_SILENCE = `
update feed_silence s set until_at = to_timestamp(n.received / 1000) from unnest($1::text[], $2::float8[]) as n(connection, received)
 where s.connection = n.connection and s.until_at is null returning s.connection`;

const RELEASED = 1_000;

/** Asks for a new assessment of orders that are held by a feed which is not silent any more. */
const RELEASE_HELD = `
insert into order_due as d (order_id, due_at)
select s.order_id, to_timestamp($1::float8 / 1000) from order_state s left join order_due o using (order_id)
 where s.held_by <> '{}' and (o.due_at is null or o.due_at > to_timestamp($1::float8 / 1000))
   and exists (select 1 from unnest(s.held_by) as h(connection) where not exists (select 1 from feed_silence f where f.connection = h.connection and f.until_at is null))
 limit ${RELEASED}
on conflict (order_id) do update set due_at = excluded.due_at
returning 1`;

const START_SILENCE = `
with day as (
  select connection, sum(events)::float8 as events from feed_hour where hour > to_timestamp($1::float8 / 1000) - interval '24 hours' group by connection
), quiet as (
  select d.connection, h.last_received_at from day d join feed_health h using (connection)
   where d.events >= 50 and h.silent_since is null
     and to_timestamp($1::float8 / 1000) - h.last_received_at > greatest(interval '60 minutes', 10 * interval '24 hours' / d.events)
), marked as (
  update feed_health h set silent_since = q.last_received_at from quiet q where h.connection = q.connection and h.silent_since is null returning h.connection, h.silent_since
)
insert into feed_silence (connection, from_at) select connection, silent_since from marked
on conflict (connection, from_at) do update set until_at = null returning connection`;

interface Sum {
  received: number;
  occurred: number | null;
}

interface Hour {
  readonly connection: string;
  readonly hour: number;
  events: number;
  readonly lags: number[];
}

function sumUp(beats: readonly Heartbeat[]): { sums: Map<string, Sum>; hours: Hour[] } {
  const sums = new Map<string, Sum>();
  const hours = new Map<string, Hour>();
  for (const { connection, receivedAt, occurredAt } of beats) {
    const sum = sums.get(connection) ?? { received: receivedAt, occurred: null };
    sum.received = Math.max(sum.received, receivedAt);
    if (occurredAt !== null) sum.occurred = Math.max(sum.occurred ?? occurredAt, occurredAt);
    sums.set(connection, sum);
    const start = Math.floor(receivedAt / 3_600_000) * 3_600_000;
    const hour = hours.get(`${connection} ${start}`) ?? { connection, hour: start, events: 0, lags: [] };
    hour.events += 1;
    if (occurredAt !== null && hour.lags.length < KEEP_LAGS) hour.lags.push(Math.max(0, (receivedAt - occurredAt) / 1000));
    hours.set(`${connection} ${start}`, hour);
  }
  return { sums, hours: [...hours.values()] };
}

/** How each feed is doing; silences are recorded facts that rules and rehearsals read. */
export class FeedHealthStore {
  /** Counts deliveries. @returns connections whose silence this ended. */
  async note(tx: Tx, beats: readonly Heartbeat[]): Promise<string[]> {
    if (beats.length === 0) return [];
    const { sums, hours } = sumUp(beats);
    const names = [...sums.keys()];
    const received = [...sums.values()].map((s) => s.received);
    await tx.prepared(HEALTH, [names, received, [...sums.values()].map((s) => s.occurred)]);
    await tx.prepared(HOURS, [hours.map((h) => h.connection), hours.map((h) => h.hour), hours.map((h) => h.events), hours.map((h) => `{${h.lags.join(',')}}`)]);
    const ended = await tx.prepared<{ connection: string }>(END_SILENCE, [names, received]);
    return ended.map((row) => row.connection);
  }

  /** Records feeds that fell silent: enough deliveries in the last day, and none for far longer than usual. */
  async findSilent(tx: Tx, now: number): Promise<string[]> {
    return (await tx.query<{ connection: string }>(START_SILENCE, [now])).map((row) => row.connection);
  }

  /**
   * Orders held by feeds that speak again are assessed again at once. To be repeated: one transaction takes a part only, and a
   * writer that still saw the silence may hold an order after its end. @returns how many were held without a cause.
   */
  async releaseHeld(tx: Tx, now: number): Promise<number> {
    return (await tx.query(RELEASE_HELD, [now])).length;
  }

  /** Every recorded silence, for rehearsals. */
  async silences(db: Queryable): Promise<{ connection: string; from: number; until: number | null }[]> {
    const rows = await db.query<{ connection: string; from_at: Date; until_at: Date | null }>('select connection, from_at, until_at from feed_silence');
    return rows.map((row) => ({ connection: row.connection, from: row.from_at.getTime(), until: row.until_at?.getTime() ?? null }));
  }
}
