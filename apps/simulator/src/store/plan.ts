import { HOUR, MINUTE } from '../shared/time.js';
import { Random } from '../shared/random.js';
import { CARRIERS } from './carriers.js';
import { contactText } from './contacts.js';
import { heard, type Course, type Timed } from './course.js';
import { apply, type FaultId, type FaultShare } from './faults.js';
import { journey } from './journey.js';
import type { Plan } from './model.js';
import { drawOrder, type OrderSeed } from './order.js';

export interface PlanSeed extends OrderSeed {
  /** A named fault, `none`, or (absent) as chance and `faults` have it. */
  readonly fault?: FaultId | 'none';
  readonly faults?: readonly FaultShare[];
}

/** Plans an order's whole life: what happens, when, and when it is heard. A pure function of its seed. */
export function planOrder(from: PlanSeed): Plan {
  const chance = new Random(from.seed, 'plan', from.key);
  const fault = from.fault ?? drawFault(from.faults ?? [], chance);
  const drawn = drawOrder({
    ...from,
    ...(fault === 'partly_shipped' ? { split: true } : {}),
    ...(fault === 'customs_hold' ? { customs: true } : {}),
  });
  const random = new Random(from.seed, 'course', from.key);
  const course: Course = { ...drawn, random, placed: [], parcels: [], around: [] };
  const paidAt = from.placedAt + (random.chance(0.9) ? random.between(0.3, 4) * MINUTE : random.between(0.3, 5) * HOUR);
  course.placed = [{ at: from.placedAt, what: { kind: 'placed' } }, { at: paidAt, what: { kind: 'paid' } }];
  let ready = paidAt + random.between(3, 28) * HOUR;
  course.parcels = drawn.order.fulfilments.map((_, parcel): Timed[] => {
    const list = journey(drawn.order, parcel, ready, drawn.customs, random);
    ready += random.between(0.2, 20) * HOUR;
    return list;
  });
  if (fault !== 'none') apply(fault, course);
  const carrier = drawn.order.fulfilments[0]?.carrier ?? 'dhl';
  const isLate = fault === 'none' && from.fault === undefined && random.chance(CARRIERS[carrier].lateShare);
  if (isLate) apply('late', course);
  addSmallTalk(course, fault === 'none');
  const happenings = heard([...course.placed, ...course.parcels.flat(), ...course.around], (entry) => usualLag(entry, random));
  return { order: drawn.order, fault: fault === 'none' ? (isLate ? 'late' : undefined) : fault, happenings };
}

/** Weights are percent of all orders; what they leave of a hundred is orders without a fault. */
function drawFault(faults: readonly FaultShare[], random: Random): FaultId | 'none' {
  const clean = 100 - faults.reduce((sum, share) => sum + share.weight, 0);
  return random.weighted<{ readonly id: FaultId | 'none'; readonly weight: number }>([{ id: 'none', weight: clean }, ...faults]).id;
}

/** A shop speaks within seconds, a carrier within minutes. */
function usualLag(entry: Timed, random: Random): number {
  return entry.what.kind === 'scan' || entry.what.kind === 'estimate' ? random.between(1, 14) * MINUTE : random.between(1, 20) * 1000;
}

/** Customers look and ask even when nothing is wrong. */
function addSmallTalk(course: Course, isQuiet: boolean): void {
  const { random, order } = course;
  const out = course.parcels[0]?.[2];
  if (!isQuiet || !out) return;
  if (random.chance(0.05)) course.around.push({ at: out.at + random.between(2, 20) * HOUR, what: { kind: 'status_checked', channel: random.pick(['chat', 'web']) } });
  if (random.chance(0.025)) {
    course.around.push({
      at: out.at + random.between(4, 26) * HOUR,
      what: { kind: 'contact', contact: 'where_is_it', text: contactText('where_is_it', order, random), channel: 'email', sentiment: 'neutral' },
    });
  }
}
