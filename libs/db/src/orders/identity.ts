import type { ParcelHandle } from '@orderwatch/domain';
import { canonicalJson } from '@orderwatch/domain';
import { textArray } from '../binary-arrays.js';
import { cleanText } from '../clean-text.js';
import type { Tx } from '../transactions.js';
import { lockHandles } from './advisory-locks.js';
import { FACT_COLUMNS, factOf, type FactRow, type StoredEventRow } from './event-rows.js';
import type { EventRow, IncomingFact } from './incoming.js';

const LINKS = 'select handle, order_id from handle where handle = any($1::text[])';
const ADD_LINKS = `
insert into handle as h (handle, order_id, first_at) select handle, order_id, to_timestamp(at / 1000) from unnest($1::text[], $2::uuid[], $3::float8[]) as n(handle, order_id, at)
on conflict (handle, order_id) do update set first_at = least(h.first_at, excluded.first_at)`;
const HISTORY = `select order_id, handle, ${FACT_COLUMNS} from order_event where handle = any($1::text[])`;
const TAKE_WAITING = `delete from unlinked_event where handle = any($1::text[]) returning handle, ${FACT_COLUMNS}`;
const WAIT = `
insert into unlinked_event as u (handle, fact_id, type, code, at, received_at, source, kind, inbox_id, data)
select handle, fact_id, type, code, to_timestamp(at / 1000), to_timestamp(received / 1000), source, kind, inbox_id, data
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::float8[], $7::text[], $8::text[], $9::bigint[], $10::text[])
    as f(handle, fact_id, type, code, at, received, source, kind, inbox_id, data)
on conflict (handle, fact_id) do update set received_at = least(u.received_at, excluded.received_at)`;

/** What a delivery says of one parcel number. */
interface Said extends Omit<EventRow, 'orderId'> {
  /** The order it was addressed to as well; it has its row already. */
  readonly own: string | null;
}

/** What was known of a number before, and which orders hold it already. */
interface Gained extends Omit<EventRow, 'orderId'> {
  readonly holders: Set<string>;
}

export interface Placed {
  readonly rows: readonly EventRow[];
  readonly homes: ReadonlyMap<string, { readonly home: string; readonly homeId: string }>;
  /** Facts that wait for somebody to link their number. */
  readonly waiting: number;
}

/** The parcel number a fact must be shared along: the one it is addressed to, or the one it links. */
function handleOf({ to, fact }: IncomingFact): ParcelHandle | null {
  if ('parcel' in to) return to.parcel;
  return fact.type === 'handle.linked' ? fact.data.handle : null;
}

const push = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

/**
 * Finds the orders that facts belong to. News of a parcel number go to every order it is linked to, or wait. When a payload
 * links an order to a number, the order gets everything known of that number, and all orders of the number get each other's
 * links: the fold then decides by time whose news they are, and the order of arrival does not matter.
 */
export async function placeFacts(tx: Tx, facts: readonly IncomingFact[]): Promise<Placed> {
  const rows: EventRow[] = [];
  const homes = new Map<string, { home: string; homeId: string }>();
  const said = new Map<ParcelHandle, Said[]>();
  for (const incoming of facts) {
    const { to, fact, receivedAt, inboxId } = incoming;
    const handle = handleOf(incoming);
    if ('orderId' in to) {
      homes.set(to.orderId, { home: to.home, homeId: to.homeId });
      rows.push({ orderId: to.orderId, fact, receivedAt, inboxId, handle });
    }
    if (handle !== null) push(said, handle, { fact, receivedAt, inboxId, handle, own: 'orderId' in to ? to.orderId : null });
  }
  if (said.size === 0) return { rows, homes, waiting: 0 };
  const linked = await linkHandles(tx, said);
  let waiting: readonly Said[] = [];
  for (const [handle, list] of said) {
    const orders = linked.orders.get(handle);
    if (!orders) waiting = [...waiting, ...list];
    for (const orderId of orders ?? []) {
      for (const { own, ...one } of list) if (own !== orderId) rows.push({ ...one, orderId });
      for (const { holders, ...one } of linked.gained.get(handle)?.values() ?? []) if (!holders.has(orderId)) rows.push({ ...one, orderId });
    }
  }
  await keepWaiting(tx, waiting);
  return { rows, homes, waiting: waiting.length };
}

interface Linked {
  readonly orders: ReadonlyMap<ParcelHandle, ReadonlySet<string>>;
  /** For numbers with a new order: all that was known of them before. */
  readonly gained: ReadonlyMap<ParcelHandle, ReadonlyMap<string, Gained>>;
}

async function linkHandles(tx: Tx, said: ReadonlyMap<ParcelHandle, readonly Said[]>): Promise<Linked> {
  const orders = new Map<ParcelHandle, Set<string>>();
  const [, known] = await Promise.all([lockHandles(tx, said.keys()), tx.prepared<{ handle: string; order_id: string }>(LINKS, [textArray([...said.keys()])])]);
  for (const row of known) {
    orders.set(row.handle, (orders.get(row.handle) ?? new Set()).add(row.order_id));
  }
  const links = [...said.values()].flat().flatMap(({ fact }) => (fact.type === 'handle.linked' ? [{ ...fact.data, at: fact.at }] : []));
  const fresh = new Map<string, { handle: string; orderId: string; at: number }>();
  for (const link of links) {
    if (orders.get(link.handle)?.has(link.orderId)) continue;
    const key = `${link.handle} ${link.orderId}`;
    const before = fresh.get(key);
    if (!before || link.at < before.at) fresh.set(key, link);
  }
  const gained = new Map<ParcelHandle, Map<string, Gained>>();
  if (fresh.size === 0) return { orders, gained };
  const added = [...fresh.values()];
  await tx.prepared(ADD_LINKS, [added.map((l) => cleanText(l.handle)), added.map((l) => l.orderId), added.map((l) => l.at)]);
  const handles = [...new Set(added.map((l) => l.handle))];
  const gain = (row: FactRow & { handle: string | null }, holder: string | null): void => {
    if (row.handle === null) return;
    const known = gained.get(row.handle) ?? new Map<string, Gained>();
    gained.set(row.handle, known);
    const one = known.get(row.fact_id) ?? { fact: factOf(row), receivedAt: row.received_at.getTime(), inboxId: row.inbox_id, handle: row.handle, holders: new Set<string>() };
    if (holder !== null) one.holders.add(holder);
    known.set(row.fact_id, { ...one, receivedAt: Math.min(one.receivedAt, row.received_at.getTime()) });
  };
  for (const row of await tx.prepared<StoredEventRow>(HISTORY, [handles])) gain(row, row.order_id);
  for (const row of await tx.prepared<FactRow & { handle: string }>(TAKE_WAITING, [handles])) gain(row, null);
  for (const link of added) orders.set(link.handle, (orders.get(link.handle) ?? new Set()).add(link.orderId));
  return { orders, gained };
}

async function keepWaiting(tx: Tx, waiting: readonly Said[]): Promise<void> {
  const byKey = new Map(waiting.map((one) => [`${one.handle} ${one.fact.id}`, one]));
  const rows = [...byKey.values()];
  if (rows.length === 0) return;
  await tx.prepared(WAIT, [
    rows.map((r) => r.handle), rows.map((r) => r.fact.id), rows.map((r) => r.fact.type), rows.map((r) => ('code' in r.fact.data ? cleanText(r.fact.data.code) : null)), rows.map((r) => r.fact.at),
    rows.map((r) => r.receivedAt), rows.map((r) => r.fact.source), rows.map((r) => r.fact.kind), rows.map((r) => r.inboxId), rows.map((r) => canonicalJson(r.fact.data)),
  ]);
}
