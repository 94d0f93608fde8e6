import { MOVEMENTS, shipmentMeaning, type ScanGap, type ShipmentFact, type ShipmentStatus, type SourceKind, type StatusMap } from '@orderwatch/domain';
import type { Queryable } from '../transactions.js';

export interface GapSample {
  readonly statusMap: StatusMap;
  /** Pages of parcels that are looked into, of 8 kB each; some forty parcels stand on one. */
  readonly pages?: number;
}

interface ScanRow {
  readonly orderId: string;
  readonly source: string;
  readonly kind: SourceKind;
  readonly at: Date;
  readonly code: string | null;
  readonly data: string;
  readonly carrier: string | null;
}

const PAGES = 80;
const MOST_PARCELS = 4_000;

/** Whole pages, always the same ones: figures that move only because others were drawn are no news. */
const SAMPLE = `
with drawn as materialized (
  select distinct on (order_id) order_id, carrier from (select order_id, carrier from parcel_state tablesample system ($1::real) repeatable (7) where last_movement_at is not null limit ${MOST_PARCELS}) p order by order_id, carrier
)
select e.order_id as "orderId", e.source, e.kind, e.at, e.code, e.data, s.carrier
from drawn s join order_event e on e.order_id = s.order_id and e.type = 'shipment.status' order by e.order_id, e.at, e.fact_id`;

/** After these the carrier owes no scan. */
const WAITING: ReadonlySet<ShipmentStatus> = new Set<ShipmentStatus>(['accepted', 'in_transit', 'out_for_delivery', 'attempted', 'exception']);

interface Scan {
  readonly at: number;
  readonly status: ShipmentStatus;
  readonly carrier: string;
  readonly facility: string | null;
}

/**
 * What came after what, and how much later, in the histories of some thousand parcels: enough to say what is usual, at a cost that does not
 * grow with the orders.
 */
export async function readScanGaps(db: Queryable, { statusMap, pages = PAGES }: GapSample): Promise<ScanGap[]> {
  const [size] = await db.query<{ pages: number }>(`select greatest(1, pg_relation_size('parcel_state') / 8192)::float8 as pages`);
  const rows = await db.query<ScanRow>(SAMPLE, [Math.min(100, (100 * pages) / (size?.pages ?? 1))]);
  const gaps: ScanGap[] = [];
  const last = new Map<string, Scan>();
  for (const row of rows) {
    if (row.code === null) continue;
    const meaning = shipmentMeaning(statusMap, row.kind, row.code);
    if (!meaning || 'notice' in meaning || !MOVEMENTS.has(meaning.status)) continue;
    const data = JSON.parse(row.data) as ShipmentFact['data'];
    // What one source tells of one parcel; two sources that tell the same do not make its pace quicker.
    const key = `${row.orderId} ${row.source} ${data.ref.handle ?? data.ref.shipment ?? ''}`;
    const before = last.get(key);
    const at = row.at.getTime();
    if (before && at > before.at && WAITING.has(before.status)) gaps.push({ carrier: before.carrier, facility: before.facility, status: before.status, gap: at - before.at });
    last.set(key, { at, status: meaning.status, carrier: data.carrier ?? before?.carrier ?? row.carrier ?? 'unknown', facility: data.facility ?? before?.facility ?? null });
  }
  return gaps;
}
