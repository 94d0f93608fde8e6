import type { RawJson } from '../shared/raw-json.js';
import { isoDate, isoSeconds } from '../shared/time.js';
import { CARRIERS } from '../store/carriers.js';
import type { ExceptionReason, Fulfilment, Scan, ScanWhat, Stage, StoreOrder } from '../store/model.js';

type Code = readonly [status: string, detail: string];

const CODES: Readonly<Record<Stage, Code>> = {
  label_created: ['pre_transit', 'label_created'], accepted: ['in_transit', 'received_at_origin_facility'], arrived: ['in_transit', 'arrived_at_facility'],
  departed: ['in_transit', 'departed_facility'], out_for_delivery: ['out_for_delivery', 'out_for_delivery'],
  delivery_attempted: ['in_transit', 'delivery_exception'], ready_for_pickup: ['available_for_pickup', 'arrived_at_pickup_location'],
  delivered: ['delivered', 'arrived_at_destination'], delayed: ['in_transit', 'delayed'], exception: ['in_transit', 'transit_exception'],
  returning: ['return_to_sender', 'return'], returned: ['return_to_sender', 'arrived_at_destination'], lost: ['failure', 'lost'], cancelled: ['cancelled', 'cancelled'],
  // No status of EasyPost's list: the map's owner has to say what it means.
  unheard_of: ['handed_to_partner', 'status_update'],
};

const EXCEPTIONS: Readonly<Record<ExceptionReason, Code>> = {
  address_problem: ['in_transit', 'address_correction'], customs_hold: ['in_transit', 'held'], refused: ['failure', 'refused'], damaged: ['failure', 'damaged'],
  weather: ['in_transit', 'weather_delay'], missorted: ['in_transit', 'missorted'],
};

/** EasyPost's status and detail of a scan. */
export function trackerCode(scan: ScanWhat): Code {
  return scan.stage === 'exception' && scan.reason ? EXCEPTIONS[scan.reason] : CODES[scan.stage];
}

/** A `tracker.updated` event: the tracker with everything the carrier said so far, in the order in which it happened. */
export function trackerEventPayload(eventId: string, order: StoreOrder, fulfilment: Fulfilment, scans: readonly Scan[]): RawJson {
  const sorted = [...scans].sort((a, b) => a.at - b.at);
  const last = sorted.at(-1);
  const before = sorted.at(-2);
  if (!last) throw new Error('a tracker event needs a scan');
  const heardAt = Math.max(...scans.map((scan) => scan.heardAt));
  const estimate = sorted.findLast((scan) => scan.estimatedAt !== undefined)?.estimatedAt;
  const [status, detail] = trackerCode(last);
  const created = isoSeconds(sorted[0]?.at ?? last.at);
  return {
    id: eventId, object: 'Event', mode: 'production', description: 'tracker.updated', status: 'pending', user_id: 'user_5b2c6c1f8e0a4d7a9c30',
    previous_attributes: before ? { status: trackerCode(before)[0] } : {},
    created_at: new Date(heardAt).toISOString(), updated_at: new Date(heardAt).toISOString(), pending_urls: [], completed_urls: [],
    result: {
      id: fulfilment.trackerId, object: 'Tracker', mode: 'production', tracking_code: fulfilment.number, carrier: CARRIERS[fulfilment.carrier].easypostName,
      status, status_detail: detail, created_at: created, updated_at: isoSeconds(heardAt), signed_by: status === 'delivered' ? order.customer.lastName.toUpperCase() : null,
      weight: null, shipment_id: null, est_delivery_date: estimate === undefined ? null : isoSeconds(estimate),
      tracking_details: sorted.map((scan) => detailPayload(order, fulfilment, scan)),
      carrier_detail: {
        object: 'CarrierDetail', service: fulfilment.service, container_type: null, est_delivery_date_local: estimate === undefined ? null : isoDate(estimate),
        est_delivery_time_local: null, origin_location: fulfilment.location, destination_location: `${order.customer.city} ${order.customer.countryCode}`,
      },
      finalized: status === 'delivered', is_return: false, public_url: `https://track.easypost.com/${fulfilment.trackerId}`, fees: [],
    },
  };
}

function detailPayload(order: StoreOrder, fulfilment: Fulfilment, scan: Scan): RawJson {
  const [status, detail] = trackerCode(scan);
  const [city, state] = scan.place.split(', ');
  return {
    object: 'TrackingDetail', message: scan.message, description: scan.message, status, status_detail: detail, datetime: isoSeconds(scan.at),
    source: CARRIERS[fulfilment.carrier].easypostName, carrier_code: '',
    tracking_location: { object: 'TrackingLocation', city: city ?? null, state: state ?? null, country: state ? 'US' : order.customer.countryCode, zip: null },
  };
}
