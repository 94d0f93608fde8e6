import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../shared/canonical-json.js';
import { builtInStatusMap } from '../status-map/built-in.js';
import { DRAWN_ORDER, drawHistory } from '../testing/histories.js';
import type { Fact } from './facts.js';
import { applyFact, emptyOrder, foldOrder, sortFacts } from './fold.js';
import { linkFactOf } from './links.js';
import type { OrderState } from './state.js';

const config = { statusMap: builtInStatusMap };
const START = Date.UTC(2026, 0, 1);

/** Histories of 15 or of 100 days, as arrays of numbers, so that a failing one shrinks. */
const histories = fc.tuple(fc.array(fc.nat(9999), { minLength: 40, maxLength: 240 }), fc.integer({ min: 1, max: 24 }), fc.constantFrom(6, 40)).map(([numbers, size, grain]) => {
  let at = 0;
  return drawHistory((below) => (numbers[at++ % numbers.length] ?? 0) % below, size, START, grain);
});

const text = (facts: readonly Fact[]): string => canonicalJson(foldOrder(DRAWN_ORDER, facts, config));

describe('foldOrder', () => {
  it('gives the same state for any order of arrival and any repeats', () => {
    fc.assert(fc.property(histories, fc.infiniteStream(fc.nat()), (facts, numbers) => {
      const shuffled = [...facts, ...facts.slice(0, Math.ceil(facts.length / 3))]
        .map((fact) => ({ fact, key: numbers.next().value as number }))
        .sort((a, b) => a.key - b.key).map((x) => x.fact);
      expect(text(shuffled)).toBe(text(facts));
    }), { numRuns: 600 });
  });

  it('reaches by the fast path, where it is taken, exactly what a full re-fold gives', () => {
    let taken = 0;
    fc.assert(fc.property(histories, fc.boolean(), fc.boolean(), (facts, viaText, inOrder) => {
      let state: OrderState = emptyOrder(DRAWN_ORDER, config.statusMap.version);
      const known: Fact[] = [];
      for (const fact of inOrder ? sortFacts(facts) : facts) {
        if (known.some((f) => f.id === fact.id)) continue;
        known.push(fact);
        const before = viaText ? (JSON.parse(canonicalJson(state)) as OrderState) : state;
        const fast = applyFact(before, fact, config);
        if (fast) taken += 1;
        state = fast ?? foldOrder(DRAWN_ORDER, known, config);
        expect(canonicalJson(state)).toBe(text(known));
      }
    }), { numRuns: 800 });
    expect(taken).toBeGreaterThan(1_000);
  });

  it('does so where earlier news have their link beside them, as it was once stored, and later ones have not', () => {
    let taken = 0;
    let beside = 0;
    fc.assert(fc.property(histories, fc.nat(240), fc.boolean(), (drawn, newWay, inOrder) => {
      const facts = drawn.filter((fact, i) => drawn.findIndex((other) => other.id === fact.id) === i);
      const arriving = inOrder ? sortFacts(facts) : facts;
      const stored = arriving.flatMap((fact, i) => [fact, ...(i < newWay && fact.type !== 'handle.linked' ? [linkFactOf(fact, DRAWN_ORDER) ?? []].flat() : [])]);
      beside += stored.length - arriving.length;
      let state: OrderState = emptyOrder(DRAWN_ORDER, config.statusMap.version);
      for (const [i, fact] of stored.entries()) {
        const fast = applyFact(state, fact, config);
        if (fast) taken += 1;
        state = fast ?? foldOrder(DRAWN_ORDER, stored.slice(0, i + 1), config);
      }
      // How many facts there are, and the last of them, are the only things that may differ.
      const { facts: _n, last: _last, ...mixed } = state;
      const { facts: _m, last: _lastToo, ...plain } = foldOrder(DRAWN_ORDER, facts, config);
      expect(canonicalJson(mixed)).toBe(canonicalJson(plain));
    }), { numRuns: 500 });
    expect(taken).toBeGreaterThan(500);
    expect(beside).toBeGreaterThan(100);
  });

  const parcelNews = (id: string, day: number, code: string, more: Partial<Fact> = {}): Fact =>
    ({ id, at: START + day * 86_400_000, source: 'events', kind: 'events', type: 'shipment.status', data: { ref: { shipment: 'events/S1' }, code, fulfilmentId: 'events/F1' }, ...more }) as Fact;

  const parcel = (facts: Fact[]) => Object.values(foldOrder(DRAWN_ORDER, facts, config).parcels)[0];

  it('keeps a parcel delivered whatever ordinary movement is dated later', () => {
    const seen = parcel([parcelNews('a', 1, 'delivered'), parcelNews('b', 2, 'in_transit'), parcelNews('c', 3, 'label_created')]);
    expect(seen?.status?.value).toBe('delivered');
    expect(seen?.delivered).not.toBeNull();
  });

  it('lets a genuine exception or return after the delivery count', () => {
    expect(parcel([parcelNews('a', 1, 'delivered'), parcelNews('b', 2, 'returning')])?.delivered).toBeNull();
    expect(parcel([parcelNews('a', 1, 'delivered'), parcelNews('b', 1, 'returning')])?.delivered).not.toBeNull();
  });

  it('never guesses an unknown code: the last known status stays', () => {
    const seen = parcel([parcelNews('a', 1, 'in_transit'), parcelNews('b', 2, 'teleported')]);
    expect(seen?.status?.value).toBe('in_transit');
    expect(seen?.unmapped.map((u) => u.value)).toEqual(['teleported']);
  });

  it('keeps what the shop says of a parcel apart once the carrier has spoken', () => {
    const shop = parcelNews('a', 3, 'delivered', { source: 'shopify', kind: 'shopify' });
    const carrier = parcelNews('b', 2, 'in_transit/departed_facility', { source: 'easypost', kind: 'easypost' });
    expect(parcel([shop])?.status?.value).toBe('delivered');
    const both = parcel([shop, carrier]);
    expect(both?.status?.value).toBe('in_transit');
    expect(both?.overruled['shopify']?.value).toBe('delivered');
  });
});
