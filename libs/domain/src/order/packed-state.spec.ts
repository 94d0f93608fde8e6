import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../shared/canonical-json.js';
import { builtInStatusMap } from '../status-map/built-in.js';
import { DRAWN_ORDER, drawHistory } from '../testing/histories.js';
import type { Fact } from './facts.js';
import { applyFact, emptyOrder, foldOrder, sortFacts } from './fold.js';
import { packState, unpackState } from './packed-state.js';
import type { OrderState } from './state.js';

const config = { statusMap: builtInStatusMap };
const START = Date.UTC(2026, 0, 1);
const histories = fc.tuple(fc.array(fc.nat(9999), { minLength: 40, maxLength: 240 }), fc.integer({ min: 1, max: 24 })).map(([numbers, size]) => {
  let at = 0;
  return drawHistory((below) => (numbers[at++ % numbers.length] ?? 0) % below, size, START);
});
const base = { at: START, source: 'an "odd" one', kind: 'events' as const };
const RARE: Fact[] = [
  { ...base, id: 'a', type: 'order.placed', data: { name: 'Ü\n"\\', tags: ['b', 'a'], lines: [{ id: '2', sku: 'S' }, { id: '1', quantity: 2, title: 'T' }], preorderUntil: '2026-02-01', country: 'DE', timeZone: 'Europe/Berlin', customerId: 'c', currency: 'EUR' } },
  { ...base, id: 'b', type: 'payment.refund', data: { code: 'refunded', refundId: '10' } }, { ...base, id: 'c', type: 'payment.refund', data: { code: 'refunded', refundId: '9', amount: { minor: 1, currency: 'EUR' } } },
  { ...base, id: 'd', type: 'remedy.executed', data: { remedyId: '__proto__', remedyKind: 'refund', reference: 'r' } }, { ...base, id: 'i', type: 'remedy.executed', data: { remedyId: 'lines', remedyKind: 'reship', reference: 's', lines: ['2', '1'] } }, { ...base, id: 'e', type: 'contact.received', data: { kind: 'other', channel: 'mail', sentiment: 'sad' } },
  { ...base, id: 'f', type: 'return.status', data: { returnId: 'R', code: 'requested' } }, { ...base, id: 'g', type: 'payment.status', data: { code: 'never heard' } },
  { ...base, id: 'h', source: 'another', type: 'shipment.status', data: { ref: { shipment: '7', handle: 'ups:1' }, code: 'in_transit', url: 'https://x', service: 'Y', facility: 'Ł', description: '“q”', estimatedAt: '2026-01-05' } },
];

function expectSame(state: OrderState): void {
  const text = packState(state);
  const read = unpackState(text);
  expect(canonicalJson(read)).toBe(canonicalJson(state));
  expect(packState(read)).toBe(text);
}

describe('packed states', () => {
  it('come back as they were, whatever the history', () => {
    fc.assert(fc.property(histories, (facts) => expectSame(foldOrder(DRAWN_ORDER, facts, config))), { numRuns: 800 });
  });

  it('are the same text, however the facts wrote their fields', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, turned(inner)]));
    };
    const same = (facts: readonly Fact[]): void => expect(packState(foldOrder(DRAWN_ORDER, facts.map((fact) => turned(fact) as Fact), config))).toBe(packState(foldOrder(DRAWN_ORDER, facts, config)));
    fc.assert(fc.property(histories, same), { numRuns: 300 });
    same(RARE);
    same([{ ...base, id: 't', type: 'order.placed', data: { total: { minor: 100, currency: 'EUR' }, lines: [{ id: '1', quantity: 2, title: 'T', sku: 'S', price: '1.00' }] } }]);
  });

  it('are the same text, whether folded from all facts or one after the other on what was stored', () => {
    fc.assert(fc.property(histories, (facts) => {
      const sorted = sortFacts(facts);
      let state: OrderState | undefined = emptyOrder(DRAWN_ORDER, config.statusMap.version);
      for (const [i, fact] of sorted.entries()) {
        state = applyFact(unpackState(packState(state)), fact, config) ?? foldOrder(DRAWN_ORDER, sorted.slice(0, i + 1), config);
      }
      expect(packState(state)).toBe(packState(foldOrder(DRAWN_ORDER, facts, config)));
    }), { numRuns: 300 });
  });

  it('keep what is rare: odd names, refunds, remedies, contacts, returns, and the empty order', () => {
    for (const state of [foldOrder(DRAWN_ORDER, RARE, config), emptyOrder(DRAWN_ORDER, 1)]) expectSame(state);
  });

  it('are a good deal shorter than their JSON', () => {
    const state = foldOrder(DRAWN_ORDER, RARE, config);
    expect(packState(state).length).toBeLessThan(JSON.stringify(state).length * 0.6);
  });

  it('are told from the plain JSON of before, which is still read, and from a layout that is not known', () => {
    const state = foldOrder(DRAWN_ORDER, RARE, config);
    expect(canonicalJson(unpackState(JSON.stringify(state)))).toBe(canonicalJson(state));
    expect(() => unpackState('[3,[],[],[]]')).toThrow('layout 3');
  });
});
