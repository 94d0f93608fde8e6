import { connectorOf, factId, handleOf, orderIdOf, splitEvents } from '@orderwatch/connectors';
import type { IncomingFact } from '@orderwatch/db';
import { stockOrder, stockShipment, trackingOf } from '@orderwatch/rig';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const HOME = 'events';
const SOURCE = 'rig/stock';
const FACILITIES = ['Leipzig hub', 'Memphis TN', 'Louisville KY', 'Oakland CA', 'Newark NJ', 'Liège'];

/** How orders of the stock stand. Weights give the share among those with an open case; filters then have something to filter. */
const OPEN_COURSES = {
  no_movement: 10, damaged: 2, address_problem: 2, customs_hold: 2, refused: 1, delivery_attempt_failed: 2, lost: 1,
} as const;
type Course = keyof typeof OPEN_COURSES | 'quiet';
const DEALT = (Object.entries(OPEN_COURSES) as [Course, number][]).flatMap(([course, weight]) => Array<Course>(weight).fill(course));

/** One order with what is told of it, and when its case opened. */
export interface StockOrder {
  readonly n: number;
  readonly orderId: string;
  /** Epoch ms: when it was known. */
  readonly knownAt: number;
  readonly events: readonly StockEvent[];
}

interface StockEvent {
  readonly suffix: string;
  readonly text: string;
}

interface Step {
  readonly suffix: string;
  readonly type: string;
  /** Epoch ms. */
  readonly at: number;
  readonly data: Record<string, unknown>;
}

/** The k-th of `of` models: ages, values and courses are spread evenly over them. */
export function modelOrder(n: number, { k, of, isOpen, now }: { k: number; of: number; isOpen: boolean; now: number }): StockOrder {
  const course = isOpen ? (DEALT[k % DEALT.length] ?? 'quiet') : 'quiet';
  const spread = k / of;
  // Nothing comes due in the next hours: quiet ones had their last scan in the last 20 hours, troubles are younger than the 48 hours of silence.
  const knownAt = Math.round(now - (course === 'quiet' ? 1_000 + spread * 20 * HOUR : 600_000 + spread * (course === 'no_movement' ? 5 * DAY : 36 * HOUR)));
  const lastScan = course === 'no_movement' ? knownAt - 48 * HOUR - 1 : course === 'quiet' ? knownAt : knownAt - 5 * HOUR;
  const placed = lastScan - 40 * HOUR;
  const parcel = { shipmentId: stockShipment(n), fulfillmentId: `S-${n}-F1`, carrier: 'UPS', trackingNumber: trackingOf(n) };
  const facility = FACILITIES[k % FACILITIES.length];
  const total = 12 + ((k * 7919) % 60_000) / 100;
  const steps: Step[] = [
    { suffix: 'placed', type: 'order.placed', at: placed, data: {
      name: `#${n}`, customer: customerOf(k), currency: 'EUR', total: total.toFixed(2), promisedBy: new Date(now + (3 + (k % 6)) * DAY).toISOString(), timeZone: 'Europe/Berlin',
      lines: [{ id: `S-${n}-1`, sku: `SKU-${k % 900}`, title: 'A thing', quantity: 1 + (k % 3), price: '10.00' }, { id: `S-${n}-2`, sku: `SKU-${(k * 7) % 900}`, title: 'Another thing', quantity: 1, price: '2.00' }],
    } },
    { suffix: 'captured', type: 'payment.captured', at: placed + 60_000, data: { amount: total.toFixed(2), currency: 'EUR' } },
    { suffix: 'fulfilled', type: 'fulfillment.created', at: placed + 10 * HOUR, data: { fulfillmentId: `S-${n}-F1`, lines: [`S-${n}-1`, `S-${n}-2`], location: 'Halle 3' } },
    { suffix: 'label', type: 'shipment.label_created', at: placed + 11 * HOUR, data: parcel },
    { suffix: 'accepted', type: 'shipment.accepted', at: placed + 20 * HOUR, data: { ...parcel, facility, description: 'Picked up' } },
    { suffix: 'transit', type: 'shipment.in_transit', at: lastScan, data: { ...parcel, facility, rawStatus: 'I', description: 'Processed at facility' } },
  ];
  if (course === 'delivery_attempt_failed') steps.push({ suffix: 'trouble', type: 'shipment.delivery_attempted', at: knownAt, data: { ...parcel, facility, description: 'Nobody home' } });
  else if (course === 'lost') steps.push({ suffix: 'trouble', type: 'shipment.lost', at: knownAt, data: { ...parcel, description: 'Cannot be found' } });
  else if (course !== 'quiet' && course !== 'no_movement') steps.push({ suffix: 'trouble', type: 'shipment.exception', at: knownAt, data: { ...parcel, facility, reason: course, description: 'See detail' } });
  return {
    n, orderId: orderIdOf(HOME, stockOrder(n)), knownAt,
    events: steps.map(({ suffix, type, at, data }) => ({
      suffix, text: JSON.stringify({ specversion: '1.0', id: eventId(n, suffix), source: SOURCE, type, subject: stockOrder(n), time: new Date(at).toISOString(), datacontenttype: 'application/json', data }),
    })),
  };
}

const customerOf = (k: number) => ({ id: `stock-customer-${k}`, name: `Ada Example ${k}`, email: `customer${k}@example.com` });
const eventId = (n: number, suffix: string): string => `S-${n}-${suffix}`;

/** What the feed's own connector makes of the events; each was told at its time, in a delivery of its own. */
export function told(order: StockOrder, firstInboxId: bigint): { facts: IncomingFact[]; customers: ReturnType<typeof understand>['customers'] } {
  const all = order.events.map((event, i) => ({ ...understand(event.text), inboxId: String(firstInboxId + BigInt(i)) }));
  return {
    facts: all.flatMap(({ facts, inboxId }) => facts.map(({ fact }): IncomingFact => ({ to: { orderId: order.orderId, home: HOME, homeId: stockOrder(order.n) }, fact, receivedAt: fact.at, inboxId }))),
    customers: all.flatMap(({ customers }) => customers),
  };
}

function understand(text: string) {
  const [item] = splitEvents(Buffer.from(text));
  if (!item || item.error !== null) throw new Error(`the stock's own event is not valid: ${item?.error}`);
  const mapped = connectorOf('events').map({ connection: HOME, topic: undefined, headers: {}, body: item.body, checked: item.checked });
  if (mapped.outcome !== 'understood') throw new Error(`the stock's own event is ${mapped.outcome}`);
  return mapped;
}

/** Which fact of an order: that of an event, or of the link to the parcel's number that it brings. */
export interface FactName {
  readonly suffix: string;
  readonly isLink: boolean;
}

/** The id of an order's fact, as connectors give it. */
export function factIdOf(n: number, { suffix, isLink }: FactName): string {
  const id = factId('events', HOME, SOURCE, eventId(n, suffix));
  return isLink ? factId('link', id, handleOf('UPS', trackingOf(n)) ?? '') : id;
}

/** Which fact of order `n` has the id. */
export function factNameOf(n: number, id: string, suffixes: readonly string[]): FactName {
  const name = suffixes.flatMap((suffix) => [{ suffix, isLink: false }, { suffix, isLink: true }]).find((one) => factIdOf(n, one) === id);
  if (!name) throw new Error('the stock knows the ids of facts no more: connectors name them differently');
  return name;
}
