import { cursor, type Queryable, type Tx } from '../transactions.js';
import { readHistories } from './event-rows.js';
import type { EventRow } from './incoming.js';

/** One order with everything that is stored of it. */
export interface OrderHistory {
  readonly orderId: string;
  readonly home: string;
  readonly homeId: string;
  readonly stateText: string;
  readonly events: readonly EventRow[];
}

/** Every order with its events, by id, a few hundred at a time. Run it in a repeatable-read transaction. */
export async function* streamHistories(tx: Tx): AsyncGenerator<OrderHistory> {
  type Row = { order_id: string; home: string; home_id: string; state: string };
  for await (const rows of cursor<Row>(tx, 'select order_id, home, home_id, state from order_state order by order_id', [], 500)) {
    const histories = await readHistories(tx, rows.map((row) => row.order_id));
    for (const row of rows) yield { orderId: row.order_id, home: row.home, homeId: row.home_id, stateText: row.state, events: histories.get(row.order_id) ?? [] };
  }
}

/** Orders that have events and no state; there are none, or something is broken. */
export async function ordersWithoutState(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ order_id: string }>('select distinct order_id from order_event e where not exists (select 1 from order_state s where s.order_id = e.order_id) order by order_id limit 1000');
  return rows.map((row) => row.order_id);
}
