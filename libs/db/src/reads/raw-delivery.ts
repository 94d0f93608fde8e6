import type { Sealer } from '../sealing.js';
import type { Queryable } from '../transactions.js';

/** A delivery as it came, and what was read from it. */
export interface RawDeliveryRow {
  readonly id: string;
  readonly connection: string;
  readonly topic: string | null;
  readonly receivedAt: Date;
  readonly headers: Record<string, string>;
  /** The exact bytes; null when they cannot be opened any more. */
  readonly body: Buffer | null;
  /** sha256 of the exact bytes, hex. */
  readonly checksum: string;
  readonly state: string;
  /** `live`, `reconcile`, `backfill` or `replay`. */
  readonly origin: string;
  /** Length of the exact bytes. */
  readonly bytes: number;
  readonly trace: readonly TraceRow[];
}

export interface TraceRow {
  readonly factId: string;
  readonly type: string;
  readonly code: string | null;
  readonly kind: string;
  readonly at: Date;
  readonly orderId: string | null;
  /** As the source names it, where the fact does. */
  readonly carrier: string | null;
}

interface Row {
  readonly id: string;
  readonly connection: string;
  readonly topic: string | null;
  readonly receivedAt: Date;
  readonly headers: string;
  readonly body: Buffer;
  readonly hash: Buffer;
  readonly state: string;
  readonly origin: string;
  readonly bytes: number;
}

interface TraceJson extends Omit<TraceRow, 'carrier'> {
  readonly data: string;
}

function carrierIn(data: string): string | null {
  const { carrier } = JSON.parse(data) as { carrier?: unknown };
  return typeof carrier === 'string' ? carrier : null;
}

function open(sealer: Sealer, sealed: Buffer): Buffer | null {
  try {
    return sealer.openBody(sealed);
  } catch {
    return null;
  }
}

/** One raw delivery with the facts that came from it, those that still wait for their order included. */
export async function readRawDelivery(db: Queryable, sealer: Sealer, id: string): Promise<RawDeliveryRow | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  const [row] = await db.prepared<Row>(
    `select id::text as id, connection, topic, received_at as "receivedAt", headers, body, body_hash as hash, state, origin, body_bytes as bytes from inbox where id = $1::bigint`, [id],
  );
  if (!row) return null;
  const trace = await db.prepared<TraceJson>(
    `select fact_id as "factId", type, code, kind, at, order_id as "orderId", data from order_event where inbox_id = $1::bigint
     union all select fact_id, type, code, kind, at, null, data from unlinked_event where inbox_id = $1::bigint order by 5, 1 limit 500`, [id],
  );
  return {
    id: row.id, connection: row.connection, topic: row.topic, receivedAt: row.receivedAt, headers: JSON.parse(row.headers) as Record<string, string>,
    body: open(sealer, row.body), checksum: row.hash.toString('hex'), state: row.state, origin: row.origin, bytes: row.bytes,
    trace: trace.map(({ data, ...step }) => ({ ...step, carrier: carrierIn(data) })),
  };
}

/** Of these facts those that are stored, whichever delivery told them. Looked up by order: facts addressed to a parcel number are left out. */
export async function readToldFacts(db: Queryable, facts: readonly Pick<TraceRow, 'factId' | 'orderId'>[]): Promise<TraceRow[]> {
  const orders = [...new Set(facts.flatMap((fact) => (fact.orderId === null ? [] : [fact.orderId])))];
  if (orders.length === 0) return [];
  const rows = await db.prepared<TraceJson>(
    'select fact_id as "factId", type, code, kind, at, order_id as "orderId", data from order_event where order_id = any($1::uuid[]) and fact_id = any($2::text[])', [orders, facts.map((fact) => fact.factId)],
  );
  return rows.map(({ data, ...step }) => ({ ...step, carrier: carrierIn(data) }));
}
