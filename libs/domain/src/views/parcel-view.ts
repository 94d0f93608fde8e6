import { noMovement } from '../exceptions/rules/no-movement.js';
import { endOf } from '../calendars/zone.js';
import { isWithCarrier, type Known, type OrderState, type ParcelState, type Said, type ShipmentStatus } from '../order/state.js';
import { HOUR, type Instant } from '../shared/time.js';
import { PROBLEM_WORDS, statusWord } from './status-words.js';
import type { ViewContext } from './view-context.js';

/** A parcel with its place on the page: `Parcel 2`, lane `p2`. */
export interface PlacedParcel {
  readonly parcel: ParcelState;
  readonly label: string;
  readonly lane: string;
}

/** A parcel as the order page lists it. */
export interface ParcelView {
  readonly id: string;
  readonly label: string;
  readonly lane: string;
  readonly carrier: string | null;
  readonly service: string | null;
  readonly number: string | null;
  readonly url: string | null;
  readonly status: string;
  readonly statusLabel: string;
  readonly statusAt: Instant | null;
  readonly lastMovementAt: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly facility: string | null;
  readonly estimate: Instant | null;
  readonly problem: string | null;
  readonly sources: readonly string[];
  readonly feedLate: boolean;
  readonly elapsedHours: number | null;
  readonly limitHours: number | null;
}

function firstSeen(state: OrderState, parcel: ParcelState): Instant {
  const fulfilments = parcel.fulfilments.map((id) => state.fulfilments[id]?.since.at ?? Infinity);
  return Math.min(parcel.firstMovement?.at ?? Infinity, parcel.status?.at ?? Infinity, ...fulfilments);
}

/** The parcels in the order they came up, numbered; the number stays while no earlier news arrives. */
export function placeParcels(state: OrderState): PlacedParcel[] {
  const seen = Object.values(state.parcels).map((parcel) => ({ parcel, at: firstSeen(state, parcel) }));
  seen.sort((a, b) => (a.at === b.at ? (a.parcel.id < b.parcel.id ? -1 : 1) : a.at - b.at));
  return seen.map(({ parcel }, i) => ({ parcel, label: `Parcel ${i + 1}`, lane: `p${i + 1}` }));
}

/** How long a parcel may be silent. */
export function silenceLimit(context: Pick<ViewContext, 'policy'>): number {
  return context.policy.limits.no_movement ?? noMovement.limit ?? 48 * HOUR;
}

/** The connection whose silence would explain the parcel's, when it is silent now. */
export function silentFeedOf(parcel: ParcelState, context: Pick<ViewContext, 'silences'>): { source: string; since: Instant } | null {
  const source = parcel.lastMovement?.source ?? parcel.status?.source;
  const since = source === undefined ? undefined : context.silences[source];
  return source === undefined || since === undefined ? null : { source, since };
}

/** Last movement of a parcel that is still under way, as long as it is not dated in the future. */
export function lastHeard(state: OrderState, parcel: ParcelState, now: Instant): Said | null {
  const last = parcel.lastMovement;
  return last && last.at <= now && isWithCarrier(parcel) && !state.cancelled ? last : null;
}

/** Since when it is known that the parcel will not reach the customer: lost, on its way back, or called off. Null: it may still come. */
export function goneSince({ status, problem }: Pick<ParcelState, 'status' | 'problem'>): Instant | null {
  if (problem?.value === 'lost') return problem.at;
  const is = status?.value;
  return status && (is === 'lost' || is === 'returning' || is === 'returned' || is === 'cancelled') ? status.at : null;
}

const FINAL: Readonly<Partial<Record<ShipmentStatus, string>>> = { delivered: 'delivered', returning: 'returned', returned: 'returned', lost: 'lost', cancelled: 'cancelled' };

/**
 * What a source without the say claims against the one that has it. A claim that is merely behind is no contradiction,
 * nor is one that the owner settled later with something final of its own.
 */
export function contradictionsOf(parcel: ParcelState): Known<ShipmentStatus>[] {
  const owner = parcel.status;
  if (!owner) return [];
  return Object.values(parcel.overruled).filter((claim) => {
    const end = FINAL[claim.value];
    if (end === undefined || end === FINAL[owner.value]) return false;
    return !(FINAL[owner.value] !== undefined && owner.at > claim.at);
  });
}

function sourcesOf(parcel: ParcelState): string[] {
  const said = [parcel.status, parcel.firstMovement, parcel.lastMovement, parcel.estimate].filter((s) => s !== null).map((s) => s.source);
  return [...new Set([...said, ...Object.keys(parcel.overruled)])].sort();
}

/** Why a parcel has no scan: three different nothings, each asking for something else. Null once it was scanned, or is of no interest any more. */
export type NoScan = 'no_number' | 'no_tracking_yet' | 'feed_late';

/** The carrier's feed is silent, the carrier was given no number, or it has a number and has not said anything of it yet. */
export function noScanOf(parcel: ParcelState, context: Pick<ViewContext, 'silences'>): NoScan | null {
  if (parcel.firstMovement || parcel.delivered || parcel.status?.value === 'cancelled') return null;
  if (silentFeedOf(parcel, context)) return 'feed_late';
  return parcel.number === null ? 'no_number' : 'no_tracking_yet';
}

/** Each nothing in words. */
export const NO_SCAN_WORDS: Readonly<Record<NoScan, string>> = { no_number: 'No tracking number', no_tracking_yet: 'No tracking yet', feed_late: 'Tracking feed late' };

/** A label says something by itself; what else there is not is said beside it. */
function labelOf(status: string, noScan: NoScan | null): string {
  if (status === 'none') return noScan ? NO_SCAN_WORDS[noScan] : 'Nothing heard yet';
  const word = statusWord('shipment', status).label;
  return noScan ? `${word}, ${NO_SCAN_WORDS[noScan].toLowerCase()}` : word;
}

/** The parcels as the order page lists them. */
export function parcelViews(state: OrderState, context: ViewContext): ParcelView[] {
  const limit = silenceLimit(context);
  return placeParcels(state).map(({ parcel, label, lane }) => {
    const status = parcel.status?.value ?? 'none';
    const heard = lastHeard(state, parcel, context.now);
    const noScan = noScanOf(parcel, context);
    return {
      id: parcel.id, label, lane, carrier: parcel.carrier, service: parcel.service, number: parcel.number, url: parcel.url,
      status, statusLabel: labelOf(status, noScan), statusAt: parcel.status?.at ?? null,
      lastMovementAt: parcel.lastMovement?.at ?? null, deliveredAt: parcel.delivered?.at ?? null, facility: parcel.facility,
      estimate: parcel.estimate ? (endOf(parcel.estimate.value, state.timeZone) ?? null) : null,
      problem: parcel.problem ? PROBLEM_WORDS[parcel.problem.value] : null, sources: sourcesOf(parcel),
      feedLate: noScan === 'feed_late' || (heard !== null && silentFeedOf(parcel, context) !== null),
      elapsedHours: heard ? (context.now - heard.at) / HOUR : null, limitHours: heard ? limit / HOUR : null,
    };
  });
}
