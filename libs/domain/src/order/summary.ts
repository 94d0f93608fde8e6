import { endOf } from '../calendars/zone.js';
import { HOUR, type Instant } from '../shared/time.js';
import { noMovement } from '../exceptions/rules/no-movement.js';
import type { Policy } from '../exceptions/rule.js';
import { latest, liveFulfilments, partsOf } from './parts.js';
import { isWithCarrier, type OrderState, type ParcelState, type ShipmentStatus } from './state.js';

/** What lists filter and sort by: derived from the state, stored beside it. */
export interface OrderSummary {
  readonly name: string | null;
  readonly announced: boolean;
  readonly customerId: string | null;
  readonly currency: string | null;
  readonly totalMinor: number | null;
  readonly placedAt: Instant | null;
  readonly promisedAt: Instant | null;
  readonly promiseText: string | null;
  readonly orderStatus: string | null;
  readonly paymentStatus: string | null;
  readonly fulfilmentStatus: string;
  readonly shipmentStatus: string;
  readonly returnStatus: string | null;
  readonly headline: string;
  readonly carrier: string | null;
  readonly deliveredAt: Instant | null;
  readonly lastEventAt: Instant | null;
}

/** One parcel as lists and reports read it. */
export interface ParcelRow {
  readonly id: string;
  readonly carrier: string | null;
  readonly number: string | null;
  readonly status: ShipmentStatus | null;
  readonly facility: string | null;
  readonly lastScan: string | null;
  readonly lastMovementAt: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly promisedAt: Instant | null;
  readonly silentFrom: Instant | null;
  readonly stuckAt: Instant | null;
  readonly feed: string | null;
}

/** When the order's current promise ends, or null. */
export function promiseEnd(state: OrderState): Instant | null {
  return state.promise ? (endOf(state.promise.value, state.timeZone) ?? null) : null;
}

/** The moment the last of the order's parts arrived; null while one has not. */
export function deliveredAt(state: OrderState): Instant | null {
  const parts = partsOf(state);
  if (!parts.every((p) => p.isDelivered)) return null;
  return latest(parts.flatMap((p) => p.parcels.map((parcel) => parcel.delivered)))?.at ?? null;
}

/** Which parcel's status stands for all: what needs a person first, what is furthest behind next, delivered last. */
const FOREMOST: readonly ShipmentStatus[] = [
  'lost', 'exception', 'returning', 'returned', 'attempted', 'ready_for_pickup', 'label_created', 'accepted', 'in_transit', 'out_for_delivery', 'delivered', 'cancelled',
];

function foremost(parcels: readonly ParcelState[]): string {
  const statuses = parcels.map((p) => p.status?.value).filter((s) => s !== undefined);
  return FOREMOST.find((s) => statuses.includes(s)) ?? 'none';
}

function fulfilmentStatus(state: OrderState): string {
  const all = Object.values(state.fulfilments);
  const live = liveFulfilments(state);
  if (all.length === 0) return 'none';
  if (live.length === 0) return 'cancelled';
  const handedOver = live.filter((f) => f.parcels.length > 0 && f.parcels.every((id) => state.parcels[id]?.firstMovement)).length;
  return handedOver === live.length ? 'handed_over' : handedOver > 0 ? 'part_handed_over' : 'released';
}

/** The headline: an order is shipped when all its parts are. */
export function headline(state: OrderState): string {
  const parcels = Object.values(state.parcels).filter((p) => p.status?.value !== 'cancelled');
  const moved = parcels.filter((p) => p.firstMovement).length;
  const delivered = parcels.filter((p) => p.delivered).length;
  if (state.cancelled) return moved > 0 ? 'Cancelled, parcel on its way' : 'Cancelled';
  if (deliveredAt(state) !== null) return parcels.length > 1 ? `Delivered, ${parcels.length} parcels` : 'Delivered';
  if (parcels.length === 0) return state.held ? 'Held' : 'Not shipped';
  if (parcels.length === 1) return delivered === 1 ? 'Part delivered' : moved === 1 ? 'Shipped' : 'Label made';
  if (delivered > 0) return `${delivered} of ${parcels.length} parcels delivered`;
  return moved === 0 ? `${parcels.length} labels made` : `${moved} of ${parcels.length} parcels shipped`;
}

/** The columns of one order. */
export function summarise(state: OrderState): OrderSummary {
  const parcels = Object.values(state.parcels);
  const returns = Object.values(state.returns).sort((a, b) => b.at - a.at);
  return {
    name: state.name?.value ?? null, announced: state.announced, customerId: state.customerId,
    currency: state.total?.value.currency ?? state.currency, totalMinor: state.total?.value.minor ?? null,
    placedAt: state.placed?.at ?? state.firstAt, promisedAt: promiseEnd(state), promiseText: state.promise?.value ?? null,
    orderStatus: state.order?.value ?? null, paymentStatus: state.payment?.value ?? null,
    fulfilmentStatus: fulfilmentStatus(state), shipmentStatus: foremost(parcels), returnStatus: returns[0]?.value ?? null,
    headline: headline(state), carrier: parcels.find((p) => !p.delivered && p.carrier)?.carrier ?? parcels.find((p) => p.carrier)?.carrier ?? null,
    deliveredAt: deliveredAt(state), lastEventAt: state.last?.at ?? null,
  };
}

/** The rows of an order's parcels. */
export function parcelRows(state: OrderState, policy: Policy): ParcelRow[] {
  const limit = policy.limits.no_movement ?? noMovement.limit ?? 48 * HOUR;
  const promisedAt = promiseEnd(state);
  return Object.values(state.parcels).map((parcel) => {
    // What the carrier reports a problem with is not silent: the problem is the case.
    const silentFrom = isWithCarrier(parcel) && parcel.problem === null && !state.cancelled ? (parcel.lastMovement?.at ?? null) : null;
    return {
      id: parcel.id, carrier: parcel.carrier, number: parcel.number, status: parcel.status?.value ?? null, facility: parcel.facility,
      lastScan: parcel.lastWords, lastMovementAt: parcel.lastMovement?.at ?? null, deliveredAt: parcel.delivered?.at ?? null, promisedAt,
      silentFrom, stuckAt: silentFrom === null ? null : silentFrom + limit + 1, feed: parcel.lastMovement?.source ?? parcel.status?.source ?? null,
    };
  });
}
