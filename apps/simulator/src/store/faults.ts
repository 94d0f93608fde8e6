import { DAY, HOUR, MINUTE } from '../shared/time.js';
import { CARRIERS } from './carriers.js';
import { contactText } from './contacts.js';
import { indexOfStage, shiftFrom, type Course, type Timed } from './course.js';
import { interrupt, type InterruptionId } from './interruptions.js';
import { scan } from './journey.js';

/** Everything that can go wrong with an order. */
export type FaultId =
  | InterruptionId | 'unfulfilled_late' | 'not_picked_up' | 'late' | 'delivered_not_received' | 'missing_item' | 'cancelled_before_shipment'
  | 'partly_shipped' | 'late_news';

export interface FaultShare {
  readonly id: FaultId;
  /** In percent of all orders. */
  readonly weight: number;
}

/**
 * How often each befalls the history's orders. About 6 in 100 orders open a finding this way, late parcels (by carrier) come on top;
 * those that only a person can settle make up the open cases at the end.
 */
export const HISTORY_FAULTS: readonly FaultShare[] = [
  { id: 'delivered_not_received', weight: 0.9 }, { id: 'missing_item', weight: 0.55 }, { id: 'returned_to_sender', weight: 0.55 },
  { id: 'damaged', weight: 0.45 }, { id: 'lost', weight: 0.35 }, { id: 'cancelled_after_shipment', weight: 0.35 }, { id: 'refused', weight: 0.2 },
  { id: 'delivery_attempt_failed', weight: 0.5 }, { id: 'silence', weight: 0.4 }, { id: 'not_picked_up', weight: 0.35 },
  { id: 'estimate_slipped', weight: 0.3 }, { id: 'address_problem', weight: 0.25 }, { id: 'customs_hold', weight: 0.25 },
  { id: 'unfulfilled_late', weight: 0.25 }, { id: 'carrier_exception', weight: 0.2 }, { id: 'pickup_waiting', weight: 0.15 }, { id: 'partly_shipped', weight: 0.15 },
  { id: 'cancelled_before_shipment', weight: 1.5 }, { id: 'late_news', weight: 3 },
];

const ON_THE_WAY: readonly InterruptionId[] = [
  'silence', 'estimate_slipped', 'delivery_attempt_failed', 'address_problem', 'customs_hold', 'refused', 'damaged', 'lost', 'returned_to_sender',
  'carrier_exception', 'pickup_waiting', 'cancelled_after_shipment', 'unmapped_status', 'contradiction',
];

function isInterruption(id: FaultId): id is InterruptionId {
  return (ON_THE_WAY as readonly string[]).includes(id);
}

/** At the door rather than on the road. */
const AT_THE_DOOR: readonly FaultId[] = ['delivery_attempt_failed', 'refused', 'pickup_waiting', 'address_problem'];

/** Bends a course by one fault. */
export function apply(id: FaultId, course: Course): void {
  if (isInterruption(id)) return interruptParcel(id, course);
  OTHERS[id](course);
}

function interruptParcel(id: InterruptionId, course: Course): void {
  const parcel = course.parcels.length - 1;
  const list = course.parcels[parcel] ?? [];
  const door = indexOfStage(list, 'delivered');
  const road = indexOfStage(list, 'arrived');
  const index = AT_THE_DOOR.includes(id) ? door : Math.max(1, Math.min(road + 1, door));
  const before = list[index - 1];
  if (!before || before.what.kind !== 'scan') return;
  const start = before.at + course.random.between(1, 5) * HOUR;
  const { news, resumesAfter } = interrupt(id, { order: course.order, parcel, at: start, place: before.what.place, random: course.random });
  const rest = list.slice(index);
  const shift = resumesAfter === undefined ? 0 : Math.max(0, start + resumesAfter - (rest[0]?.at ?? start));
  course.parcels[parcel] = [...list.slice(0, index), ...news, ...(resumesAfter === undefined ? [] : shiftFrom(rest, 0, shift))];
}

function contactAfterDelivery(course: Course, contact: 'not_received' | 'missing_item'): void {
  const delivered = course.parcels.flat().filter((entry) => entry.what.kind === 'scan' && entry.what.stage === 'delivered');
  const last = Math.max(...delivered.map((entry) => entry.at));
  course.around.push({
    at: last + course.random.between(1.5, 28) * HOUR,
    what: { kind: 'contact', contact, text: contactText(contact, course.order, course.random), channel: course.random.pick(['email', 'chat', 'phone']), sentiment: 'negative' },
  });
}

/** Delayed along the way so that the door is reached one to three days after the promise; scans go on, so only the promise is missed. */
function comeLate(course: Course): void {
  const parcel = course.parcels.length - 1;
  const list = course.parcels[parcel] ?? [];
  const out = indexOfStage(list, 'out_for_delivery');
  const before = list[out - 1];
  const door = list[indexOfStage(list, 'delivered')];
  if (!before || !door || before.what.kind !== 'scan') return;
  const promise = Date.parse(`${course.order.promisedBy}T23:59:59Z`);
  const shift = promise + course.random.between(0.4, 3) * DAY - door.at;
  if (shift <= 0) return;
  const { hubs } = CARRIERS[course.order.fulfilments[parcel]?.carrier ?? 'dhl'];
  const stops: Timed[] = [];
  for (let at = before.at + 26 * HOUR; at < (list[out]?.at ?? 0) + shift - 12 * HOUR; at += course.random.between(20, 36) * HOUR) {
    stops.push({ at, what: scan(parcel, 'arrived', course.random.pick(hubs), { message: 'Arrived at facility, processing delayed' }) });
  }
  course.parcels[parcel] = [...list.slice(0, out), ...stops, ...shiftFrom(list.slice(out), 0, shift)];
}

const OTHERS: Readonly<Record<Exclude<FaultId, InterruptionId>, (course: Course) => void>> = {
  unfulfilled_late: (course) => {
    const by = course.random.between(4, 7) * DAY;
    course.parcels = course.parcels.map((list) => shiftFrom(list, 0, by));
  },
  not_picked_up: (course) => {
    course.parcels = course.parcels.map((list, parcel) =>
      parcel === 0 ? shiftFrom(list, Math.max(1, indexOfStage(list, 'accepted')), course.random.between(50, 100) * HOUR) : list);
  },
  late: comeLate,
  delivered_not_received: (course) => contactAfterDelivery(course, 'not_received'),
  missing_item: (course) => contactAfterDelivery(course, 'missing_item'),
  cancelled_before_shipment: (course) => {
    const first = Math.min(...course.parcels.flat().map((entry) => entry.at));
    const paid = Math.max(...course.placed.map((entry) => entry.at));
    const cancelledAt = paid + (first - paid) * course.random.between(0.2, 0.8);
    course.parcels = [];
    course.around.push({ at: cancelledAt, what: { kind: 'cancelled', reason: course.random.pick(['customer', 'inventory', 'other']) } });
    course.around.push({ at: cancelledAt + 10 * MINUTE, what: { kind: 'refunded', amountMinor: course.order.totalMinor, reason: 'Order cancelled' } });
  },
  partly_shipped: (course) => {
    const second = course.parcels[1];
    if (!second) return;
    const index = Math.max(1, indexOfStage(second, 'arrived'));
    course.parcels[1] = shiftFrom(second, index, course.random.between(9, 12) * DAY);
  },
  late_news: (course) => {
    course.parcels = course.parcels.map((list) =>
      list.map((entry) => (entry.what.kind === 'scan' && course.random.chance(0.35) ? { ...entry, lag: course.random.between(2, 22) * HOUR } : entry)));
  },
};

