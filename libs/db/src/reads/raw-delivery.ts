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
  readonly trace: readonly TraceRow[];
}

export interface TraceRow {
  readonly factId: string;
  readonly type: string;
  readonly code: string | null;
  readonly kind: string;
  readonly at: Date;
  readonly orderId: string | null;
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
    `select id::text as id, connection, topic, received_at as "receivedAt", headers, body, body_hash as hash, state from inbox where id = $1::bigint`, [id],
  );
  if (!row) return null;
  const trace = await db.prepared<TraceRow>(
    `select fact_id as "factId", type, code, kind, at, order_id as "orderId" from order_event where inbox_id = $1::bigint
     union all select fact_id, type, code, kind, at, null from unlinked_event where inbox_id = $1::bigint order by 5, 1 limit 500`, [id],
  );
  return {
    id: row.id, connection: row.connection, topic: row.topic, receivedAt: row.receivedAt, headers: JSON.parse(row.headers) as Record<string, string>,
    body: open(sealer, row.body), checksum: row.hash.toString('hex'), state: row.state, trace,
  };
}
