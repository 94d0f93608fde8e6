import type { StatusMap } from '../status-map/status-map.js';
import { shipmentMeaning } from '../status-map/status-map.js';
import { applyContact, applyDetails, applyMark, applyPayment, applyReturn } from './apply-order.js';
import { addName, applyEstimate, applyShipment, describeParcel, known, outranks, parcelOf, put, saidBy } from './apply-parcel.js';
import { comparePositions, positionOf, type EstimateFact, type Fact, type FulfilmentFact, type ParcelHandle, type ParcelRef, type RemedyFact, type ShipmentFact } from './facts.js';
import { readNames } from './names.js';
import { MOVEMENTS, type FulfilmentState, type MadeGood, type OrderState, type ParcelState } from './state.js';

/** The versioned configuration a fold depends on. */
export interface FoldConfig {
  readonly statusMap: StatusMap;
}

/** An order nobody has said anything about. */
export function emptyOrder(orderId: string, mapVersion: number): OrderState {
  return {
    orderId, mapVersion, last: null, facts: 0, announced: false, name: null, customerId: null, currency: null, total: null,
    timeZone: 'UTC', country: null, placed: null, firstAt: null, promise: null, firstPromise: null, preorderUntil: null, tags: [], lines: [],
    order: null, held: null, released: null, cancelled: null, payment: null, paid: null, refunds: {}, fulfilments: {}, parcels: {},
    returns: {}, contacts: [], remedies: {}, unmapped: [], names: {}, sharedHandles: [],
  };
}

/**
 * Folds the set of an order's facts into its state. Pure; any order of `facts` and any repeats of them give the same state,
 * byte for byte (canonicalJson).
 */
export function foldOrder(orderId: string, facts: readonly Fact[], config: FoldConfig): OrderState {
  const sorted = sortFacts(facts);
  const state = emptyOrder(orderId, config.statusMap.version);
  const names = readNames(orderId, sorted, config.statusMap);
  state.sharedHandles = [...names.shared].sort();
  const owners = readOwners(sorted, names.targets, names.foreign, config.statusMap);
  const sight: Sight = { targets: (ref) => targetsOf(ref, names.targets), foreign: names.foreign, owners };
  for (const [name, targets] of names.targets) {
    const [only] = targets;
    if (targets.length === 1 && only !== undefined) state.names[name] = only;
  }
  for (const fact of sorted) applyOne(state, fact, config, sight);
  dropNamesakes(state);
  return state;
}

/** Sorts into the total order and drops repeats. */
export function sortFacts(facts: readonly Fact[]): Fact[] {
  const byId = new Map<string, Fact>();
  for (const fact of facts) if (!byId.has(fact.id)) byId.set(fact.id, fact);
  return [...byId.values()].sort((a, b) => comparePositions(positionOf(a), positionOf(b)));
}

/**
 * The fast path: applies a fact that sorts last and changes no naming, in place.
 * @returns the state, or undefined when only a full re-fold gives the right answer.
 */
export function applyFact(state: OrderState, fact: Fact, config: FoldConfig): OrderState | undefined {
  if (state.mapVersion !== config.statusMap.version) return undefined;
  if (state.last && comparePositions(positionOf(fact), state.last) <= 0) return undefined;
  if (!keepsNames(state, fact, config)) return undefined;
  applyOne(state, fact, config, { targets: (ref) => knownTargets(state, ref), foreign: new Set(), owners: new Map() });
  return state;
}

/** Whether the fact leaves the meaning of every parcel name, and who has the say over every parcel, as they are. */
function keepsNames(state: OrderState, fact: Fact, config: FoldConfig): boolean {
  switch (fact.type) {
    case 'handle.linked':
      return fact.data.orderId === state.orderId && keepsNumber(state, fact.data.handle, state.names[fact.data.handle]);
    case 'fulfilment.created':
    case 'fulfilment.snapshot':
      return fact.data.parcels === undefined;
    case 'shipment.estimate':
    case 'shipment.status': {
      const { ref } = fact.data;
      // News that name the number alone are dated against its links: only the full fold sees those.
      if (ref.shipment === undefined) return false;
      const targets = knownTargets(state, ref);
      const parcel = targets.length === 1 && targets[0] !== undefined ? state.parcels[targets[0]] : undefined;
      if (!parcel || (ref.handle !== undefined && !keepsNumber(state, ref.handle, parcel.id))) return false;
      if (fact.type === 'shipment.estimate') return true;
      const meaning = shipmentMeaning(config.statusMap, fact.kind, fact.data.code);
      const moves = meaning !== undefined && 'status' in meaning && MOVEMENTS.has(meaning.status);
      return !moves || !outranks(fact.kind, parcel.owner);
    }
    default:
      return true;
  }
}

/** Whether a link of this order to the number changes nothing: the parcel goes by it, and this order alone is linked to it already. */
function keepsNumber(state: OrderState, handle: ParcelHandle, parcelId: string | undefined): boolean {
  return parcelId !== undefined && state.names[handle] === parcelId && !state.sharedHandles.includes(handle);
}

function knownTargets(state: OrderState, ref: ParcelRef): readonly string[] {
  const name = ref.shipment ?? ref.handle;
  const id = name === undefined ? undefined : state.names[name];
  return id === undefined ? [] : [id];
}

type Targets = ReadonlyMap<string, readonly string[]>;

/** What the whole set of facts says before any of them is applied. */
interface Sight {
  readonly targets: (ref: ParcelRef) => readonly string[];
  readonly foreign: ReadonlySet<string>;
  readonly owners: ReadonlyMap<string, Fact['kind']>;
}

function targetsOf(ref: ParcelRef, targets: Targets): readonly string[] {
  const name = ref.shipment ?? ref.handle;
  return name === undefined ? [] : (targets.get(name) ?? [name]);
}

/** Who has the say over each parcel: the highest-ranked kind that reported a movement of it. */
function readOwners(facts: readonly Fact[], targets: Targets, foreign: ReadonlySet<string>, map: StatusMap): Map<string, Fact['kind']> {
  const owners = new Map<string, Fact['kind']>();
  for (const fact of facts) {
    if (fact.type !== 'shipment.status' || foreign.has(fact.id)) continue;
    const meaning = shipmentMeaning(map, fact.kind, fact.data.code);
    if (!meaning || !('status' in meaning) || !MOVEMENTS.has(meaning.status)) continue;
    for (const id of targetsOf(fact.data.ref, targets)) {
      if (outranks(fact.kind, owners.get(id) ?? null)) owners.set(id, fact.kind);
    }
  }
  return owners;
}

function applyOne(state: OrderState, fact: Fact, config: FoldConfig, sight: Sight): void {
  state.last = positionOf(fact);
  state.facts += 1;
  if (fact.type !== 'handle.linked') state.firstAt ??= fact.at;
  switch (fact.type) {
    case 'order.placed':
    case 'order.edited':
    case 'order.snapshot':
      applyDetails(state, fact);
      return;
    case 'order.held':
    case 'order.released':
    case 'order.cancelled':
    case 'order.closed':
      applyMark(state, fact);
      return;
    case 'payment.status':
    case 'payment.refund':
      applyPayment(state, fact, config.statusMap);
      return;
    case 'fulfilment.created':
    case 'fulfilment.snapshot':
    case 'fulfilment.cancelled':
      applyFulfilment(state, fact, sight);
      return;
    case 'shipment.status':
    case 'shipment.estimate':
      if (!sight.foreign.has(fact.id)) applyNews(state, fact, config, sight);
      return;
    case 'return.status':
      applyReturn(state, fact, config.statusMap);
      return;
    case 'contact.received':
    case 'contact.status_checked':
      applyContact(state, fact);
      return;
    case 'remedy.executed':
      state.remedies = put(state.remedies, fact.data.remedyId, known(fact, madeGood(fact.data)));
      return;
    case 'handle.linked':
  }
}

function madeGood({ remedyKind, lines }: RemedyFact['data']): MadeGood {
  return lines === undefined ? remedyKind : { kind: remedyKind, lines: [...lines].sort() };
}

function fulfilmentOf(state: OrderState, id: string, fact: Fact): FulfilmentState {
  const there = state.fulfilments[id];
  if (there) return there;
  const made: FulfilmentState = { id, since: saidBy(fact), announced: false, cancelled: null, lines: null, location: null, parcels: [] };
  state.fulfilments = put(state.fulfilments, id, made);
  return made;
}

function applyFulfilment(state: OrderState, fact: FulfilmentFact, sight: Sight): void {
  const fulfilment = fulfilmentOf(state, fact.data.fulfilmentId, fact);
  fulfilment.announced = true;
  if (fact.type === 'fulfilment.cancelled') fulfilment.cancelled ??= saidBy(fact);
  if (fact.data.lines !== undefined) fulfilment.lines = [...fact.data.lines].sort();
  if (fact.data.location !== undefined) fulfilment.location = fact.data.location;
  if (fact.data.parcels === undefined) return;
  fulfilment.parcels = [];
  for (const said of fact.data.parcels) {
    for (const id of sight.targets(said.ref)) {
      const parcel = parcelSeen(state, id, sight);
      describeParcel(parcel, said);
      nameParcel(parcel, said.ref);
      addName(parcel.fulfilments, fulfilment.id);
      addName(fulfilment.parcels, id);
    }
  }
}

function parcelSeen(state: OrderState, id: string, sight: Sight): ParcelState {
  const parcel = parcelOf(state, id);
  parcel.owner = sight.owners.get(id) ?? parcel.owner;
  return parcel;
}

function nameParcel(parcel: ParcelState, ref: ParcelRef): void {
  addName(parcel.shipments, ref.shipment);
  addName(parcel.handles, ref.handle);
}

function applyNews(state: OrderState, fact: ShipmentFact | EstimateFact, config: FoldConfig, sight: Sight): void {
  const ids = sight.targets(fact.data.ref);
  for (const id of ids) {
    const parcel = parcelSeen(state, id, sight);
    if (ids.length === 1) nameParcel(parcel, fact.data.ref);
    if (fact.type === 'shipment.estimate') {
      applyEstimate(parcel, fact, fact.data.estimatedAt);
      continue;
    }
    if (fact.data.fulfilmentId !== undefined) {
      const fulfilment = fulfilmentOf(state, fact.data.fulfilmentId, fact);
      addName(parcel.fulfilments, fulfilment.id);
      addName(fulfilment.parcels, id);
    }
    applyShipment(parcel, fact, config.statusMap);
  }
}

/** A number that a shop replaced before anything happened to it is no parcel of the order any more. */
function dropNamesakes(state: OrderState): void {
  for (const parcel of Object.values(state.parcels)) {
    const listed = Object.values(state.fulfilments).some((f) => f.parcels.includes(parcel.id));
    const spoken = parcel.status !== null || parcel.lastMovement !== null || parcel.unmapped.length > 0 || parcel.estimate !== null;
    if (!listed && !spoken) delete state.parcels[parcel.id];
  }
}
