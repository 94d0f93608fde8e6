import type { Random } from '../shared/random.js';
import { DAY, HOUR, MINUTE } from '../shared/time.js';
import type { Timed } from './course.js';
import { scan } from './journey.js';
import type { Stage, StoreOrder } from './model.js';

/** What can befall a parcel on its way, in history and live alike. */
export type InterruptionId =
  | 'silence' | 'estimate_slipped' | 'delivery_attempt_failed' | 'address_problem' | 'customs_hold' | 'refused' | 'damaged' | 'lost'
  | 'returned_to_sender' | 'carrier_exception' | 'pickup_waiting' | 'cancelled_after_shipment' | 'unmapped_status' | 'contradiction';

export interface Befallen {
  readonly order: StoreOrder;
  readonly parcel: number;
  readonly at: number;
  readonly place: string;
  readonly random: Random;
}

/** What is heard of it, and after how long the undisturbed journey goes on; undefined means never. */
export interface Interruption {
  readonly news: readonly Timed[];
  readonly resumesAfter: number | undefined;
}

type Builder = (of: Befallen) => Interruption;

const at = (of: Befallen, hours: number): number => of.at + hours * HOUR;

/** The way back to the sender, scan by scan, from `hours` after the fault. */
function wayBack(of: Befallen, hours: number, why: string, completeShare: number): Timed[] {
  const back: Timed[] = [
    { at: at(of, hours), what: scan(of.parcel, 'returning', of.place, { message: `Returning to sender: ${why}` }) },
    { at: at(of, hours + of.random.between(16, 30)), what: scan(of.parcel, 'returning', of.place, { message: 'Return parcel in transit' }) },
  ];
  if (of.random.chance(completeShare)) back.push({ at: at(of, hours + of.random.between(40, 70)), what: scan(of.parcel, 'returned', 'Leipzig DC') });
  return back;
}

const one = (of: Befallen, stage: Stage, more: Parameters<typeof scan>[3] = {}): Timed => ({ at: of.at, what: scan(of.parcel, stage, of.place, more) });

const BUILDERS: Readonly<Record<InterruptionId, Builder>> = {
  silence: (of) => ({ news: [], resumesAfter: of.random.chance(0.75) ? of.random.between(58, 130) * HOUR : undefined }),
  estimate_slipped: (of) => ({
    news: [
      one(of, 'delayed', { message: 'Operational delay, new delivery date', estimatedAt: of.at + 4.5 * DAY }),
      { at: of.at + 5 * MINUTE, what: { kind: 'estimate', parcel: of.parcel, estimatedAt: of.at + 4.5 * DAY } },
    ],
    resumesAfter: of.random.between(16, 36) * HOUR,
  }),
  delivery_attempt_failed: (of) => ({ news: [one(of, 'delivery_attempted')], resumesAfter: of.random.between(18, 34) * HOUR }),
  address_problem: (of) => {
    const first = one(of, 'exception', { reason: 'address_problem', message: 'Address incomplete, recipient could not be found' });
    return of.random.chance(0.65)
      ? { news: [first], resumesAfter: of.random.between(8, 38) * HOUR }
      : { news: [first, ...wayBack(of, of.random.between(20, 36), 'address not found', 0.8)], resumesAfter: undefined };
  },
  customs_hold: (of) => ({ news: [one(of, 'exception', { reason: 'customs_hold', message: 'Held by customs, invoice missing' })], resumesAfter: of.random.between(20, 110) * HOUR }),
  refused: (of) => ({
    news: [one(of, 'exception', { reason: 'refused', message: 'Refused by recipient' }), ...wayBack(of, of.random.between(10, 24), 'refused by recipient', 0.7)],
    resumesAfter: undefined,
  }),
  damaged: (of) => ({
    news: [one(of, 'exception', { reason: 'damaged', message: 'Parcel damaged, contents under inspection' })],
    resumesAfter: of.random.chance(0.25) ? of.random.between(20, 40) * HOUR : undefined,
  }),
  lost: (of) => ({ news: [{ at: at(of, of.random.between(80, 120)), what: scan(of.parcel, 'lost', of.place) }], resumesAfter: undefined }),
  returned_to_sender: (of) => ({ news: wayBack(of, 0, of.random.pick(['address not found', 'not collected', 'undeliverable']), 0.7), resumesAfter: undefined }),
  carrier_exception: (of) => ({
    news: [one(of, 'exception', of.random.chance(0.5) ? { reason: 'weather', message: 'Severe weather, network delay' } : { reason: 'missorted', message: 'Parcel missorted, being rerouted' })],
    resumesAfter: of.random.between(10, 34) * HOUR,
  }),
  pickup_waiting: (of) => ({ news: [one(of, 'ready_for_pickup')], resumesAfter: of.random.between(6, 8) * DAY }),
  cancelled_after_shipment: (of) => ({
    news: [
      { at: of.at, what: { kind: 'cancelled', reason: 'customer' }, lag: 20_000 },
      ...(of.random.chance(0.5) ? wayBack(of, of.random.between(14, 30), 'recalled by sender', 0.9) : []),
    ],
    resumesAfter: undefined,
  }),
  unmapped_status: (of) => ({ news: [one(of, 'unheard_of')], resumesAfter: of.random.between(14, 30) * HOUR }),
  contradiction: (of) => ({
    news: [{ at: of.at, what: scan(of.parcel, 'delivered', of.order.customer.city, { toldByShop: true, message: 'Marked as delivered in the shop' }) }],
    resumesAfter: of.random.between(6, 20) * HOUR,
  }),
};

/** Draws what is heard of an interruption that begins at `of.at`. */
export function interrupt(id: InterruptionId, of: Befallen): Interruption {
  return BUILDERS[id](of);
}
