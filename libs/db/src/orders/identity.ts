import type { Fact, Link, ParcelHandle } from '@orderwatch/domain';
import { canonicalJson, linkFactOf, linkOf } from '@orderwatch/domain';
import { textArray, uuidArray } from '../binary-arrays.js';
import { cleanText } from '../clean-text.js';
import type { Tx } from '../transactions.js';
import { lockHandles } from './advisory-locks.js';
import { contradictionsWithin, distinct, FACT_COLUMNS, factOf, reusedBy, type FactRow, type StoredEventRow } from './event-rows.js';
import type { EventRow, IncomingFact, ReusedId } from './incoming.js';

const LINKS = 'select handle, order_id from handle where handle = any($1::text[])';
const ADD_LINKS = `
insert into handle as h (handle, order_id, first_at) select handle, order_id, to_timestamp(at / 1000) from unnest($1::text[], $2::uuid[], $3::float8[]) as n(handle, order_id, at)
on conflict (handle, order_id) do update set first_at = least(h.first_at, excluded.first_at)`;
/** Orders of one number may have been told different things under one id: the first telling stands. */
const FIRST_TOLD = 'order by received_at, order_id';
const HISTORY = `select order_id, handle, ${FACT_COLUMNS} from order_event where handle = any($1::text[]) ${FIRST_TOLD}`;
/** Facts of orders that may imply a link. Their `handle` is null: most of all facts are such, and few numbers have a second order. */
const NEWS = `select order_id, handle, ${FACT_COLUMNS} from order_event where order_id = any($1::uuid[]) and type in ('shipment.status', 'shipment.estimate') ${FIRST_TOLD}`;
const TAKE_WAITING = `delete from unlinked_event where handle = any($1::text[]) returning handle, ${FACT_COLUMNS}`;
/** As of orders' facts: the first telling stands, unless its own delivery is replayed ($11). What tells something else is not returned. */
const WAIT = `
insert into unlinked_event as u (handle, fact_id, type, code, at, received_at, source, kind, inbox_id, data)
select handle, fact_id, type, code, to_timestamp(at / 1000), to_timestamp(received / 1000), source, kind, inbox_id, data
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::float8[], $7::text[], $8::text[], $9::bigint[], $10::text[])
    as f(handle, fact_id, type, code, at, received, source, kind, inbox_id, data)
on conflict (handle, fact_id) do update set received_at = least(u.received_at, excluded.received_at),
  type = excluded.type, code = excluded.code, at = excluded.at, data = excluded.data
  where (u.type, u.at, u.data) = (excluded.type, excluded.at, excluded.data) or ($11::boolean and u.inbox_id is not distinct from excluded.inbox_id)
returning handle, fact_id`;

/** What a delivery says of one parcel number. */
interface Said extends Omit<EventRow, 'orderId'> {
  /** The order it was addressed to as well; it has its row already. */
  readonly own: string | null;
  readonly link: Link | undefined;
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
  /** Of those that wait: such that tell something else than what waits already. */
  readonly reused: readonly ReusedId[];
}

/** What other orders of a number are told: news of the number as they are, of an order's own news no more than the link. */
const toldToOthers = (fact: Fact, own: string | null): Fact => (own === null ? undefined : linkFactOf(fact, own)) ?? fact;

const push = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

/** What is known of the facts of deliveries that have no ids yet. */
export type AddressedFact = Pick<IncomingFact, 'to' | 'fact'>;
/** Parcel number → orders; none for a number that nobody linked. Numbers that were not asked for are not in it. */
export type Links = ReadonlyMap<ParcelHandle, ReadonlySet<string>>;

/** Parcel numbers that facts speak of. */
export function handlesOf(facts: readonly AddressedFact[]): ParcelHandle[] {
  return [...new Set(facts.flatMap(({ to, fact }) => ('parcel' in to ? to.parcel : (linkOf(fact, to.orderId)?.handle ?? []))))];
}

/** Reads whose the numbers are, under their locks: how they are taken is the caller's. */
export async function readLinks(tx: Tx, handles: readonly ParcelHandle[], lock: Promise<unknown>): Promise<Links> {
  const links = new Map(handles.map((handle) => [handle, new Set<string>()]));
  if (handles.length === 0) return links;
  const [, rows] = await Promise.all([lock, tx.prepared<{ handle: string; order_id: string }>(LINKS, [textArray(handles)])]);
  for (const row of rows) links.get(row.handle)?.add(row.order_id);
  return links;
}

/** Locks the parcel numbers that facts speak of, and reads whose they are. */
export function askLinks(tx: Tx, facts: readonly AddressedFact[]): Promise<Links> {
  const handles = handlesOf(facts);
  return readLinks(tx, handles, lockHandles(tx, handles));
}

/**
 * Finds the orders that facts belong to. News of a parcel number go to every order it is linked to, or wait. When a payload
 * links an order to a number, the order gets everything known of that number, and all orders of the number get each other's
 * links, those that news imply as well: the fold then decides by time whose news they are, and the order of arrival does not matter.
 */
export async function placeFacts(tx: Tx, facts: readonly IncomingFact[], links: Links, isReplay: boolean): Promise<Placed> {
  const rows: EventRow[] = [];
  const homes = new Map<string, { home: string; homeId: string }>();
  const said = new Map<ParcelHandle, Said[]>();
  for (const { to, fact, receivedAt, inboxId } of facts) {
    if ('parcel' in to) {
      push(said, to.parcel, { fact, receivedAt, inboxId, handle: to.parcel, own: null, link: undefined });
      continue;
    }
    const { orderId, home, homeId } = to;
    const link = linkOf(fact, orderId);
    homes.set(orderId, { home, homeId });
    rows.push({ orderId, fact, receivedAt, inboxId, handle: fact.type === 'handle.linked' ? fact.data.handle : null });
    if (link) push(said, link.handle, { fact, receivedAt, inboxId, handle: link.handle, own: orderId, link });
  }
  if (said.size === 0) return { rows, homes, waiting: 0, reused: [] };
  // Taken for a number without orders, its news would wait for ever.
  for (const handle of said.keys()) if (!links.has(handle)) throw new Error(`nobody asked whose ${handle} is`);
  const linked = await linkHandles(tx, said, links, isReplay);
  let waiting: readonly Said[] = [];
  for (const [handle, list] of said) {
    const orders = linked.orders.get(handle);
    if (!orders) waiting = [...waiting, ...list];
    for (const orderId of orders ?? []) {
      // What was known before comes first: of two tellings it is the one that stands.
      for (const { holders, ...one } of linked.gained.get(handle)?.values() ?? []) if (!holders.has(orderId)) rows.push({ ...one, orderId });
      for (const { own, fact, receivedAt, inboxId } of list) if (own !== orderId) rows.push({ orderId, fact: toldToOthers(fact, own), receivedAt, inboxId, handle });
    }
  }
  return { rows, homes, waiting: waiting.length, reused: await keepWaiting(tx, waiting, isReplay) };
}

interface Linked {
  readonly orders: ReadonlyMap<ParcelHandle, ReadonlySet<string>>;
  /** For numbers with a new order: all that was known of them before. */
  readonly gained: ReadonlyMap<ParcelHandle, ReadonlyMap<string, Gained>>;
}

async function linkHandles(tx: Tx, said: ReadonlyMap<ParcelHandle, readonly Said[]>, links: Links, isReplay: boolean): Promise<Linked> {
  const orders = new Map([...links].filter(([handle, linked]) => linked.size > 0 && said.has(handle)).map(([handle, linked]) => [handle, new Set(linked)]));
  const fresh = new Map<string, Link>();
  for (const { link } of [...said.values()].flat()) {
    if (!link || orders.get(link.handle)?.has(link.orderId)) continue;
    const key = `${link.handle} ${link.orderId}`;
    const before = fresh.get(key);
    if (!before || link.at < before.at) fresh.set(key, link);
  }
  const gained = new Map<ParcelHandle, Map<string, Gained>>();
  if (fresh.size === 0) return { orders, gained };
  const added = [...fresh.values()];
  await tx.prepared(ADD_LINKS, [added.map((l) => cleanText(l.handle)), added.map((l) => l.orderId), added.map((l) => l.at)]);
  const handles = [...new Set(added.map((l) => l.handle))];
  const gain = (row: FactRow & { handle: string | null }, holder: string | null, fact = factOf(row)): void => {
    if (row.handle === null) return;
    const known = gained.get(row.handle) ?? new Map<string, Gained>();
    gained.set(row.handle, known);
    const one = known.get(fact.id) ?? { fact, receivedAt: row.received_at.getTime(), inboxId: row.inbox_id, handle: row.handle, holders: new Set<string>() };
    if (holder !== null) one.holders.add(holder);
    known.set(fact.id, { ...one, receivedAt: Math.min(one.receivedAt, row.received_at.getTime()) });
  };
  const others = handles.flatMap((handle) => [...(orders.get(handle) ?? [])]);
  for (const row of others.length > 0 ? await tx.prepared<StoredEventRow>(NEWS, [uuidArray([...new Set(others)])]) : []) {
    const fact = factOf(row);
    const handle = linkOf(fact, row.order_id)?.handle;
    if (handle !== undefined && handles.includes(handle)) gain({ ...row, handle }, row.order_id, toldToOthers(fact, row.order_id));
  }
  for (const row of await tx.prepared<StoredEventRow>(HISTORY, [handles])) gain(row, row.order_id);
  for (const row of await tx.prepared<FactRow & { handle: string }>(TAKE_WAITING, [handles])) gain(row, null);
  if (isReplay) for (const [handle, known] of gained) readAnew(known, said.get(handle) ?? []);
  for (const link of added) orders.set(link.handle, (orders.get(link.handle) ?? new Set()).add(link.orderId));
  return { orders, gained };
}

/** What a replayed delivery said before is replaced before it is handed on. */
function readAnew(known: Map<string, Gained>, said: readonly Said[]): void {
  for (const { own, inboxId, ...one } of said) {
    const fact = toldToOthers(one.fact, own);
    const before = known.get(fact.id);
    if (before?.inboxId === inboxId) known.set(fact.id, { ...before, fact });
  }
}

const waitKey = (handle: string | null, factId: string): string => `${handle} ${factId}`;
/** The number as it is stored. */
const waitKeyOf = ({ handle, fact }: Said): string => waitKey(cleanText(handle), fact.id);

async function keepWaiting(tx: Tx, waiting: readonly Said[], isReplay: boolean): Promise<ReusedId[]> {
  if (waiting.length === 0) return [];
  const rows = distinct(waiting, waitKeyOf);
  const kept = await tx.prepared<{ handle: string; fact_id: string }>(WAIT, [
    rows.map((r) => r.handle), rows.map((r) => r.fact.id), rows.map((r) => r.fact.type), rows.map((r) => ('code' in r.fact.data ? cleanText(r.fact.data.code) : null)), rows.map((r) => r.fact.at),
    rows.map((r) => r.receivedAt), rows.map((r) => r.fact.source), rows.map((r) => r.fact.kind), rows.map((r) => r.inboxId), rows.map((r) => canonicalJson(r.fact.data)), isReplay,
  ]);
  const contradicted = contradictionsWithin(waiting, rows, waitKeyOf);
  if (kept.length === rows.length) return contradicted;
  const keys = new Set(kept.map((row) => waitKey(row.handle, row.fact_id)));
  return [...contradicted, ...rows.filter((row) => !keys.has(waitKeyOf(row))).map(reusedBy)];
}
