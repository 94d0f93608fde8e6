import type { Random } from '../shared/random.js';
import { HOUR, MINUTE } from '../shared/time.js';
import { CARRIERS } from './carriers.js';
import type { Timed } from './course.js';
import type { ScanWhat, Stage, StoreOrder } from './model.js';

const WORDS: Readonly<Record<Stage, string>> = {
  label_created: 'Shipment information received', accepted: 'Picked up', arrived: 'Arrived at facility', departed: 'Departed facility',
  out_for_delivery: 'Out for delivery', delivery_attempted: 'Delivery attempted, recipient not at home', ready_for_pickup: 'Ready for collection at parcel shop',
  delivered: 'Delivered', delayed: 'Delivery delayed', exception: 'Delivery exception', returning: 'Returning to sender', returned: 'Returned to sender',
  lost: 'Parcel declared lost after search', cancelled: 'Shipment cancelled', unheard_of: 'Handed to neighbourhood partner',
};

/** A scan in the carrier's words. */
export function scan(parcel: number, stage: Stage, place: string, more: Partial<ScanWhat> = {}): ScanWhat {
  return { kind: 'scan', parcel, stage, message: WORDS[stage], place, ...more };
}

/**
 * An undisturbed parcel from its fulfilment to the door. Gaps stay under 40 hours and the whole under the promise,
 * so that every finding of the rules comes from a fault that was meant.
 */
export function journey(order: StoreOrder, parcel: number, start: number, crossesBorder: boolean, random: Random): Timed[] {
  const fulfilment = order.fulfilments[parcel];
  if (!fulfilment) throw new Error(`order ${order.key} has no parcel ${parcel}`);
  const { hubs } = CARRIERS[fulfilment.carrier];
  const list: Timed[] = [{ at: start, what: { kind: 'fulfilled', parcel } }];
  let at = start + random.between(2, 9) * MINUTE;
  const later = (low: number, high: number): number => (at += random.between(low, high) * HOUR);
  const hops = crossesBorder ? random.int(3, 4) : random.int(1, 3);
  const estimatedAt = start + (20 + hops * 16) * HOUR;
  list.push({ at, what: scan(parcel, 'label_created', fulfilment.location, { estimatedAt }) });
  list.push({ at: later(2, 24), what: scan(parcel, 'accepted', fulfilment.location, { estimatedAt }) });
  for (let hop = 0; hop < hops; hop += 1) {
    const place = random.pick(hubs);
    list.push({ at: later(5, 20), what: scan(parcel, 'arrived', place, { estimatedAt }) });
    if (random.chance(0.6)) list.push({ at: later(1, 6), what: scan(parcel, 'departed', place, { estimatedAt }) });
  }
  list.push({ at: later(4, 14), what: scan(parcel, 'out_for_delivery', order.customer.city, { estimatedAt }) });
  list.push({ at: later(1, 8), what: scan(parcel, 'delivered', order.customer.city) });
  return list;
}
