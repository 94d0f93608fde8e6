import type { AddressedFact, Fact } from '@orderwatch/domain';
import type { Delivery, Mapped } from '../connector.js';
import { carrierOf, handleOf, trackingNumberOf } from '../carrier.js';
import { factId } from '../ids.js';
import { isObject, readJson } from '../json.js';
import { instantOf } from '../instant.js';
import { defined } from '../events/map.js';
import { trackerSchema, type Tracker } from './schema.js';

/** A tracker event, a bare tracker, or a list of either → what was said of each number. Other objects are kept and not used. */
export function mapEasypost(delivery: Delivery): Mapped {
  const read = readJson(delivery.body);
  if (!read.ok) return { outcome: 'dead', cause: 'not_json', detail: read.error };
  const found = trackersIn(read.value);
  if (found.length === 0) return { outcome: 'not_used', reason: `no tracker in it (${kindOf(read.value)})` };
  const facts: AddressedFact[] = [];
  for (const value of found) {
    const tracker = trackerSchema.safeParse(value);
    if (!tracker.success) return { outcome: 'dead', cause: 'does_not_fit', detail: `Tracker: ${tracker.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ')}` };
    const handle = handleOf(tracker.data.carrier, tracker.data.tracking_code);
    if (!handle) return { outcome: 'dead', cause: 'no_carrier', detail: `Tracker ${tracker.data.tracking_code} names no carrier, so it cannot be told whose number it is.` };
    facts.push(...trackerFacts(tracker.data, handle, delivery.connection));
  }
  return { outcome: 'understood', facts, customers: [] };
}

function kindOf(value: unknown): string {
  return isObject(value) && typeof value['object'] === 'string' ? value['object'] : Array.isArray(value) ? 'list' : 'no object name';
}

function trackersIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(trackersIn);
  if (!isObject(value)) return [];
  if (value['object'] === 'Tracker') return [value];
  if (value['object'] === 'Event') return trackersIn(value['result']);
  if (Array.isArray(value['trackers'])) return value['trackers'].flatMap(trackersIn);
  if (Array.isArray(value['events'])) return value['events'].flatMap(trackersIn);
  return [];
}

/**
 * EasyPost promises neither order nor completeness of the history: every entry is a dated fact of its own, and says nothing that
 * belongs to one tracker only (two trackers of a number tell the same scan).
 */
function trackerFacts(tracker: Tracker, handle: string, connection: string): AddressedFact[] {
  const number = trackingNumberOf(tracker.tracking_code);
  const carrier = carrierOf(tracker.carrier);
  const common = { source: connection, kind: 'easypost' as const };
  const facts: Fact[] = [];
  for (const entry of tracker.tracking_details) {
    const at = instantOf(entry.datetime);
    if (at === undefined || !entry.status) continue;
    const code = entry.status_detail ? `${entry.status}/${entry.status_detail}` : entry.status;
    const place = [entry.tracking_location?.city, entry.tracking_location?.state].filter(Boolean).join(', ');
    facts.push({
      ...common, id: factId('easypost', handle, at, code, entry.message ?? null, place), at, type: 'shipment.status',
      data: defined({ ref: { handle }, code, carrier, number, facility: place || undefined, description: entry.message }),
    });
  }
  const updatedAt = instantOf(tracker.updated_at) ?? instantOf(tracker.created_at);
  const isCarried = facts.some((f) => f.type === 'shipment.status' && f.data.code.split('/')[0] === tracker.status);
  if (updatedAt !== undefined && tracker.status && !isCarried) {
    const code = tracker.status_detail ? `${tracker.status}/${tracker.status_detail}` : tracker.status;
    facts.push({ ...common, id: factId('easypost', handle, updatedAt, code, tracker.public_url ?? null), at: updatedAt, type: 'shipment.status', data: defined({ ref: { handle }, code, carrier, number, url: tracker.public_url }) });
  }
  const estimate = instantOf(tracker.est_delivery_date);
  if (estimate !== undefined && updatedAt !== undefined) {
    const estimatedAt = new Date(estimate).toISOString();
    facts.push({ ...common, id: factId('easypost', handle, 'estimate', updatedAt, estimatedAt), at: updatedAt, type: 'shipment.estimate', data: { ref: { handle }, estimatedAt } });
  }
  return facts.map((fact) => ({ to: { parcel: handle }, fact }));
}
