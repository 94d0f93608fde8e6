import { sortFacts } from '../order/fold.js';
import type { Fact, ParcelRef } from '../order/facts.js';
import { linkFactOf } from '../order/links.js';
import { readNames } from '../order/names.js';
import type { OrderState } from '../order/state.js';
import { eventWords } from './event-words.js';
import { placeParcels, type PlacedParcel } from './parcel-view.js';
import { entry, heardCells, type TimelineEntry } from './timeline-entry.js';
import type { ToldFact, ViewContext } from './view-context.js';

function trackOf(fact: Fact): string {
  switch (fact.type) {
    case 'payment.status': case 'payment.refund':
      return 'payment';
    case 'fulfilment.created': case 'fulfilment.snapshot': case 'fulfilment.cancelled':
      return 'fulfilment';
    case 'return.status':
      return 'return';
    case 'remedy.executed':
      return fact.data.remedyKind !== 'reship' ? 'payment' : 'order';
    default:
      return 'order';
  }
}

function refOf(fact: Fact): ParcelRef | undefined {
  if (fact.type === 'shipment.status' || fact.type === 'shipment.estimate') return fact.data.ref;
  return fact.type === 'handle.linked' ? { handle: fact.data.handle } : undefined;
}

/** The rows of an order's facts, without those that belong to another order sharing a number with it. */
export function eventEntries(state: OrderState, told: readonly ToldFact[], context: ViewContext): TimelineEntry[] {
  const heard = withLinks(state.orderId, told);
  const facts = sortFacts(heard.map((h) => h.fact));
  const names = readNames(state.orderId, facts, context.statusMap);
  const placed = new Map(placeParcels(state).map((p) => [p.parcel.id, p]));
  const parcelsOf = (ref: ParcelRef): PlacedParcel[] => {
    const name = ref.shipment ?? ref.handle ?? '';
    return (names.targets.get(name) ?? [name]).map((id) => placed.get(id)).filter((p) => p !== undefined);
  };
  const seen = new Set(repeatedLinks(facts));
  return heard.flatMap((h) => {
    const { fact } = h;
    if (names.foreign.has(fact.id) || seen.has(fact.id)) return [];
    seen.add(fact.id);
    const ref = refOf(fact);
    const parcels = ref ? parcelsOf(ref) : [];
    const [first, second] = parcels;
    // News of a fulfilment with several parcels are about all of them.
    const lane = second ? 'fulfilment' : (first?.lane ?? trackOf(fact));
    const kind = fact.type === 'remedy.executed' ? 'remedy' as const : 'event' as const;
    return [entry({ id: fact.id, kind, at: fact.at, lane, ...heardCells(h, context), ...eventWords(fact, state, context) })];
  });
}

/** News that imply a link say two things: each has its row. */
function withLinks(orderId: string, heard: readonly ToldFact[]): ToldFact[] {
  return heard.flatMap((h) => {
    const link = linkFactOf(h.fact, orderId);
    return link === undefined || link === h.fact ? [h] : [h, { ...h, fact: link }];
  });
}

/** Every payload that names a number says the link again; only the first time is news. */
function repeatedLinks(facts: readonly Fact[]): string[] {
  const said = new Set<string>();
  return facts.flatMap((fact) => {
    if (fact.type !== 'handle.linked') return [];
    const link = `${fact.data.handle} ${fact.data.orderId}`;
    if (said.has(link)) return [fact.id];
    said.add(link);
    return [];
  });
}
