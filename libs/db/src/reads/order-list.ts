import type { Queryable } from '../transactions.js';
import { pageSize, readCursor, Where, writeCursor } from './cursors.js';
import { findOrders, type CustomerFinder } from './find.js';
import { isStatusTrack, ON_TIME_PARCELS, STATUS_COLUMNS, WAS_ON_TIME } from './statuses.js';

export interface OrderListFilter {
  readonly track?: string | null;
  readonly status?: string | null;
  readonly carrier?: string | null;
  /** Of the carrier's parcels (or all): arrived by the promise, or not. */
  readonly onTime?: boolean | null;
  readonly promisedFrom?: Date | null;
  readonly promisedTo?: Date | null;
  readonly text?: string | null;
}

export interface OrderListRow {
  readonly id: string;
  readonly name: string;
  readonly shop: string;
  readonly headline: string;
  readonly orderStatus: string | null;
  readonly paymentStatus: string | null;
  readonly fulfilmentStatus: string | null;
  readonly shipmentStatus: string | null;
  readonly carrier: string | null;
  readonly placedAt: Date | null;
  readonly promisedAt: Date | null;
  readonly valueMinor: string | null;
  readonly currency: string | null;
}

export interface OrderListPage {
  readonly rows: readonly OrderListRow[];
  /** At most {@link MOST_ORDERS_COUNTED}. */
  readonly total: number;
  readonly endCursor: string | null;
  readonly hasMore: boolean;
}

interface Page {
  readonly filter: OrderListFilter;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly customers: CustomerFinder;
}

/** Counted up to here: a count must not cost more as the store grows. */
export const MOST_ORDERS_COUNTED = 10_000;

/** Orders without a date stand at the end. The text is the index's. */
const PLACED = `coalesce(o.placed_at, '-infinity')`;

async function conditions(db: Queryable, { filter, customers }: Page): Promise<Where | null> {
  const where = new Where();
  const { track, status, carrier, onTime, promisedFrom, promisedTo, text } = filter;
  if (track && status) {
    if (!isStatusTrack(track)) return null;
    where.add(`${STATUS_COLUMNS[track]} = ?`, status);
  }
  const isByParcel = onTime !== null && onTime !== undefined;
  if (isByParcel) onTimeCondition(where, { carrier, onTime, promisedFrom, promisedTo });
  else {
    if (carrier) where.add(`exists (select 1 from parcel_state p where p.order_id = o.order_id and p.carrier = ?)`, carrier);
    if (promisedFrom) where.add(`o.promised_at >= ?::timestamptz`, promisedFrom);
    if (promisedTo) where.add(`o.promised_at < ?::timestamptz`, promisedTo);
  }
  if (text?.trim()) where.add(`o.order_id = any(?::uuid[])`, await findOrders(db, text, customers));
  return where;
}

function onTimeCondition(where: Where, { carrier, onTime, promisedFrom, promisedTo }: Pick<OrderListFilter, 'carrier' | 'onTime' | 'promisedFrom' | 'promisedTo'>): void {
  where.params.push(carrier ?? null, promisedFrom ?? null, promisedTo ?? null, onTime);
  const n = where.params.length - 3;
  where.plain(`o.order_status is distinct from 'cancelled' and o.order_id in (
    select order_id from (
      select p.order_id, p.carrier, ${WAS_ON_TIME} as on_time from parcel_state p
      where ${ON_TIME_PARCELS} and ($${n}::text is null or p.carrier = $${n})
        and ($${n + 1}::timestamptz is null or p.promised_at >= $${n + 1}) and ($${n + 2}::timestamptz is null or p.promised_at < $${n + 2})
      group by p.order_id, p.carrier) by_carrier
    where on_time = $${n + 3}::boolean)`);
}

/** One page of orders, newest first. */
export async function listOrders(db: Queryable, page: Page): Promise<OrderListPage> {
  const where = await conditions(db, page);
  if (!where) return { rows: [], total: 0, endCursor: null, hasMore: false };
  const [counted] = await db.query<{ n: string }>(`select count(*) as n from (select 1 from order_state o ${where.sql} limit ${MOST_ORDERS_COUNTED}) x`, where.params);
  const first = pageSize(page.first);
  const after = readCursor(page.after, 2);
  if (after) {
    where.params.push(after[0], after[1]);
    where.plain(`(${PLACED}, o.order_id) < (coalesce($${where.params.length - 1}::timestamptz, '-infinity'), $${where.params.length}::uuid)`);
  }
  const found = await db.query<OrderListRow & { at: string | null }>(
    `select o.order_id as id, coalesce(o.name, o.home_id) as name, o.home as shop, o.headline, o.order_status as "orderStatus", o.payment_status as "paymentStatus",
       o.fulfilment_status as "fulfilmentStatus", ${STATUS_COLUMNS.shipment} as "shipmentStatus", o.carrier, o.placed_at as "placedAt", o.promised_at as "promisedAt",
       o.total_minor as "valueMinor", o.currency, to_char(o.placed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
     from order_state o ${where.sql}
     order by ${PLACED} desc, o.order_id desc limit ${first + 1}`,
    where.params,
  );
  const rows = found.slice(0, first);
  const last = rows.at(-1);
  return { rows, total: Number(counted?.n ?? 0), endCursor: last ? writeCursor([last.at, last.id]) : null, hasMore: found.length > first };
}
