import { shipmentMeaning, type ShipmentMeaning, type StatusMap } from '../status-map/status-map.js';
import { sourceRank, type Fact, type ShipmentFact } from './facts.js';
import { MOVEMENTS, type Known, type OrderState, type ParcelState, type Said, type ShipmentStatus } from './state.js';

/** How far along a status is; decides between two claims of the same instant only. */
const STAGE: Readonly<Record<ShipmentStatus, number>> = {
  label_created: 0, cancelled: 1, accepted: 2, in_transit: 3, ready_for_pickup: 4, out_for_delivery: 5, attempted: 6,
  exception: 7, lost: 8, returning: 9, returned: 10, delivered: 11,
};

/** What still counts after a delivery, when dated later than it. */
const AFTER_DELIVERY: ReadonlySet<ShipmentStatus> = new Set<ShipmentStatus>(['exception', 'lost', 'returning', 'returned']);

/** Who said it, from a fact. */
export function saidBy(fact: Fact): Said {
  return { at: fact.at, factId: fact.id, source: fact.source, kind: fact.kind };
}

/** A value with the fact it rests on. */
export function known<T>(fact: Fact, value: T): Known<T> {
  return { value, ...saidBy(fact) };
}

/** A parcel of which nothing is known but its id. */
export function newParcel(id: string): ParcelState {
  return {
    id, shipments: [], handles: [], carrier: null, number: null, url: null, service: null, fulfilments: [], status: null, facility: null,
    lastWords: null, firstMovement: null, lastMovement: null, delivered: null, firstDelivered: null, problem: null, delayed: null,
    firstEstimate: null, estimate: null, unmapped: [], owner: null, overruled: {},
  };
}

/**
 * The same record with one value set and its keys in order, as in the stored text: whoever walks over a state meets the same
 * one first, whether it was folded just now or read back.
 */
export function put<T>(record: Record<string, T>, key: string, value: T): Record<string, T> {
  const isInOrder = Object.hasOwn(record, key) || Object.keys(record).every((other) => other < key);
  record[key] = value;
  return isInOrder ? record : Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The parcel of that id, made when it is new. */
export function parcelOf(state: OrderState, id: string): ParcelState {
  const there = state.parcels[id];
  if (there) return there;
  const made = newParcel(id);
  state.parcels = put(state.parcels, id, made);
  return made;
}

/** Adds to a sorted list of names without repeating. */
export function addName(names: string[], name: string | undefined): void {
  if (name === undefined || names.includes(name)) return;
  names.push(name);
  names.sort();
}

/** Notes what a fact tells of the parcel besides its status. */
export function describeParcel(parcel: ParcelState, data: { readonly carrier?: string; readonly number?: string; readonly url?: string; readonly service?: string }): void {
  if (data.carrier !== undefined) parcel.carrier = data.carrier;
  if (data.number !== undefined) parcel.number = data.number;
  if (data.url !== undefined) parcel.url = data.url;
  if (data.service !== undefined) parcel.service = data.service;
}

/** Takes an estimate: the first one ever stays for comparison. */
export function applyEstimate(parcel: ParcelState, fact: Fact, estimatedAt: string): void {
  parcel.firstEstimate ??= known(fact, estimatedAt);
  parcel.estimate = known(fact, estimatedAt);
}

/** Applies one status fact to one parcel. Facts must come in total order. */
export function applyShipment(parcel: ParcelState, fact: ShipmentFact, map: StatusMap): void {
  describeParcel(parcel, fact.data);
  if (fact.data.estimatedAt !== undefined) applyEstimate(parcel, fact, fact.data.estimatedAt);
  const meaning = shipmentMeaning(map, fact.kind, fact.data.code);
  if (!meaning) {
    noteUnmapped(parcel.unmapped, fact, fact.data.code);
    return;
  }
  if ('notice' in meaning) {
    if (meaning.notice === 'delayed') parcel.delayed = saidBy(fact);
    return;
  }
  if (MOVEMENTS.has(meaning.status)) {
    parcel.firstMovement ??= saidBy(fact);
    parcel.lastMovement = saidBy(fact);
  }
  if (parcel.owner !== null && parcel.owner !== fact.kind) {
    parcel.overruled[fact.source] = known(fact, meaning.status);
    return;
  }
  if (fact.data.facility !== undefined) parcel.facility = fact.data.facility;
  if (fact.data.description !== undefined) parcel.lastWords = fact.data.description;
  moveTo(parcel, fact, meaning);
}

function moveTo(parcel: ParcelState, fact: ShipmentFact, meaning: Extract<ShipmentMeaning, { status: ShipmentStatus }>): void {
  const next = meaning.status;
  const now = parcel.status;
  if (parcel.delivered) {
    if (!AFTER_DELIVERY.has(next) || fact.at <= parcel.delivered.at) return;
    parcel.delivered = null;
  }
  if (next === 'label_created' && now) return;
  if (now && fact.at === now.at && STAGE[next] < STAGE[now.value]) return;
  if (!now || now.value !== next || next === 'attempted') parcel.status = known(fact, next);
  if (next === 'delivered') {
    parcel.delivered = saidBy(fact);
    parcel.firstDelivered ??= parcel.delivered;
  }
  const problem = meaning.problem ?? (next === 'exception' ? 'carrier_exception' : null);
  if (problem === null) parcel.problem = null;
  else if (parcel.problem?.value !== problem || next === 'attempted') parcel.problem = known(fact, problem);
}

/** Keeps the first mention of each unknown code. */
export function noteUnmapped(list: Known<string>[], fact: Fact, code: string): void {
  if (!list.some((u) => u.value === code && u.source === fact.source)) list.push(known(fact, code));
}

/** The kind with the say over a parcel: the highest-ranked of those that reported a movement. */
export function outranks(kind: Fact['kind'], owner: ParcelState['owner']): boolean {
  return owner === null || sourceRank(kind) > sourceRank(owner);
}
