import { DAY, HOUR, dayText, type Step } from './histories-steps.js';
import type { Random } from './random.js';

/** What every event of a parcel says of it. */
export interface Parcel {
  readonly shipmentId: string;
  readonly fulfillmentId?: string;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly service?: string;
}

const PLACES = ['Leipzig hub', 'Köln', 'Liège', 'East Midlands', 'Newark NJ', 'Memphis TN'] as const;
/** The last one is no reason that the status map knows. */
const REASONS = ['damaged', 'address_problem', 'customs_hold', 'refused', 'lost', 'Bad Address', 'gremlins'] as const;

/** What goes wrong with a parcel, and how often in a hundred; the rest simply comes. */
const COURSES = {
  plain: 46, attempt: 6, exception: 9, unanswered: 4, pickup: 6, returned: 5, lost: 3, silent: 5, label_only: 4, cancelled: 3, slipped: 5, after_delivery: 2, contradicted: 2,
} as const;
type CourseId = keyof typeof COURSES;
const DEALT = (Object.entries(COURSES) as [CourseId, number][]).flatMap(([id, weight]) => Array<CourseId>(weight).fill(id));

/**
 * A parcel's number. Most are its own; some are shared with the parcel of another order (one box, two orders), and some come
 * again in an order of another time, as carriers use numbers again.
 */
export function numberOf(n: number, shipmentId: string, orders: number, random: Random): string {
  const kind = random.next();
  if (kind < 0.05) return `SHARED${n >> 1}`;
  if (kind < 0.1) return `AGAIN${n % Math.max(3, Math.ceil(orders / 40))}`;
  const plain = `1Z ${shipmentId.toUpperCase()}`;
  return random.chance(0.1) ? plain.toLowerCase() : plain;
}

/** Its scans in the order in which they happen. */
export function parcelSteps(parcel: Parcel, start: number, promisedAt: number, random: Random): Step[] {
  const steps: Step[] = [];
  let at = start;
  const later = (low: number, high: number): number => (at += (low + random.next() * (high - low)) * HOUR);
  const scan = (status: string, more: Step['data'] = {}): void => {
    const isBrief = random.chance(0.1);
    steps.push({ at, type: `shipment.${status}` as Step['type'], data: isBrief ? { shipmentId: parcel.shipmentId, ...more } : { ...parcel, ...more, ...(random.chance(0.6) ? { facility: random.pick(PLACES) } : {}) } });
  };
  const road = (hops: number): void => {
    for (; hops > 0; hops -= 1) {
      later(4, 26);
      scan('in_transit', random.chance(0.3) ? { description: 'Processed at facility', rawStatus: 'AR' } : {});
    }
  };
  const door = (): void => {
    later(5, 30);
    if (random.chance(0.7)) scan('out_for_delivery');
    later(1, 9);
    scan('delivered');
  };
  const estimate = (text: string): void => void steps.push({ at, type: 'shipment.estimate_changed', data: { shipmentId: parcel.shipmentId, estimatedAt: text } });

  const course = random.pick(DEALT);
  if (random.chance(0.8)) scan('label_created', random.chance(0.5) ? { estimatedAt: dayText(promisedAt) } : {});
  if (course === 'label_only') return steps;
  if (course === 'cancelled') {
    later(2, 20);
    scan('cancelled');
    if (random.chance(0.7)) return steps;
  }
  later(2, random.chance(0.15) ? 90 : 24);
  if (random.chance(0.8)) scan('accepted');
  road(1 + random.below(4));
  if (random.chance(0.15)) scan('delayed', { reason: 'weather' });
  switch (course) {
    case 'silent':
      return steps;
    case 'attempt':
      later(4, 20);
      scan('delivery_attempted', { reason: 'nobody home' });
      if (random.chance(0.8)) door();
      return steps;
    case 'exception':
    case 'unanswered':
      later(2, 20);
      scan('exception', { reason: random.pick(REASONS), description: 'See detail' });
      if (course === 'unanswered') return steps;
      road(1);
      break;
    case 'pickup':
      later(4, 20);
      scan('ready_for_pickup', { facility: 'Shop on the corner' });
      later(10, 240);
      if (random.chance(0.75)) scan('delivered');
      return steps;
    case 'returned':
      later(4, 20);
      scan('returning', { reason: 'unclaimed' });
      later(20, 90);
      if (random.chance(0.6)) scan('returned');
      return steps;
    case 'lost':
      later(60, 200);
      scan('lost');
      if (random.chance(0.7)) return steps;
      break;
    case 'slipped':
      estimate(dayText(promisedAt + (1 + random.below(4)) * DAY));
      road(2);
      if (random.chance(0.5)) estimate(new Date(promisedAt + 6 * DAY).toISOString());
      break;
    default:
  }
  door();
  later(2, 40);
  if (course === 'after_delivery') scan(random.pick(['exception', 'returning']), { reason: 'damaged' });
  if (course === 'contradicted') scan('in_transit');
  return steps;
}
