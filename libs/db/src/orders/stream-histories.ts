import type { Fact } from '@orderwatch/domain';
import { type Queryable, type Tx } from '../transactions.js';

/** A fact with the moment we heard of it, epoch ms. */
export interface HeardEvent {
  readonly fact: Fact;
  readonly receivedAt: number;
}

/** One order with everything that is stored of it. */
export interface OrderHistory {
  readonly orderId: string;
  readonly home: string;
  readonly homeId: string;
  readonly stateText: string;
  readonly events: readonly HeardEvent[];
}

const ms = (column: string): string => `(date_part('epoch', ${column}) * 1000)::int8`;
/** A fact as JSON, made where it lies: reading it so takes a third of the time of reading ten columns and making it of them. */
const FACT = `'{"id":"' || e.fact_id || '","type":"' || e.type || '","at":' || ${ms('e.at')} || ',"source":' || to_json(e.source) || ',"kind":"' || e.kind || '","data":' || e.data || '}'`;
const HEARD = `'{"receivedAt":' || ${ms('e.received_at')} || ',"fact":' || ${FACT} || '}'`;
const eventsOf = (json: string, more = ''): string => `(select '[' || string_agg(${json}, ',') || ']' from order_event e where e.order_id = s.order_id${more})`;

const ORDERS_AT_ONCE = 250;
let cursors = 0;

/** Rows of a statement under one unchanging picture of the database. While some are worked on, the database gets the next ready. */
async function* rowsAhead<T>(tx: Tx, sql: string, params: readonly unknown[] = []): AsyncGenerator<T[]> {
  cursors += 1;
  const name = `orderwatch_history_${cursors}`;
  await tx.query(`declare ${name} no scroll cursor for ${sql}`, params);
  const fetchMore = (): Promise<T[]> => {
    const rows = tx.query<T>(`fetch ${ORDERS_AT_ONCE} from ${name}`);
    // Who asked may have ended before it comes.
    rows.catch(() => undefined);
    return rows;
  };
  for (let coming: Promise<T[]> | undefined = fetchMore(); coming; ) {
    const rows: T[] = await coming;
    coming = rows.length === ORDERS_AT_ONCE ? fetchMore() : undefined;
    if (rows.length > 0) yield rows;
  }
  await tx.query(`close ${name}`);
}

interface Row {
  readonly order_id: string;
  readonly home: string;
  readonly home_id: string;
  readonly state: string;
  readonly events: string | null;
}

/** Every order with its events, by id. Run it in a repeatable-read transaction. */
export async function* streamHistories(tx: Tx): AsyncGenerator<OrderHistory> {
  for await (const rows of rowsAhead<Row>(tx, `select s.order_id, s.home, s.home_id, s.state, ${eventsOf(HEARD)} as events from order_state s order by s.order_id`)) {
    for (const row of rows) yield { orderId: row.order_id, home: row.home, homeId: row.home_id, stateText: row.state, events: row.events === null ? [] : (JSON.parse(row.events) as HeardEvent[]) };
  }
}

/** What `verify` needs of an order: what is stored, and what it must follow from. */
export interface OrderFacts extends Omit<OrderHistory, 'events'> {
  readonly facts: readonly Fact[];
}

/** Every order with its facts, by id, some hundred at a time. */
export async function* streamFacts(tx: Tx): AsyncGenerator<readonly OrderFacts[]> {
  for await (const rows of rowsAhead<Row>(tx, `select s.order_id, s.home, s.home_id, s.state, ${eventsOf(FACT)} as events from order_state s order by s.order_id`)) {
    yield rows.map((row) => ({ orderId: row.order_id, home: row.home, homeId: row.home_id, stateText: row.state, facts: row.events === null ? [] : (JSON.parse(row.events) as Fact[]) }));
  }
}

/** An order as it stood at an instant: its stored state, when that is from no later, or the events that were known by then. */
export type OrderThen = { readonly orderId: string; readonly homeId: string } & (
  | { readonly stateText: string; readonly early: Readonly<Record<string, number>> }
  | { readonly stateText: null; readonly events: readonly HeardEvent[] }
);

interface ThenRow {
  readonly order_id: string;
  readonly home_id: string;
  readonly state: string | null;
  readonly early: string | null;
  readonly events: string | null;
}

export interface Then {
  /** Epoch ms. */
  readonly at: number;
  /** Whether events count from when they happened or from when we heard of them. */
  readonly basis: 'occurred' | 'received';
  /** Version of the status map that states must have been folded with. */
  readonly mapVersion: number;
}

/** Every order of which something was known at that instant, in any order. Nothing of an order that ended before it is folded again. */
export async function* streamOrdersThen(tx: Tx, { at, basis, mapVersion }: Then): AsyncGenerator<readonly OrderThen[]> {
  const [last, known] = basis === 'occurred' ? ['s.last_event_at', 'e.at'] : ['s.last_received_at', 'e.received_at'];
  const instant = 'to_timestamp($1::float8 / 1000)';
  const stands = `(${last} <= ${instant} and s.config_version = $2::int)`;
  const sql = `
select s.order_id, s.home_id, case when ${stands} then s.state end as state, s.early,
       case when ${stands} is not true then ${eventsOf(HEARD, ` and ${known} <= ${instant}`)} end as events
  from order_state s`;
  for await (const rows of rowsAhead<ThenRow>(tx, sql, [at, mapVersion])) {
    yield rows.flatMap(({ order_id: orderId, home_id: homeId, state, early, events }): OrderThen[] => {
      if (state !== null) return [{ orderId, homeId, stateText: state, early: early === null ? {} : (JSON.parse(early) as Record<string, number>) }];
      return events === null ? [] : [{ orderId, homeId, stateText: null, events: JSON.parse(events) as HeardEvent[] }];
    });
  }
}

/** Orders that have events and no state; there are none, or something is broken. */
export async function ordersWithoutState(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ order_id: string }>('select distinct order_id from order_event e where not exists (select 1 from order_state s where s.order_id = e.order_id) order by order_id limit 1000');
  return rows.map((row) => row.order_id);
}
