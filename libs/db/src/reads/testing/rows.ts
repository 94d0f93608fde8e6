import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../transactions.js';

/** Writes one row with the given columns; what is not given is the column's default. For specs of reads only. */
export async function insertRow(db: Queryable, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const columns = Object.keys(row);
  await db.query(`insert into ${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row));
}

export const NOW = new Date('2026-03-20T12:00:00.000Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** An instant that long before {@link NOW}. */
export const ago = (ms: number): Date => new Date(NOW.getTime() - ms);

export async function addOrder(db: Queryable, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const order_id = randomUUID();
  await insertRow(db, 'order_state', { order_id, home: 'events', home_id: order_id.slice(0, 8), version: 1, config_version: 1, state: '{}', announced: true, order_status: 'placed', ...more });
  return order_id;
}

export async function addParcel(db: Queryable, order_id: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await insertRow(db, 'parcel_state', { order_id, parcel_id: randomUUID(), carrier: 'gls', status: 'in_transit', feed: 'events', look_at: more['stuck_at'], ...more });
}

export async function addCase(db: Queryable, order_id: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await insertRow(db, 'case_item', {
    order_id, state: 'new', rule: 'no_movement', rules: ['no_movement'], severity: 2, findings: '[]', since: ago(2 * HOUR), opened_at: ago(HOUR), order_name: '#1', shop: 'events', ...more,
  });
}

export async function addDelivery(db: Queryable, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await insertRow(db, 'inbox', { connection: 'events', body: Buffer.from('x'), body_bytes: 1, body_hash: Buffer.from('h'), state: 'done', received_at: ago(HOUR), ...more });
}
