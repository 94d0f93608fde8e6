import { canonicalJson, type Fact } from '@orderwatch/domain';
import { float8Array, int8Array, textArray, uuidArray } from '../binary-arrays.js';
import { cleanText } from '../clean-text.js';
import { rowsOfArrays } from '../rows-of-arrays.js';
import type { Queryable, Tx } from '../transactions.js';
import type { EventRow, ReusedId } from './incoming.js';

/** Columns of a stored fact, in `order_event` as in `unlinked_event`. */
export interface FactRow {
  readonly fact_id: string;
  readonly type: string;
  readonly at: Date;
  readonly received_at: Date;
  readonly source: string;
  readonly kind: string;
  readonly inbox_id: string | null;
  readonly data: string;
}

export interface StoredEventRow extends FactRow {
  readonly order_id: string;
  readonly handle: string | null;
}

export const FACT_COLUMNS = 'fact_id, type, at, received_at, source, kind, inbox_id::text as inbox_id, data';

/** The fact of a row. What was written passed the connectors' schemas, so its shape is known. */
export function factOf(row: Pick<FactRow, 'fact_id' | 'type' | 'at' | 'source' | 'kind' | 'data'>): Fact {
  return { id: row.fact_id, type: row.type, at: row.at.getTime(), source: row.source, kind: row.kind, data: JSON.parse(row.data) as unknown } as Fact;
}

export function eventOf(row: StoredEventRow): EventRow {
  return { orderId: row.order_id, fact: factOf(row), receivedAt: row.received_at.getTime(), inboxId: row.inbox_id, handle: row.handle };
}

const INSERT = `
insert into order_event (order_id, fact_id, type, code, at, received_at, source, kind, handle, inbox_id, data)
select order_id, fact_id, type, code, to_timestamp(at / 1000), to_timestamp(received / 1000), source, kind, handle, inbox_id, data
  from ${rowsOfArrays(['order_id uuid', 'fact_id text', 'type text', 'code text', 'at float8', 'received float8', 'source text', 'kind text', 'handle text', 'inbox_id bigint', 'data text'])} as f
on conflict (order_id, fact_id) do nothing`;
const READ_PAIRS = `
select e.order_id, e.handle, ${FACT_COLUMNS} from order_event e
 where (e.order_id, e.fact_id) in (select * from unnest($1::uuid[], $2::text[]))`;
const EARLIER = `
update order_event e set received_at = to_timestamp(n.received / 1000)
  from unnest($1::uuid[], $2::text[], $3::float8[]) as n(order_id, fact_id, received) where e.order_id = n.order_id and e.fact_id = n.fact_id`;
const REPLACE = `
update order_event e set type = n.type, code = n.code, at = to_timestamp(n.at / 1000), data = n.data
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::text[]) as n(order_id, fact_id, type, code, at, data)
 where e.order_id = n.order_id and e.fact_id = n.fact_id`;
const READ_ORDERS = `select order_id, handle, ${FACT_COLUMNS} from order_event where order_id = any($1::uuid[])`;

const codeOf = (fact: Fact): string | null => ('code' in fact.data ? cleanText(fact.data.code) : null);
const keyOf = (row: EventName): string => `${row.orderId} ${row.fact.id}`;
const dataOf = (fact: Fact): string => canonicalJson(fact.data);

/** What tells one event from another. */
export interface EventName {
  readonly orderId: string;
  readonly fact: Pick<Fact, 'id'>;
}

/** Those of the events that are there; read under the locks of their orders, the others are new. */
export class KnownEvents {
  private readonly asked = new Set<string>();
  private readonly stored = new Map<string, StoredEventRow>();

  /** Asks for those that were not asked for. */
  async ask(tx: Tx, events: readonly EventName[]): Promise<void> {
    const names = [...new Map(events.map((event) => [keyOf(event), event])).values()].filter((event) => !this.asked.has(keyOf(event)));
    if (names.length === 0) return;
    for (const name of names) this.asked.add(keyOf(name));
    const rows = await tx.prepared<StoredEventRow>(READ_PAIRS, [uuidArray(names.map((n) => n.orderId)), textArray(names.map((n) => n.fact.id))]);
    for (const row of rows) this.stored.set(`${row.order_id} ${row.fact_id}`, row);
  }

  get(event: EventName): StoredEventRow | undefined {
    return this.stored.get(keyOf(event));
  }
}

type Told = Pick<EventRow, 'fact' | 'receivedAt' | 'inboxId'>;

/** One row per key, that of an order or a parcel number and a fact; of repeats in one batch the first stands, as known at the earliest. */
export function distinct<T extends Told>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const row of rows) {
    const before = byKey.get(keyOf(row));
    if (!before) byKey.set(keyOf(row), row);
    else if (row.receivedAt < before.receivedAt) byKey.set(keyOf(row), { ...before, receivedAt: row.receivedAt });
  }
  return [...byKey.values()];
}

export interface StoredEvents {
  readonly added: readonly EventRow[];
  readonly repeated: number;
  readonly reused: readonly ReusedId[];
  /** Orders of which a stored fact changed (known earlier, or read anew): they are folded again from all facts. */
  readonly amended: ReadonlySet<string>;
}

/** Adds facts to orders' histories. A fact that is there stays; if it says something else, its id was reused. */
export async function storeEvents(tx: Tx, rows: readonly EventRow[], before: KnownEvents, isReplay: boolean): Promise<StoredEvents> {
  if (rows.length === 0) return { added: [], repeated: 0, reused: [], amended: new Set() };
  const unique = distinct(rows, keyOf);
  const added = unique.filter((row) => !before.get(row));
  const known = unique.filter((row) => before.get(row));
  tx.defer(insertEvents(tx, added));
  const contradicted = contradictionsWithin(rows, unique, keyOf);
  if (known.length === 0) return { added, repeated: rows.length - added.length, reused: contradicted, amended: new Set() };
  const compared = await compareKnown(tx, known, before, isReplay);
  return { added, repeated: rows.length - added.length, reused: [...contradicted, ...compared.reused], amended: compared.amended };
}

async function insertEvents(tx: Tx, rows: readonly EventRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <T>(pick: (row: EventRow) => T): T[] => rows.map(pick);
  await tx.prepared(INSERT, [
    uuidArray(column((r) => r.orderId)), textArray(column((r) => r.fact.id)), textArray(column((r) => r.fact.type)), textArray(column((r) => codeOf(r.fact))), float8Array(column((r) => r.fact.at)),
    float8Array(column((r) => r.receivedAt)), textArray(column((r) => r.fact.source)), textArray(column((r) => r.fact.kind)), textArray(column((r) => cleanText(r.handle))), int8Array(column((r) => r.inboxId)),
    textArray(column((r) => dataOf(r.fact))),
  ]);
}

/** Facts of one batch with one id and different content. */
export function contradictionsWithin<T extends Told>(rows: readonly T[], unique: readonly T[], keyOf: (row: T) => string): ReusedId[] {
  if (rows.length === unique.length) return [];
  const kept = new Map(unique.map((row) => [keyOf(row), row]));
  return rows.filter((row) => saysOther(row, kept.get(keyOf(row)))).map(reusedBy);
}

export const reusedBy = ({ inboxId, fact }: Told): ReusedId => ({ inboxId, factId: fact.id });

function saysOther(row: Told, kept: Told | undefined): boolean {
  return kept !== undefined && (kept.fact.type !== row.fact.type || kept.fact.at !== row.fact.at || dataOf(kept.fact) !== dataOf(row.fact));
}

async function compareKnown(tx: Tx, known: readonly EventRow[], stored: KnownEvents, isReplay: boolean): Promise<{ reused: ReusedId[]; amended: Set<string> }> {
  const reused: ReusedId[] = [];
  const earlier: EventRow[] = [];
  const replaced: EventRow[] = [];
  for (const row of known) {
    const before = stored.get(row);
    if (!before) continue;
    const isOther = before.type !== row.fact.type || before.at.getTime() !== row.fact.at || before.data !== dataOf(row.fact);
    if (!isOther) {
      if (row.receivedAt < before.received_at.getTime()) earlier.push(row);
    } else if (isReplay && before.inbox_id === row.inboxId) replaced.push(row);
    else reused.push({ inboxId: row.inboxId, factId: row.fact.id });
  }
  if (earlier.length > 0) await tx.prepared(EARLIER, [earlier.map((r) => r.orderId), earlier.map((r) => r.fact.id), earlier.map((r) => r.receivedAt)]);
  if (replaced.length > 0) {
    await tx.prepared(REPLACE, [
      replaced.map((r) => r.orderId), replaced.map((r) => r.fact.id), replaced.map((r) => r.fact.type), replaced.map((r) => codeOf(r.fact)), replaced.map((r) => r.fact.at), replaced.map((r) => dataOf(r.fact)),
    ]);
  }
  return { reused, amended: new Set([...earlier, ...replaced].map((r) => r.orderId)) };
}

/** Whole histories, by order. */
export async function readHistories(db: Queryable, orders: readonly string[]): Promise<Map<string, EventRow[]>> {
  const histories = new Map<string, EventRow[]>();
  if (orders.length === 0) return histories;
  for (const row of await db.prepared<StoredEventRow>(READ_ORDERS, [uuidArray(orders)])) {
    const list = histories.get(row.order_id);
    if (list) list.push(eventOf(row));
    else histories.set(row.order_id, [eventOf(row)]);
  }
  return histories;
}
