import type { Queryable } from '../transactions.js';

/** An order for which something may open with time alone, and when. */
export interface DueOrder {
  readonly orderId: string;
  readonly dueAt: number;
}

const DUE = 'select order_id, due_at from order_due where due_at <= to_timestamp($1::float8 / 1000) order by due_at limit $2::int';
const NEXT = 'select due_at from order_due order by due_at limit 1';

/** What is due by then, the longest due first; found by index, whatever the number of orders. */
export async function dueOrders(db: Queryable, now: number, limit: number): Promise<DueOrder[]> {
  const rows = await db.prepared<{ order_id: string; due_at: Date }>(DUE, [now, limit]);
  return rows.map((row) => ({ orderId: row.order_id, dueAt: row.due_at.getTime() }));
}

/** The earliest instant at which an order is due. */
export async function nextDue(db: Queryable): Promise<number | null> {
  const [row] = await db.prepared<{ due_at: Date }>(NEXT);
  return row?.due_at.getTime() ?? null;
}

/** Leaves an order that cannot be assessed alone until then, so that it does not stand in the way of the others. */
export async function postpone(db: Queryable, orderId: string, until: number): Promise<void> {
  await db.query('update order_due set due_at = to_timestamp($2::float8 / 1000) where order_id = $1', [orderId, until]);
}
