/**
 * The status of each track as lists filter by it and reports count it: one definition, so that every number opens its rows.
 * A parcel of a silent feed is unknown, whatever was last heard of it.
 */
export const STATUS_COLUMNS = {
  order: `coalesce(o.order_status, 'unannounced')`,
  payment: `coalesce(o.payment_status, 'none')`,
  fulfilment: `coalesce(o.fulfilment_status, 'none')`,
  shipment: `case when o.held_by <> '{}' then 'unknown' else coalesce(o.shipment_status, 'none') end`,
  return: `coalesce(o.return_status, 'none')`,
} as const;

export type StatusTrack = keyof typeof STATUS_COLUMNS;

export function isStatusTrack(track: string): track is StatusTrack {
  return Object.hasOwn(STATUS_COLUMNS, track);
}

/**
 * Parcels whose order's promise counts for on-time: a carrier, a promise, not cancelled. On time: there by the promise.
 * An order counts once for each of its carriers, late when one of that carrier's parcels was.
 */
export const ON_TIME_PARCELS = `p.carrier is not null and p.promised_at is not null and p.status is distinct from 'cancelled'`;
export const WAS_ON_TIME = `bool_and(coalesce(p.delivered_at <= p.promised_at, false))`;
