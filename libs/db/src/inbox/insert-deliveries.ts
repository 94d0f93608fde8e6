import { hash } from 'node:crypto';
import { byteaArray, float8Array, int4Array, int8Array, textArray } from '../binary-arrays.js';
import { CHANGE_CHANNEL } from '../changes/write-changes.js';
import { cleanText } from '../clean-text.js';
import { rowsOfArrays } from '../rows-of-arrays.js';
import type { Sealer } from '../sealing.js';
import type { Queryable, Tx } from '../transactions.js';
import type { Accepted, Finished, NewDelivery } from './delivery.js';

/**
 * The keys decide (`on conflict`, never look first). A key that holds another row's id was there before; with other content its
 * delivery is kept as a dead letter, once. Keys go in sorted, so that two batches in flight lock them in the same order.
 * Needs `d(ord, connection, content_hash)` before it, and the keys with their ord as the parameters after so many.
 */
const verdicts = (after: number): string => `ids as materialized (
  select ord, nextval('inbox_id_seq') as id from d
), sorted as materialized (
  select d.connection, k.key, d.content_hash, ids.id, d.ord
    from ${rowsOfArrays(['ord int', 'key bytea'], { after })} as k join d using (ord) join ids using (ord)
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
)`;

const COLUMNS = 'id, connection, topic, headers, body, body_bytes, body_hash, known_at, origin, state, cause, detail, processed_at';
/** What an unused id came with before is a dead letter already. */
const NOT_KEPT_YET = `not exists (select 1 from inbox i where i.connection = d.connection and i.cause = 'id_reused' and i.state = 'dead' and i.body_hash = d.body_hash)`;
const REUSED = 'A delivery with the same id and other content was received before';
/** Dead letters of the door are told to whoever looks at the health of feeds; the processor tells of the others. */
const TELL = `told as (
  insert into change (topic, entity, entity_id, version)
  select 'health', 'dead_letter', connection, (max(id) % 2000000000)::int from stored where state = 'dead' group by connection order by connection
  returning 1
), rung as (
  select pg_notify('${CHANGE_CHANNEL}', pg_current_xact_id()::text) from told limit 1
), woken as (
  select pg_notify('orderwatch_inbox', '') from stored where state = 'new' limit 1
)`;

/** As {@link bodyColumns} makes them. */
const BODY = ['topic text', 'headers text', 'body bytea', 'body_bytes int', 'body_hash bytea', 'known_ms float8', 'origin text'];

/** One statement for a whole batch that somebody else will process. */
const INSERT = `
with d as materialized (
  select * from ${rowsOfArrays(['ord int', 'connection text', ...BODY, 'state text', 'cause text', 'detail text', 'content_hash bytea'])} as d
), ${verdicts(13)}, stored as (
  insert into inbox (${COLUMNS})
  overriding system value
  select v.id, d.connection, d.topic, d.headers, d.body, d.body_bytes, d.body_hash, to_timestamp(d.known_ms / 1000), d.origin,
         case when v.is_new then d.state else 'dead' end,
         case when v.is_new then d.cause else 'id_reused' end,
         case when v.is_new then d.detail else '${REUSED}' end,
         case when v.is_new and d.state = 'new' then null else clock_timestamp() end
    from d join verdict v using (ord)
   where v.is_new or (v.is_reused and ${NOT_KEPT_YET})
  returning id, connection, state
), ${TELL}
select v.ord, v.id::text as id, v.is_new, v.is_reused, (select count(*) from woken) as woken, (select count(*) from rung) as rung from verdict v`;

/** The two halves of it, for deliveries that are processed between them, in the same transaction. */
const CLAIM_KEYS = `
with d as materialized (
  select * from ${rowsOfArrays(['ord int', 'connection text', 'content_hash bytea'])} as d
), ${verdicts(3)}
select v.ord, v.id::text as id, v.is_new, v.is_reused, floor(extract(epoch from clock_timestamp()) * 1000)::float8 as ms from verdict v`;
const STORED = ['id bigint', 'connection text', ...BODY, 'state text', 'cause text', 'detail text', 'received_ms float8', 'attempts int'];
const STORE_ROWS = `
  insert into inbox (${COLUMNS}, received_at, attempts)
  overriding system value
  select d.id, d.connection, d.topic, d.headers, d.body, d.body_bytes, d.body_hash, to_timestamp(d.known_ms / 1000), d.origin, d.state, d.cause, d.detail,
         case when d.state = 'new' then null else clock_timestamp() end, to_timestamp(d.received_ms / 1000), d.attempts`;
const STORE = `
with d as materialized (
  select * from ${rowsOfArrays(STORED)} as d
), stored as (${STORE_ROWS}
    from d where d.cause is distinct from 'id_reused' or ${NOT_KEPT_YET}
  returning id, connection, state
), ${TELL}
select (select count(*) from woken) as woken, (select count(*) from rung) as rung`;
/** For rows that nobody has to be told of, which nearly all are: preparing to tell costs more than storing a row. */
const STORE_QUIETLY = `${STORE_ROWS} from ${rowsOfArrays(STORED)} as d`;

interface VerdictRow {
  readonly ord: number;
  readonly id: string;
  readonly is_new: boolean;
  readonly is_reused: boolean;
}

/** By way of a text: asking for the buffer itself takes twice as long. */
const sha256 = (value: string | Buffer): Buffer => Buffer.from(hash('sha256', value, 'binary'), 'binary');

/** Keys of a delivery, to compare them with those of others. */
export function keyTexts({ connection, keys }: NewDelivery): string[] {
  return keys.map((key) => `${connection}\0${key}`);
}

const column = <T>(deliveries: readonly NewDelivery[], pick: (delivery: NewDelivery) => T): T[] => deliveries.map(pick);
const stateOf = (d: NewDelivery): string => (d.dead ? 'dead' : d.isDone ? 'done' : 'new');
const contentHash = (d: NewDelivery): Buffer => sha256(d.content ?? d.body);

/** Keys of all of them as they are stored, each with the number of its delivery. */
function keyColumns(deliveries: readonly NewDelivery[]): Buffer[] {
  const all = deliveries.flatMap(({ keys }, ord) => [...new Set(keys)].map((key) => ({ ord, key: sha256(key) })));
  return [int4Array(all.map((k) => k.ord)), byteaArray(all.map((k) => k.key))];
}

/** The bytes of deliveries as they are stored. */
export type SealedBodies = ReadonlyMap<NewDelivery, Buffer>;

export async function sealBodies(sealer: Sealer, deliveries: readonly NewDelivery[]): Promise<SealedBodies> {
  const sealed = await sealer.sealBodies(deliveries.map((d) => d.body));
  return new Map(deliveries.map((delivery, i) => [delivery, sealed[i] as Buffer]));
}

/** What is stored of the bytes. */
function bodyColumns(deliveries: readonly NewDelivery[], sealed: SealedBodies): Buffer[] {
  return [
    textArray(column(deliveries, (d) => cleanText(d.topic ?? null))), textArray(column(deliveries, (d) => JSON.stringify(d.headers))), byteaArray(column(deliveries, (d) => sealed.get(d) ?? null)),
    int4Array(column(deliveries, (d) => d.body.length)), byteaArray(column(deliveries, (d) => sha256(d.body))), float8Array(column(deliveries, (d) => d.knownAt ?? null)), textArray(column(deliveries, (d) => d.origin ?? 'live')),
  ];
}

/** Writes deliveries and tells what became of each, in their order. No key may occur twice among them. */
async function insertDeliveries(db: Queryable, sealed: SealedBodies, deliveries: readonly NewDelivery[]): Promise<Accepted[]> {
  const rows = await db.prepared<VerdictRow>(INSERT, [
    int4Array([...deliveries.keys()]), textArray(column(deliveries, (d) => d.connection)), ...bodyColumns(deliveries, sealed), textArray(column(deliveries, stateOf)),
    textArray(column(deliveries, (d) => cleanText(d.dead?.cause ?? null))), textArray(column(deliveries, (d) => cleanText(d.dead?.detail ?? null))), byteaArray(column(deliveries, contentHash)), ...keyColumns(deliveries),
  ]);
  const accepted: Accepted[] = deliveries.map(() => ({ outcome: 'duplicate', id: null }));
  for (const row of rows) accepted[row.ord] = row.is_new ? { outcome: 'stored', id: row.id } : { outcome: row.is_reused ? 'reused' : 'duplicate', id: null };
  return accepted;
}

/** A delivery whose keys are taken and whose row is not yet written. */
export interface ClaimedDelivery {
  readonly delivery: NewDelivery;
  readonly outcome: Accepted['outcome'];
  /** Of the row to be. */
  readonly id: string;
  /** By the database's clock, epoch ms. */
  readonly receivedAt: number;
}

/** First half: takes the keys. No key may occur twice among the deliveries. */
export async function claimKeys(tx: Tx, deliveries: readonly NewDelivery[]): Promise<ClaimedDelivery[]> {
  const rows = await tx.prepared<VerdictRow & { readonly ms: number }>(CLAIM_KEYS, [
    int4Array([...deliveries.keys()]), textArray(column(deliveries, (d) => d.connection)), byteaArray(column(deliveries, contentHash)), ...keyColumns(deliveries),
  ]);
  return rows.sort((a, b) => a.ord - b.ord).map((row) => {
    const delivery = deliveries[row.ord];
    if (!delivery) throw new Error('a verdict over no delivery');
    return { delivery, outcome: row.is_new ? 'stored' : row.is_reused ? 'reused' : 'duplicate', id: row.id, receivedAt: row.ms };
  });
}

/** Second half: writes the rows as they came out, those without a result as new. */
export async function storeClaimed(tx: Tx, sealed: SealedBodies, claimed: readonly ClaimedDelivery[], finished: ReadonlyMap<string, Finished>): Promise<void> {
  const rows = claimed.filter((c) => c.outcome !== 'duplicate').map((c) => ({ ...c, result: resultOf(c, finished.get(c.id)) }));
  if (rows.length === 0) return;
  const deliveries = rows.map((row) => row.delivery);
  const isTold = rows.some(({ result: { state } }) => state === 'new' || state === 'dead');
  await tx.prepared(isTold ? STORE : STORE_QUIETLY, [
    int8Array(rows.map((row) => row.id)), textArray(column(deliveries, (d) => d.connection)), ...bodyColumns(deliveries, sealed), textArray(rows.map((row) => row.result.state)),
    textArray(rows.map((row) => cleanText(row.result.cause ?? null))), textArray(rows.map((row) => cleanText(row.result.detail ?? null))), float8Array(rows.map((row) => row.receivedAt)),
    int4Array(rows.map((row) => (finished.has(row.id) ? 1 : 0))),
  ]);
}

function resultOf({ delivery, outcome, id }: ClaimedDelivery, finished: Finished | undefined): Omit<Finished, 'state'> & { readonly state: string } {
  if (outcome === 'reused') return { id, state: 'dead', cause: 'id_reused', detail: REUSED };
  return finished ?? { id, state: stateOf(delivery), cause: delivery.dead?.cause, detail: delivery.dead?.detail };
}

/** The same for a list that may hold a key twice: later ones go in a further statement, which finds them repeated. */
export async function insertInRounds(db: Queryable, sealer: Sealer, deliveries: readonly NewDelivery[]): Promise<Accepted[]> {
  const sealed = await sealBodies(sealer, deliveries);
  return inRounds(deliveries, (round) => insertDeliveries(db, sealed, round));
}

/** Does the work for deliveries of which no two share a key, as often as it takes; answers in their order. */
export async function inRounds(deliveries: readonly NewDelivery[], work: (round: readonly NewDelivery[]) => Promise<Accepted[]>): Promise<Accepted[]> {
  const accepted: Accepted[] = [];
  let left = deliveries.map((delivery, index) => ({ delivery, index, keys: keyTexts(delivery) }));
  while (left.length > 0) {
    const seen = new Set<string>();
    const now: typeof left = [];
    const later: typeof left = [];
    for (const one of left) {
      const isRepeat = one.keys.some((key) => seen.has(key));
      for (const key of one.keys) seen.add(key);
      (isRepeat ? later : now).push(one);
    }
    const results = await work(now.map((one) => one.delivery));
    for (const [i, { index }] of now.entries()) accepted[index] = results[i] ?? { outcome: 'duplicate', id: null };
    left = later;
  }
  return accepted;
}
