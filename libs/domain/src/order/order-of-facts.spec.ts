import { describe, expect, it } from '@jest/globals';
import { builtInStatusMap } from '../status-map/built-in.js';
import { DRAWN_ORDER } from '../testing/histories.js';
import { comparePositions, positionOf, type Fact, type SourceKind } from './facts.js';
import { applyFact, foldOrder, sortFacts } from './fold.js';

const config = { statusMap: builtInStatusMap };
const T = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

const named = (id: string, kind: SourceKind, name: string, at = T): Fact => ({ id, at, source: kind, kind, type: 'order.snapshot', data: { name } });
const said = (id: string, hours: number, code: string, more: Partial<Fact> = {}): Fact =>
  ({ id, at: T + hours * HOUR, source: 'events', kind: 'events', type: 'shipment.status', data: { ref: { shipment: 'events/S1' }, code }, ...more }) as Fact;
const mark = (id: string, hours: number, type: 'order.cancelled' | 'order.released' | 'order.held' | 'order.closed'): Fact => ({ id, at: T + hours * HOUR, source: 'events', kind: 'events', type, data: {} });
const fold = (...facts: Fact[]) => foldOrder(DRAWN_ORDER, facts, config);
const parcel = (...facts: Fact[]) => Object.values(fold(...facts).parcels)[0];

describe('the one total order', () => {
  it('is by claimed time first, whoever says it', () => {
    expect(fold(named('z', 'person', 'early', T), named('a', 'shopify', 'late', T + 1)).name?.value).toBe('late');
    expect(fold(named('a', 'shopify', 'late', T + 1), named('z', 'person', 'early', T)).name?.value).toBe('late');
  });

  it('lets the higher source win a tie of time, whatever its id: shop, feed, carrier, person', () => {
    const kinds = ['shopify', 'events', 'easypost', 'person'] as const;
    for (const [i, lower] of kinds.entries()) {
      for (const higher of kinds.slice(i + 1)) {
        const facts = [named('z', lower, lower), named('a', higher, higher)];
        expect([lower, fold(...facts).name?.value, fold(...facts.toReversed()).name?.value]).toEqual([lower, higher, higher]);
      }
    }
  });

  it('lets the id decide between the same time and source', () => {
    const facts = [named('a', 'events', 'first'), named('b', 'events', 'second')];
    expect([fold(...facts).name?.value, fold(...facts.toReversed()).name?.value]).toEqual(['second', 'second']);
    expect(comparePositions(positionOf(facts[0] as Fact), positionOf(facts[0] as Fact))).toBe(0);
  });

  it('knows a repeat by its id', () => {
    expect(sortFacts([named('a', 'events', 'x'), named('b', 'events', 'y'), named('a', 'events', 'x')]).map((fact) => fact.id)).toEqual(['a', 'b']);
    expect(fold(named('a', 'events', 'x'), named('a', 'events', 'x')).facts).toBe(1);
  });
});

describe('the fast path', () => {
  it('declines what does not sort last, what an old status map folded, and what renames', () => {
    const state = () => fold(said('m', 1, 'in_transit'));
    expect(applyFact(state(), said('n', 2, 'delivered'), config)).toBeDefined();
    expect(applyFact(state(), said('a', 0, 'accepted'), config)).toBeUndefined();
    expect(applyFact(state(), said('m', 1, 'in_transit'), config)).toBeUndefined();
    expect(applyFact({ ...state(), mapVersion: builtInStatusMap.version - 1 }, said('n', 2, 'delivered'), config)).toBeUndefined();
    expect(applyFact(state(), said('n', 2, 'delivered', { data: { ref: { shipment: 'events/S1', handle: 'ups:A' }, code: 'delivered' } } as Partial<Fact>), config)).toBeUndefined();
  });

  it('takes news of a number that this order alone is linked to, and declines what could change whose news a number carries', () => {
    const both = (id: string, hours: number): Fact => said(id, hours, 'in_transit', { data: { ref: { shipment: 'events/S1', handle: 'ups:A' }, code: 'in_transit' } } as Partial<Fact>);
    const link = (id: string, hours: number, orderId: string): Fact => ({ id, at: T + hours * HOUR, source: 'events', kind: 'events', type: 'handle.linked', data: { handle: 'ups:A', orderId } });
    const listed: Fact = { id: 'f', at: T, source: 'shop', kind: 'shopify', type: 'fulfilment.snapshot', data: { fulfilmentId: 'events/S1', parcels: [{ ref: { handle: 'ups:A' } }] } };
    expect(applyFact(fold(both('m', 1)), both('n', 2), config)).toEqual(fold(both('m', 1), both('n', 2)));
    expect(applyFact(fold(both('m', 1)), link('n', 2, DRAWN_ORDER), config)).toEqual(fold(both('m', 1), link('n', 2, DRAWN_ORDER)));
    expect(applyFact(fold(both('m', 1), link('l', 1, 'other')), both('n', 2), config)).toBeUndefined();
    expect(applyFact(fold(both('m', 1)), link('n', 2, 'other'), config)).toBeUndefined();
    // Known, but linked by nobody so far: the first link can make news of long ago another order's.
    expect(applyFact(fold(listed), both('n', 2), config)).toBeUndefined();
    expect(applyFact(fold(listed), link('n', 2, DRAWN_ORDER), config)).toBeUndefined();
  });
});

describe('a track', () => {
  it('does not go back to a label, nor to an earlier stage of the same instant', () => {
    expect(parcel(said('a', 1, 'in_transit'), said('b', 2, 'label_created'))?.status?.value).toBe('in_transit');
    expect(parcel(said('a', 1, 'out_for_delivery'), said('b', 1, 'in_transit'))?.status?.value).toBe('out_for_delivery');
    expect(parcel(said('b', 1, 'out_for_delivery'), said('a', 1, 'in_transit'))?.status?.value).toBe('out_for_delivery');
  });

  it('keeps a delivery from ordinary movements after it, and from exceptions before it', () => {
    expect(parcel(said('a', 2, 'delivered'), said('b', 3, 'in_transit'))?.status?.value).toBe('delivered');
    expect(parcel(said('a', 2, 'delivered'), said('b', 1, 'exception/damaged'))?.delivered).not.toBeNull();
    expect(parcel(said('a', 2, 'delivered'), said('b', 2, 'returning'))?.delivered).not.toBeNull();
    expect(parcel(said('a', 2, 'delivered'), said('b', 3, 'returning'))?.delivered).toBeNull();
  });

  it('follows the carrier over the feed over the shop, whoever speaks later', () => {
    const carrier = said('a', 1, 'in_transit/departed_facility', { source: 'easypost', kind: 'easypost' });
    expect(parcel(carrier, said('b', 2, 'delivered'))?.status?.value).toBe('in_transit');
    expect(parcel(carrier, said('b', 2, 'delivered', { source: 'shop', kind: 'shopify' }))?.overruled).toMatchObject({ shop: { value: 'delivered' } });
    expect(parcel(said('a', 1, 'in_transit'), said('b', 2, 'delivered', { source: 'shop', kind: 'shopify' }))?.status?.value).toBe('in_transit');
  });

  it('of an order stays cancelled whatever is dated later', () => {
    for (const later of ['order.released', 'order.held', 'order.closed'] as const) expect(fold(mark('a', 1, 'order.cancelled'), mark('b', 2, later)).order?.value).toBe('cancelled');
  });
});

describe('a code that nobody knows', () => {
  it('is kept, once, and changes nothing: of a parcel, a payment, a return', () => {
    const unknownPayment: Fact = { id: 'p', at: T, source: 'events', kind: 'events', type: 'payment.status', data: { code: 'strange' } };
    const unknownReturn: Fact = { id: 'r', at: T, source: 'events', kind: 'events', type: 'return.status', data: { returnId: 'R', code: 'sideways' } };
    const state = fold(unknownPayment, unknownReturn, { ...unknownPayment, id: 'q' });
    expect(state.unmapped.map((one) => one.value)).toEqual(['strange', 'sideways']);
    expect([state.payment, state.returns]).toEqual([null, {}]);
    const seen = parcel(said('a', 1, 'accepted'), said('b', 2, 'teleported'), said('c', 3, 'teleported'));
    expect([seen?.status?.value, seen?.unmapped.map((one) => one.value)]).toEqual(['accepted', ['teleported']]);
  });
});

describe('identities', () => {
  it('a parcel goes by the smallest of its names, whichever stood first', () => {
    const ref = { shipment: 'events/S1', handle: 'dhl:1' };
    expect(Object.keys(fold(said('a', 1, 'in_transit', { data: { ref, code: 'in_transit' } } as Partial<Fact>)).parcels)).toEqual(['dhl:1']);
    expect(Object.keys(fold(said('a', 1, 'in_transit', { data: { ref: { ...ref, handle: 'ups:1' }, code: 'in_transit' } } as Partial<Fact>)).parcels)).toEqual(['events/S1']);
  });

  it('a refund counts once, however many facts tell of it', () => {
    const refund = (id: string, refundId: string): Fact => ({ id, at: T + 1, source: 'shop', kind: 'shopify', type: 'payment.refund', data: { code: 'refunded', refundId, amount: { minor: 500, currency: 'EUR' } } });
    expect(Object.keys(fold(refund('a', 'R1'), refund('b', 'R1'), refund('c', 'R2')).refunds)).toEqual(['R1', 'R2']);
  });
});
