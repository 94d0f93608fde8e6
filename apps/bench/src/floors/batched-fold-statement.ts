import pg from 'pg';

/**
 * "Batched fold in straight SQL": event, order, exception and outbox rows of a whole batch in one statement. It knows one rule,
 * one track and no late news; what it does of the product's work is the writing. Plain arrays of `pg`, body as it came,
 * `bytea` stored outside of the row, which was the fastest of the undeflated ways.
 */
const SCHEMA = `
create table floor_event (
  id bigint generated always as identity primary key,
  shop int not null, ext_id text not null, order_id text not null, type text not null, at timestamptz not null, body bytea not null,
  unique (shop, ext_id)
);
alter table floor_event alter column body set storage external;
create table floor_order (
  shop int not null, order_id text not null, status text not null, carrier text, tracking text, facility text, last_at timestamptz not null, version int not null,
  primary key (shop, order_id)
);
create table floor_exception (
  shop int not null, order_id text not null, rule text not null, is_open boolean not null, since timestamptz not null,
  primary key (shop, order_id)
);
create table floor_outbox (id bigint generated always as identity primary key, shop int not null, order_id text not null, status text not null, at timestamptz not null)`;

const SEED = `
insert into floor_order (shop, order_id, status, last_at, version)
select 1, 'S-' || n, 'in_transit', now() - interval '2 days', 1 from generate_series(0, $1::int - 1) as n`;

/** One event is stored once; of the new ones of an order the latest counts. Sorted, so that two batches in flight lock in the same order. */
const FOLD = `
with e as materialized (
  select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::bytea[]) as e(shop, ext_id, order_id, type, at, carrier, tracking, facility, body)
), stored as (
  insert into floor_event (shop, ext_id, order_id, type, at, body) select shop, ext_id, order_id, type, at, body from e order by shop, ext_id on conflict do nothing returning shop, ext_id
), latest as materialized (
  select distinct on (e.shop, e.order_id) e.* from e join stored using (shop, ext_id) order by e.shop, e.order_id, e.at desc
), orders as (
  insert into floor_order as o (shop, order_id, status, carrier, tracking, facility, last_at, version) select shop, order_id, type, carrier, tracking, facility, at, 1 from latest
  on conflict (shop, order_id) do update set status = excluded.status, carrier = excluded.carrier, tracking = excluded.tracking, facility = excluded.facility, last_at = excluded.last_at, version = o.version + 1
   where excluded.last_at >= o.last_at
), exceptions as (
  insert into floor_exception as x (shop, order_id, rule, is_open, since) select shop, order_id, 'carrier_exception', type = 'shipment.exception', at from latest
  on conflict (shop, order_id) do update set is_open = excluded.is_open, since = case when x.is_open = excluded.is_open then x.since else excluded.since end
)
insert into floor_outbox (shop, order_id, status, at) select shop, order_id, type, at from latest`;

/** An event as far as the statement needs it. */
export interface FloorEvent {
  readonly id: string;
  readonly order: string;
  readonly type: string;
  readonly time: string;
  readonly carrier: string;
  readonly tracking: string;
  readonly facility: string;
  readonly body: Buffer;
}

interface CloudEvent {
  readonly id: string;
  readonly subject: string;
  readonly type: string;
  readonly time: string;
  readonly data: { readonly carrier: string; readonly trackingNumber: string; readonly facility: string };
}

export function readEvent(body: Buffer): FloorEvent {
  const { id, subject, type, time, data } = JSON.parse(body.toString()) as CloudEvent;
  return { id, order: subject, type, time, carrier: data.carrier, tracking: data.trackingNumber, facility: data.facility, body };
}

export async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c synchronous_commit=on -c jit=off' });
  await client.connect();
  return client;
}

/** Makes the tables with so many known orders. */
export async function makeTables(client: pg.Client, orders: number): Promise<void> {
  await client.query(SCHEMA);
  await client.query(SEED, [orders]);
  await client.query('vacuum analyze');
}

/** Durable when it resolves. */
export async function fold(client: pg.Client, events: readonly FloorEvent[]): Promise<void> {
  const column = <T>(pick: (event: FloorEvent) => T): T[] => events.map(pick);
  await client.query({
    name: 'fold', text: FOLD,
    values: [column(() => 1), column((e) => e.id), column((e) => e.order), column((e) => e.type), column((e) => e.time), column((e) => e.carrier), column((e) => e.tracking), column((e) => e.facility), column((e) => e.body)],
  });
}
