import { DAY, type Instant } from '../shared/time.js';
import { shipmentMeaning, type StatusMap } from '../status-map/status-map.js';
import { comparePositions, positionOf, type Fact, type FulfilmentFact, type ParcelHandle, type ParcelRef, type ShipmentFact } from './facts.js';
import { linkIdOf, linkOf, type Link } from './links.js';

/** News this long before a number was linked can still belong to the link: shops announce a parcel late. */
const BEFORE_LINK = 14 * DAY;
/** The first link of a number reaches further back: nobody else is known to have used it. */
const BEFORE_FIRST_LINK = 30 * DAY;
/** Links further apart than this are two uses of one number (carriers keep a number about 90 days or more). */
const SAME_USE = 60 * DAY;

/** Who a fact's parcel reference means, and which carrier news are another order's. */
export interface ParcelNames {
  /** Name (shipment or handle) → ids of the parcels it stands for. A fulfilment with several parcels stands for all of them. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
  /** Handles that other orders share, and those that nothing has linked yet: another fact can change whose their news are. */
  readonly shared: ReadonlySet<ParcelHandle>;
  /** Ids of facts that belong to another use of a shared or reused number. */
  readonly foreign: ReadonlySet<string>;
}

function namesOf(ref: ParcelRef): string[] {
  const names: string[] = [];
  if (ref.shipment !== undefined) names.push(ref.shipment);
  if (ref.handle !== undefined) names.push(ref.handle);
  return names;
}

function namesParcels(fact: Fact): fact is FulfilmentFact {
  return (fact.type === 'fulfilment.created' || fact.type === 'fulfilment.snapshot') && fact.data.parcels !== undefined;
}

class Union {
  private readonly parent = new Map<string, string>();

  find(name: string): string {
    let root = name;
    for (let up = this.parent.get(root); up !== undefined && up !== root; up = this.parent.get(root)) root = up;
    if (!this.parent.has(name)) this.parent.set(name, root);
    return root;
  }

  /** The root is the smaller name, so the result does not depend on the order of joining. */
  join(a: string, b: string): void {
    const [x, y] = [this.find(a), this.find(b)];
    if (x < y) this.parent.set(y, x);
    else if (y < x) this.parent.set(x, y);
  }

  names(): Iterable<string> {
    return this.parent.keys();
  }
}

/**
 * Reads from the whole set of an order's facts which names mean the same parcel. Facts must be in total order.
 * A payload that gives a shipment and a number joins them; a fulfilment's own id stands for the parcels of its latest list.
 */
export function readNames(orderId: string, facts: readonly Fact[], map: StatusMap): ParcelNames {
  const union = new Union();
  const handles = new Set<ParcelHandle>();
  const latest = new Map<string, FulfilmentFact>();
  const meet = (ref: ParcelRef): void => {
    joinAll(union, namesOf(ref));
    if (ref.handle !== undefined) handles.add(ref.handle);
  };
  for (const fact of facts) {
    if (fact.type === 'shipment.status' || fact.type === 'shipment.estimate') meet(fact.data.ref);
    else if (namesParcels(fact)) {
      for (const parcel of fact.data.parcels ?? []) meet(parcel.ref);
      latest.set(fact.data.fulfilmentId, fact);
    }
  }
  const fans = new Map<string, string[]>();
  for (const [id, fact] of latest) {
    const parcels = (fact.data.parcels ?? []).map((p) => namesOf(p.ref)[0]).filter((n) => n !== undefined);
    if (parcels.length === 1 && parcels[0] !== undefined) union.join(id, parcels[0]);
    else if (parcels.length > 1) fans.set(id, parcels);
  }
  const targets = new Map<string, readonly string[]>();
  for (const name of union.names()) targets.set(name, [union.find(name)]);
  for (const [id, parcels] of fans) targets.set(id, [...new Set(parcels.map((p) => union.find(p)))].sort());
  const links = linksOf(orderId, facts);
  const shared = new Set([...handles, ...links.keys()].filter((handle) => !isOwn(orderId, links.get(handle))));
  return { targets, shared, foreign: foreignNews(orderId, facts, links, map) };
}

function joinAll(union: Union, names: readonly string[]): void {
  const [first, ...rest] = names;
  if (first === undefined) return;
  union.find(first);
  for (const name of rest) union.join(first, name);
}

/** A link with the fact that says or implies it. */
type SaidLink = Link & { readonly fact: Fact };
type Links = ReadonlyMap<ParcelHandle, readonly SaidLink[]>;

function linksOf(orderId: string, facts: readonly Fact[]): Links {
  const links = new Map<ParcelHandle, SaidLink[]>();
  for (const fact of facts) {
    const link = linkOf(fact, orderId);
    if (!link) continue;
    const list = links.get(link.handle);
    if (list) list.push({ ...link, fact });
    else links.set(link.handle, [{ ...link, fact }]);
  }
  return links;
}

const isOwn = (orderId: string, links: readonly Link[] | undefined): boolean => links?.every((link) => link.orderId === orderId) ?? false;

/** Ids of the news of a number that belong to another use of it. */
function foreignNews(orderId: string, facts: readonly Fact[], links: Links, map: StatusMap): Set<string> {
  const foreign = new Set<string>();
  for (const [handle, handleLinks] of links) {
    const news = facts.filter((f): f is ShipmentFact => f.type === 'shipment.status' && isCarrierNews(f, handle));
    const ends = news.filter((f) => isEnd(f, map)).map((f) => f.at);
    const uses = readUses(handleLinks, ends);
    for (const fact of facts) {
      if ((fact.type === 'shipment.status' || fact.type === 'shipment.estimate') && isCarrierNews(fact, handle)) {
        const use = uses.findLast((u) => u.from <= fact.at);
        if (!use?.orders.has(orderId)) foreign.add(fact.id);
      }
    }
  }
  return foreign;
}

/** News that name the number alone: whose they are is decided by time. */
function isCarrierNews(fact: { readonly data: { readonly ref: ParcelRef } }, handle: ParcelHandle): boolean {
  return fact.data.ref.handle === handle && fact.data.ref.shipment === undefined;
}

function isEnd(fact: ShipmentFact, map: StatusMap): boolean {
  const meaning = shipmentMeaning(map, fact.kind, fact.data.code);
  return meaning !== undefined && 'status' in meaning && (meaning.status === 'delivered' || meaning.status === 'returned');
}

/** By position, as if each link were a fact of its own: every order of the number sorts the same, whichever of them it implies itself. */
function compareLinks(a: SaidLink, b: SaidLink): number {
  const [x, y] = [positionOf(a.fact), positionOf(b.fact)];
  if (x.at !== y.at || x.rank !== y.rank) return comparePositions(x, y);
  return comparePositions({ ...x, id: linkIdOf(a.fact, a.handle) }, { ...y, id: linkIdOf(b.fact, b.handle) });
}

interface Use {
  /** First instant whose news belong to this use. */
  readonly from: Instant;
  readonly orders: Set<string>;
}

/**
 * Splits the life of one number into its uses, by the times things happened: a link of another order starts a new use
 * when the parcel had arrived before it, or long after the last link; otherwise the parcel carries both orders.
 */
function readUses(links: readonly SaidLink[], ends: readonly Instant[]): Use[] {
  const sorted = [...links].sort(compareLinks);
  const uses: Use[] = [];
  let current: { use: Use; start: Instant; lastLink: Instant } | undefined;
  for (const link of sorted) {
    if (current?.use.orders.has(link.orderId)) {
      current.lastLink = link.at;
      continue;
    }
    const began = current;
    const arrived = began ? ends.filter((end) => end >= began.start - BEFORE_LINK && end < link.at) : [];
    if (began && arrived.length === 0 && link.at - began.lastLink <= SAME_USE) {
      began.use.orders.add(link.orderId);
      began.lastLink = link.at;
      continue;
    }
    const reach = began ? Math.max(link.at - BEFORE_LINK, Math.max(began.start, ...arrived) + 1) : link.at - BEFORE_FIRST_LINK;
    const use = { from: reach, orders: new Set([link.orderId]) };
    uses.push(use);
    current = { use, start: link.at, lastLink: link.at };
  }
  return uses;
}
