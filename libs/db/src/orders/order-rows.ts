import { parcelRows, type Assessment, type OrderState, type OrderSummary, type ParcelRow, type Policy } from '@orderwatch/domain';
import { boolArray, float8Array, int4Array, int8Array, textArray, uuidArray } from '../binary-arrays.js';
import { cleanText } from '../clean-text.js';
import { rowsOfArrays } from '../rows-of-arrays.js';
import type { Queryable, Tx } from '../transactions.js';

/** The stored row of an order, as far as a writer needs it. */
export interface StoredOrder {
  readonly orderId: string;
  readonly home: string;
  readonly homeId: string;
  readonly version: number;
  readonly stateText: string;
  /** Facts stamped later than we heard of them: fact id → when we heard. */
  readonly early: Readonly<Record<string, number>>;
  readonly customerId: string | null;
  readonly statuses: string;
  /** When it is assessed again at the latest; never later than something can open. */
  readonly nextDueAt: number | null;
  readonly openRules: readonly string[];
  readonly heldBy: readonly string[];
  readonly lastReceivedAt: number | null;
}

/** An order as it must be stored. */
export interface OrderToWrite {
  readonly orderId: string;
  readonly home: string;
  readonly homeId: string;
  readonly version: number;
  readonly state: OrderState;
  readonly stateText: string;
  readonly early: Readonly<Record<string, number>>;
  readonly summary: OrderSummary;
  readonly assessment: Assessment;
  readonly nextDueAt: number | null;
  readonly lastReceivedAt: number | null;
  /** Parcels that had rows and have none any more. */
  readonly goneParcels: readonly string[];
  readonly before: StoredOrder | undefined;
}

interface OrderSqlRow {
  readonly order_id: string; readonly home: string; readonly home_id: string; readonly version: number; readonly state: string; readonly early: string | null; readonly customer_id: string | null;
  readonly order_status: string | null; readonly payment_status: string | null; readonly fulfilment_status: string | null; readonly shipment_status: string | null; readonly return_status: string | null;
  readonly due_at: Date | null; readonly open_rules: string[]; readonly held_by: string[]; readonly last_received_at: Date | null;
}

const READ = `
select s.order_id, home, home_id, version, state, early, customer_id, order_status, payment_status, fulfilment_status, shipment_status, return_status, d.due_at, open_rules, held_by, last_received_at
  from order_state s left join order_due d on d.order_id = s.order_id where s.order_id = any($1::uuid[])`;

/** Orders as they are stored; read under their locks. */
export async function readOrders(db: Queryable, orders: readonly string[]): Promise<Map<string, StoredOrder>> {
  const rows = orders.length === 0 ? [] : await db.prepared<OrderSqlRow>(READ, [uuidArray(orders)]);
  return new Map(rows.map((row) => [row.order_id, {
    orderId: row.order_id, home: row.home, homeId: row.home_id, version: row.version, stateText: row.state, early: row.early ? (JSON.parse(row.early) as Record<string, number>) : {},
    customerId: row.customer_id, statuses: [row.order_status, row.payment_status, row.fulfilment_status, row.shipment_status, row.return_status].join('|'),
    nextDueAt: row.due_at?.getTime() ?? null, openRules: row.open_rules, heldBy: row.held_by, lastReceivedAt: row.last_received_at?.getTime() ?? null,
  }]));
}

/** The statuses of every track as one text, to see whether one changed. */
export function statusesOf(s: OrderSummary): string {
  return [s.orderStatus, s.paymentStatus, s.fulfilmentStatus, s.shipmentStatus, s.returnStatus].join('|');
}

type SqlType = 'uuid' | 'text' | 'int' | 'bool' | 'bigint' | 'instant' | 'list' | 'json';
export type Column<T> = readonly [name: string, type: SqlType, pick: (row: T) => unknown];

const short = (text: string | null): string | null => (text === null ? null : cleanText(text).slice(0, 400));

const ORDER_COLUMNS: readonly Column<OrderToWrite>[] = [
  ['order_id', 'uuid', (o) => o.orderId], ['home', 'text', (o) => o.home], ['home_id', 'text', (o) => cleanText(o.homeId)], ['version', 'int', (o) => o.version],
  ['config_version', 'int', (o) => o.state.mapVersion], ['state', 'text', (o) => o.stateText], ['early', 'text', (o) => (Object.keys(o.early).length > 0 ? JSON.stringify(o.early) : null)],
  ['name', 'text', (o) => short(o.summary.name)], ['announced', 'bool', (o) => o.summary.announced], ['customer_id', 'uuid', (o) => o.summary.customerId],
  ['currency', 'text', (o) => short(o.summary.currency)], ['total_minor', 'bigint', (o) => o.summary.totalMinor], ['placed_at', 'instant', (o) => o.summary.placedAt],
  ['promised_at', 'instant', (o) => o.summary.promisedAt], ['promise_text', 'text', (o) => short(o.summary.promiseText)], ['order_status', 'text', (o) => o.summary.orderStatus],
  ['payment_status', 'text', (o) => o.summary.paymentStatus], ['fulfilment_status', 'text', (o) => o.summary.fulfilmentStatus], ['shipment_status', 'text', (o) => o.summary.shipmentStatus],
  ['return_status', 'text', (o) => o.summary.returnStatus], ['headline', 'text', (o) => o.summary.headline], ['carrier', 'text', (o) => short(o.summary.carrier)],
  ['delivered_at', 'instant', (o) => o.summary.deliveredAt], ['last_event_at', 'instant', (o) => o.summary.lastEventAt], ['last_received_at', 'instant', (o) => o.lastReceivedAt],
  ['open_rules', 'list', (o) => openRules(o.assessment).join(',')], ['held_by', 'list', (o) => o.assessment.heldBy.join(',')],
];

/** Rules that are open and not the same cause shown twice, each once. */
export function openRules(assessment: Assessment): string[] {
  return [...new Set(assessment.findings.filter((f) => f.suppressedBy === null).map((f) => f.rule))].sort();
}

const SENT: Readonly<Record<SqlType, string>> = { uuid: 'uuid', text: 'text', int: 'int', bool: 'bool', bigint: 'bigint', instant: 'float8', list: 'text', json: 'text' };

/** `insert … select … on conflict do update` over parallel arrays, the parameters `after` so many, `own` columns set otherwise; instants travel as milliseconds, lists as text. */
export function upsertSql<T>(table: string, columns: readonly Column<T>[], key: readonly string[], { more = '', after = 0, own = {} as Readonly<Record<string, string>> } = {}): string {
  const names = columns.map(([name]) => name);
  const values = columns.map(([name, type]) => (type === 'instant' ? `to_timestamp(${name} / 1000)` : type === 'list' ? `string_to_array(${name}, ',')` : type === 'json' ? `array(select json_array_elements_text(${name}::json))` : name));
  const rows = rowsOfArrays(columns.map(([name, type]) => `${name} ${SENT[type]}`), { after });
  const sets = names.filter((name) => !key.includes(name)).map((name) => `${name} = ${own[name] ?? `excluded.${name}`}`);
  return `insert into ${table} as t (${names.join(', ')}) select ${values.join(', ')} from ${rows} as n
on conflict (${key.join(', ')}) do update set ${sets.join(', ')}${more}`;
}

const ENCODE: Readonly<Record<SqlType, (values: never[]) => Buffer>> = {
  uuid: uuidArray, text: textArray, int: int4Array, bool: boolArray, bigint: int8Array, instant: float8Array, list: textArray, json: textArray,
};

/** Values of the columns, for {@link upsertSql}. */
export function upsertValues<T>(columns: readonly Column<T>[], rows: readonly T[]): Buffer[] {
  return columns.map(([, type, pick]) => ENCODE[type](rows.map(pick) as never[]));
}

type ParcelToWrite = ParcelRow & { readonly orderId: string };

const PARCEL_COLUMNS: readonly Column<ParcelToWrite>[] = [
  ['order_id', 'uuid', (p) => p.orderId], ['parcel_id', 'text', (p) => cleanText(p.id)], ['carrier', 'text', (p) => short(p.carrier)], ['number', 'text', (p) => short(p.number)],
  ['status', 'text', (p) => p.status], ['facility', 'text', (p) => short(p.facility)], ['last_scan', 'text', (p) => short(p.lastScan)], ['last_movement_at', 'instant', (p) => p.lastMovementAt],
  ['delivered_at', 'instant', (p) => p.deliveredAt], ['promised_at', 'instant', (p) => p.promisedAt], ['silent_from', 'instant', (p) => p.silentFrom], ['stuck_at', 'instant', (p) => p.stuckAt],
  ['feed', 'text', (p) => p.feed], ['look_at', 'instant', (p) => p.stuckAt],
];
/**
 * Where lists begin to look for what is stuck: never later than `stuck_at`, and indexed. It stays while a scan moves that away, so
 * that the row is updated within its page, until it lies nearer to the last movement than to `stuck_at`: fewer look in vain.
 */
const LOOK_AT = 'case when t.look_at between excluded.silent_from + (excluded.stuck_at - excluded.silent_from) / 2 and excluded.stuck_at then t.look_at else excluded.look_at end';

interface DueToWrite {
  readonly orderId: string;
  readonly dueAt: number | null;
}

const DUE_COLUMNS: readonly Column<DueToWrite>[] = [['order_id', 'uuid', (d) => d.orderId], ['due_at', 'instant', (d) => d.dueAt]];

/** Every statement has its price, whatever it writes: what changes with nearly every event is one. */
const WRITE = `
with orders as (${upsertSql('order_state', ORDER_COLUMNS, ['order_id'], { more: ', updated_at = clock_timestamp()' })}),
parcels as (${upsertSql('parcel_state', PARCEL_COLUMNS, ['order_id', 'parcel_id'], { after: ORDER_COLUMNS.length, own: { look_at: LOOK_AT } })}),
due as (${upsertSql('order_due', DUE_COLUMNS, ['order_id'], { after: ORDER_COLUMNS.length + PARCEL_COLUMNS.length })})
select`;
const DROP_DUE = 'delete from order_due where order_id = any($1::uuid[])';
const DROP_PARCELS = 'delete from parcel_state where (order_id, parcel_id) in (select * from unnest($1::uuid[], $2::text[]))';

/**
 * A deadline that moved nearer, came up or has rung is written; one that moved further away or fell away is left, since nearly every
 * event moves it so: it rings once too early, and is then set anew. While a past is played through it must not ring too early.
 */
export function movesDeadline(o: OrderToWrite, now: number, isPast: boolean): boolean {
  const before = o.before?.nextDueAt ?? null;
  if (before === o.nextDueAt) return false;
  return isPast || before === null || before <= now || (o.nextDueAt !== null && o.nextDueAt < before);
}

/** Writes orders, their parcels and those deadlines that moved as they now are. The caller holds the orders' locks. */
export async function writeOrders(tx: Tx, orders: readonly OrderToWrite[], moved: readonly OrderToWrite[], policy: Policy): Promise<void> {
  if (orders.length === 0 && moved.length === 0) return;
  const parcels = orders.flatMap((o) => parcelRows(o.state, policy).map((row) => ({ ...row, orderId: o.orderId })));
  const deadlines = moved.map((o): DueToWrite => ({ orderId: o.orderId, dueAt: o.nextDueAt }));
  const [due, none] = [deadlines.filter((d) => d.dueAt !== null), deadlines.filter((d) => d.dueAt === null)];
  const written: Promise<unknown>[] = [tx.prepared(WRITE, [...upsertValues(ORDER_COLUMNS, orders), ...upsertValues(PARCEL_COLUMNS, parcels), ...upsertValues(DUE_COLUMNS, due)])];
  if (none.length > 0) written.push(tx.prepared(DROP_DUE, [uuidArray(none.map((d) => d.orderId))]));
  const gone = orders.flatMap((o) => o.goneParcels.map((id) => ({ orderId: o.orderId, id: cleanText(id) }))).filter((g) => !parcels.some((p) => p.orderId === g.orderId && cleanText(p.id) === g.id));
  if (gone.length > 0) written.push(tx.prepared(DROP_PARCELS, [uuidArray(gone.map((g) => g.orderId)), textArray(gone.map((g) => g.id))]));
  await Promise.all(written);
}

/** Nothing about it is to be written, except perhaps its deadline. */
export function isSameOrder(o: OrderToWrite): boolean {
  const { before } = o;
  if (!before) return false;
  return before.stateText === o.stateText && before.openRules.join() === openRules(o.assessment).join() && before.heldBy.join() === o.assessment.heldBy.join()
    && before.lastReceivedAt === o.lastReceivedAt && JSON.stringify(before.early) === JSON.stringify(o.early);
}

