import { foldOrder, summarise, type Fact, type SourceKind, type StatusMap } from '@orderwatch/domain';
import type { Queryable } from '../transactions.js';
import type { StatusRow } from './report.js';
import { STATUS_COLUMNS, type StatusTrack } from './statuses.js';

/** With more orders than this touched since, the comparison is not made: a report must not cost what the day cost. */
export const MOST_COMPARED = 2_000;

const TRACKS = Object.keys(STATUS_COLUMNS) as StatusTrack[];

type Statuses = Readonly<Record<StatusTrack, string>>;

interface TouchedRow {
  readonly id: string;
  readonly now: Statuses;
  readonly events: { id: string; type: string; at: number; source: string; kind: SourceKind; data: string }[] | null;
}

const NOW = TRACKS.map((track) => `'${track}', ${STATUS_COLUMNS[track]}`).join(', ');

/** Orders that heard anything since, with their statuses now and what was known of them before. */
const TOUCHED = `
select o.order_id as id, json_build_object(${NOW}) as now,
  (select json_agg(json_build_object('id', e.fact_id, 'type', e.type, 'at', (extract(epoch from e.at) * 1000)::bigint, 'source', e.source, 'kind', e.kind, 'data', e.data))
     from order_event e where e.order_id = o.order_id and e.received_at <= $1::timestamptz) as events
from order_state o where o.last_received_at > $1::timestamptz limit ${MOST_COMPARED + 1}`;

function statusesThen(row: TouchedRow, statusMap: StatusMap): Statuses | null {
  if (!row.events) return null;
  const facts = row.events.map((e) => ({ ...e, data: JSON.parse(e.data) as unknown }) as unknown as Fact);
  const s = summarise(foldOrder(row.id, facts, { statusMap }));
  return { order: s.orderStatus ?? 'unannounced', payment: s.paymentStatus ?? 'none', fulfilment: s.fulfilmentStatus, shipment: s.shipmentStatus, return: s.returnStatus ?? 'none' };
}

/**
 * The counts as they were known at an earlier instant. Only orders that heard something since can have changed; they are folded again
 * from what was known. A track for which that cannot be told has no rows: too many orders, or a feed was silent, which no fact records.
 * Every track that can be compared has at least one row.
 */
export async function statusesBefore(db: Queryable, now: readonly StatusRow[], at: Date, statusMap: StatusMap): Promise<StatusRow[]> {
  const [touched, silences] = await Promise.all([
    db.prepared<TouchedRow>(TOUCHED, [at]),
    db.prepared('select 1 from feed_silence where until_at is null or until_at > $1::timestamptz limit 1', [at]),
  ]);
  if (touched.length > MOST_COMPARED) return [];
  const tracks = TRACKS.filter((track) => track !== 'shipment' || silences.length === 0);
  const counts = new Map<string, number>(now.map((row) => [`${row.track} ${row.status}`, row.count]));
  const add = (track: StatusTrack, status: string, n: number): void => void counts.set(`${track} ${status}`, (counts.get(`${track} ${status}`) ?? 0) + n);
  for (const row of touched) {
    const then = statusesThen(row, statusMap);
    for (const track of tracks) {
      add(track, row.now[track], -1);
      if (then) add(track, then[track], 1);
    }
  }
  return [...counts].flatMap(([key, count]) => {
    const [track, status] = key.split(' ') as [StatusTrack, string];
    return tracks.includes(track) && !(track === 'return' && status === 'none') ? [{ track, status, count: Math.max(0, count) }] : [];
  });
}
