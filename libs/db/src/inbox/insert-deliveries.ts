import { hash } from 'node:crypto';
import { CHANGE_CHANNEL } from '../changes/write-changes.js';
import { cleanText } from '../clean-text.js';
import type { Sealer } from '../sealing.js';
import type { Queryable } from '../transactions.js';
import type { Accepted, NewDelivery } from './delivery.js';

/**
 * One statement for a whole batch: the keys decide (`on conflict`, never look first), then the rows of new deliveries are written.
 * A key that holds another row's id was there before; with other content its delivery is kept as a dead letter, once.
 * Dead letters of the door are told to whoever looks at the health of feeds; the processor tells of the others.
 * Keys go in sorted, so that two batches in flight lock them in the same order.
 */
const INSERT = `
with d as materialized (
  select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::int[], $7::bytea[], $8::float8[], $9::text[], $10::text[], $11::text[], $12::text[], $13::bytea[])
    as d(ord, connection, topic, headers, body, body_bytes, body_hash, known_ms, origin, state, cause, detail, content_hash)
), ids as materialized (
  select ord, nextval(pg_get_serial_sequence('inbox', 'id')) as id from d
), sorted as materialized (
  select d.connection, k.key, d.content_hash, ids.id, d.ord
    from unnest($14::int[], $15::bytea[]) as k(ord, key) join d using (ord) join ids using (ord)
   order by d.connection, k.key
), keyed as (
  insert into delivery_key as k (connection, key, content_hash, inbox_id)
  select connection, key, content_hash, id from sorted
  on conflict (connection, key) do update set repeats = k.repeats + 1
  returning k.connection, k.key, k.inbox_id, k.content_hash
), verdict as materialized (
  select sorted.ord, sorted.id,
         bool_and(keyed.inbox_id = sorted.id) as is_new,
         bool_or(keyed.inbox_id <> sorted.id and keyed.content_hash <> sorted.content_hash) as is_reused
    from sorted join keyed on keyed.connection = sorted.connection and keyed.key = sorted.key
   group by sorted.ord, sorted.id
), stored as (
  insert into inbox (id, connection, topic, headers, body, body_bytes, body_hash, known_at, origin, state, cause, detail, processed_at)
  overriding system value
  select v.id, d.connection, d.topic, d.headers, d.body, d.body_bytes, d.body_hash, to_timestamp(d.known_ms / 1000), d.origin,
         case when v.is_new then d.state else 'dead' end,
         case when v.is_new then d.cause else 'id_reused' end,
         case when v.is_new then d.detail else 'A delivery with the same id and other content was received before' end,
         case when v.is_new and d.state = 'new' then null else clock_timestamp() end
    from d join verdict v using (ord)
   where v.is_new or (v.is_reused and not exists (
           select 1 from inbox i where i.connection = d.connection and i.cause = 'id_reused' and i.state = 'dead' and i.body_hash = d.body_hash))
  returning id, connection, state
), woken as (
  select pg_notify('orderwatch_inbox', '') from stored where state = 'new' limit 1
), told as (
  insert into change (topic, entity, entity_id, version)
  select 'health', 'dead_letter', connection, (max(id) % 2000000000)::int from stored where state = 'dead' group by connection order by connection
  returning 1
), rung as (
  select pg_notify('${CHANGE_CHANNEL}', '') from told limit 1
)
select v.ord, v.id::text as id, v.is_new, v.is_reused, (select count(*) from woken) as woken, (select count(*) from rung) as rung from verdict v`;

interface VerdictRow {
  readonly ord: number;
  readonly id: string;
  readonly is_new: boolean;
  readonly is_reused: boolean;
}

const sha256 = (value: string | Buffer): Buffer => hash('sha256', value, 'buffer');

/** Keys of a delivery as they are stored. */
export function deliveryKeys(delivery: NewDelivery): Buffer[] {
  return [...new Set(delivery.keys)].map(sha256);
}

/** Writes deliveries and tells what became of each, in their order. No key may occur twice among them. */
export async function insertDeliveries(db: Queryable, sealer: Sealer, deliveries: readonly NewDelivery[]): Promise<Accepted[]> {
  const keyOrds: number[] = [];
  const keys: Buffer[] = [];
  for (const [ord, delivery] of deliveries.entries()) {
    for (const key of deliveryKeys(delivery)) {
      keyOrds.push(ord);
      keys.push(key);
    }
  }
  const column = <T>(pick: (delivery: NewDelivery) => T): T[] => deliveries.map(pick);
  const hashes = column((d) => sha256(d.body));
  const rows = await db.prepared<VerdictRow>(INSERT, [
    [...deliveries.keys()], column((d) => d.connection), column((d) => cleanText(d.topic ?? null)), column((d) => JSON.stringify(d.headers)),
    column((d) => sealer.sealBody(d.body)), column((d) => d.body.length), hashes, column((d) => d.knownAt ?? null), column((d) => d.origin ?? 'live'),
    column((d) => (d.dead ? 'dead' : d.isDone ? 'done' : 'new')), column((d) => cleanText(d.dead?.cause ?? null)), column((d) => cleanText(d.dead?.detail ?? null)),
    deliveries.map((d, i) => (d.content === undefined ? hashes[i] : sha256(d.content))), keyOrds, keys,
  ]);
  const accepted: Accepted[] = deliveries.map(() => ({ outcome: 'duplicate', id: null }));
  for (const row of rows) {
    accepted[row.ord] = row.is_new ? { outcome: 'stored', id: row.id } : row.is_reused ? { outcome: 'reused', id: null } : { outcome: 'duplicate', id: null };
  }
  return accepted;
}

/** The same for a list that may hold a key twice: later ones go in a further statement, which finds them repeated. */
export async function insertInRounds(db: Queryable, sealer: Sealer, deliveries: readonly NewDelivery[]): Promise<Accepted[]> {
  const accepted: Accepted[] = [];
  let left = deliveries.map((delivery, index) => ({ delivery, index, keys: deliveryKeys(delivery).map((key) => `${delivery.connection}\0${key.toString('base64')}`) }));
  while (left.length > 0) {
    const seen = new Set<string>();
    const now: typeof left = [];
    const later: typeof left = [];
    for (const one of left) {
      const isRepeat = one.keys.some((key) => seen.has(key));
      for (const key of one.keys) seen.add(key);
      (isRepeat ? later : now).push(one);
    }
    const results = await insertDeliveries(db, sealer, now.map((one) => one.delivery));
    for (const [i, { index }] of now.entries()) accepted[index] = results[i] ?? { outcome: 'duplicate', id: null };
    left = later;
  }
  return accepted;
}
