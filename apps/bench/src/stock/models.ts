import { ConfigurationStore, CustomerStore, OrderWriter, type Sealer, type Transactions, type Tx } from '@orderwatch/db';
import { stockOrder, trackingOf } from '@orderwatch/rig';
import { factIdOf, factNameOf, modelOrder, told, type FactName, type StockOrder } from './courses.js';

/** Tables in which an order stands, the largest first. */
export async function tablesOfOrders(db: Reader): Promise<string[]> {
  const rows = await db.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'order_id' and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname !~ '^remedy' order by c.relname = 'order_event' desc, c.relname = 'order_state' desc, 1`, []);
  return rows.map((row) => row.name);
}

interface Reader {
  query<T>(sql: string, params: readonly unknown[]): Promise<T[]>;
}

/** Numbers that no order of a stock has: their models' names are found again in what was written. */
const FIRST_MODEL = 900_000_000;
const FIRST_INBOX_ID = 7_770_000_000_000n;

/** An order as the product wrote it, cut where its own names stand: put others in, and it is another order of the same course. */
export interface Model {
  readonly facts: readonly FactName[];
  readonly deliveries: number;
  readonly customerId: string | null;
  /** Per table: text between the slots, and which name goes into each slot. */
  readonly rows: ReadonlyMap<string, { readonly pieces: readonly string[]; readonly slots: readonly number[] }>;
  /** Which of its facts tie for the last place; the greatest id wins. */
  readonly last: readonly number[];
}

const SLOTS = { orderId: 0, home: 1, tracking: 2, name: 3, last: 4, facts: 5 } as const;

/** What stands in the slots of order `n`: its own names. */
export function namesOf(n: number, orderId: string, model: Model, firstInboxId: number): string[] {
  const facts = model.facts.map((name) => factIdOf(n, name));
  const last = model.last.map((i) => facts[i] ?? '').reduce((a, b) => (a > b ? a : b));
  return [orderId, stockOrder(n), trackingOf(n), `#${n}`, last, ...facts, ...Array.from({ length: model.deliveries }, (_, i) => String(firstInboxId + i))];
}

/** Columns of a table that a writer fills; identities, numbers and the time of the write come by themselves. */
export async function columnsOf(db: Reader, table: string): Promise<string[]> {
  const rows = await db.query<{ name: string }>(`
    select a.attname as name from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = '' and a.attname <> 'updated_at'
       and coalesce(pg_get_expr(d.adbin, d.adrelid), '') not like 'nextval%' order by a.attnum`, [table]);
  return rows.map((row) => row.name);
}

/** Writes model orders through the product's own writer, reads what came of it, and takes it back. */
export async function makeModels(transactions: Transactions, sealer: Sealer, { count, isOpen, now }: { count: number; isOpen: boolean; now: number }): Promise<Model[]> {
  const offset = FIRST_MODEL + (isOpen ? 1_000_000 : 0);
  const orders = Array.from({ length: count }, (_, k) => modelOrder(offset + k, { k, of: count, isOpen, now }));
  const customers = new CustomerStore(sealer);
  const writer = new OrderWriter(customers, new ConfigurationStore());
  const heard = orders.map((order, k) => told(order, FIRST_INBOX_ID + BigInt(k * 10)));
  // The customers stay.
  await transactions.run((tx) => customers.note(tx, heard.flatMap((h) => h.customers)));
  return transactions.rehearse(async (tx) => {
    const knownAt = new Map(orders.map((order) => [order.orderId, order.knownAt]));
    await writer.write(tx, { facts: heard.flatMap((h) => h.facts), now: (orderId) => knownAt.get(orderId) ?? now, cause: { actor: 'system' } });
    await writer.write(tx, { orders: orders.map((o) => o.orderId), now, cause: { actor: 'system' } });
    const written = await readWritten(tx, orders);
    return orders.map((order, k) => {
      const facts = heard[k]?.facts ?? [];
      return cut(order, { factIds: facts.map((f) => f.fact.id), firstInboxId: FIRST_INBOX_ID + BigInt(k * 10), customerId: heard[k]?.customers[0]?.id ?? null, last: lastOf(facts) }, written.get(order.orderId));
    });
  });
}

function lastOf(facts: readonly { readonly fact: { readonly at: number } }[]): number[] {
  const at = Math.max(...facts.map(({ fact }) => fact.at));
  return facts.flatMap(({ fact }, i) => (fact.at === at ? [i] : []));
}

type Written = Map<string, string>;

async function readWritten(tx: Tx, orders: readonly StockOrder[]): Promise<Map<string, Written>> {
  const all = new Map(orders.map((order) => [order.orderId, new Map() as Written]));
  for (const table of await tablesOfOrders(tx)) {
    const columns = await columnsOf(tx, table);
    const rows = await tx.query<{ order_id: string; cells: (string | null)[] }>(`select order_id, array[${columns.map((name) => `${name}::text`).join(', ')}] as cells from ${table} where order_id = any($1::uuid[])`, [orders.map((o) => o.orderId)]);
    for (const { order_id, cells } of rows) {
      const written = all.get(order_id);
      written?.set(table, `${written.get(table) ?? ''}${cells.map(cell).join('\t')}\n`);
    }
  }
  return all;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const cell = (text: string | null): string => (text === null ? '\\N' : text.replaceAll(/[\\\t\n\r]/g, (c) => ESCAPES[c] ?? c));

/** Where a state names the fact that it is as of. */
const LAST = String.raw`\{"at":\d+,(?:"rank":\d+,)?"id":"`;

interface Own {
  readonly factIds: readonly string[];
  readonly firstInboxId: bigint;
  readonly customerId: string | null;
  readonly last: readonly number[];
}

function cut(order: StockOrder, own: Own, written: Written | undefined): Model {
  const suffixes = order.events.map((e) => e.suffix);
  const slotOf = new Map<string, number>([[order.orderId, SLOTS.orderId], [stockOrder(order.n), SLOTS.home], [trackingOf(order.n), SLOTS.tracking], [`#${order.n}`, SLOTS.name]]);
  own.factIds.forEach((id, i) => slotOf.set(id, SLOTS.facts + i));
  suffixes.forEach((_, i) => slotOf.set(String(own.firstInboxId + BigInt(i)), SLOTS.facts + own.factIds.length + i));
  const names = new RegExp(`(?<=${LAST})[0-9a-f]+|${[...slotOf.keys()].join('|')}`, 'g');
  const rows: [string, { pieces: string[]; slots: number[] }][] = [...(written ?? [])].map(([table, text]) => {
    const [pieces, slots]: [string[], number[]] = [[], []];
    let from = 0;
    for (const match of text.matchAll(names)) {
      const isLast = new RegExp(`${LAST}$`).test(text.slice(Math.max(0, match.index - 80), match.index));
      pieces.push(text.slice(from, match.index));
      slots.push(isLast ? SLOTS.last : (slotOf.get(match[0]) ?? SLOTS.orderId));
      from = match.index + match[0].length;
    }
    return [table, { pieces: [...pieces, text.slice(from)], slots }];
  });
  return { facts: own.factIds.map((id) => factNameOf(order.n, id, suffixes)), deliveries: suffixes.length, customerId: own.customerId, last: own.last, rows: new Map(rows) };
}
