import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../shared/canonical-json.js';
import { builtInStatusMap } from '../status-map/built-in.js';
import { DRAWN_ORDER, drawHistory } from '../testing/histories.js';
import type { Fact } from './facts.js';
import { emptyOrder, foldOrder } from './fold.js';
import { canonicalState } from './state-text.js';

const config = { statusMap: builtInStatusMap };
const START = Date.UTC(2026, 0, 1);
const histories = fc.tuple(fc.array(fc.nat(9999), { minLength: 40, maxLength: 240 }), fc.integer({ min: 1, max: 24 })).map(([numbers, size]) => {
  let at = 0;
  return drawHistory((below) => (numbers[at++ % numbers.length] ?? 0) % below, size, START);
});

describe('canonicalState', () => {
  it('is the canonical JSON of any state', () => {
    fc.assert(fc.property(histories, (facts) => {
      const state = foldOrder(DRAWN_ORDER, facts, config);
      expect(canonicalState(state)).toBe(canonicalJson(state));
    }), { numRuns: 800 });
  });

  it('prints what is rare: odd names, refunds, remedies, contacts, returns, and the empty order', () => {
    const base = { at: START, source: 'an "odd" one', kind: 'events' as const };
    const facts: Fact[] = [
      { ...base, id: 'a', type: 'order.placed', data: { name: 'Ü\n"\\', tags: ['b', 'a'], lines: [{ id: '2', sku: 'S' }, { id: '1', quantity: 2, title: 'T' }], preorderUntil: '2026-02-01', country: 'DE', timeZone: 'Europe/Berlin', customerId: 'c', currency: 'EUR' } },
      { ...base, id: 'b', type: 'payment.refund', data: { code: 'refunded', refundId: '10' } }, { ...base, id: 'c', type: 'payment.refund', data: { code: 'refunded', refundId: '9', amount: { minor: 1, currency: 'EUR' } } },
      { ...base, id: 'd', type: 'remedy.executed', data: { remedyId: '__proto', remedyKind: 'refund', reference: 'r' } }, { ...base, id: 'i', type: 'remedy.executed', data: { remedyId: 'lines', remedyKind: 'reship', reference: 's', lines: ['2', '1'] } }, { ...base, id: 'e', type: 'contact.received', data: { kind: 'other', channel: 'mail', sentiment: 'sad' } },
      { ...base, id: 'f', type: 'return.status', data: { returnId: 'R', code: 'requested' } }, { ...base, id: 'g', type: 'payment.status', data: { code: 'never heard' } },
      { ...base, id: 'h', type: 'shipment.status', data: { ref: { shipment: '7', handle: 'ups:1' }, code: 'in_transit', url: 'https://x', service: 'Y', facility: 'Ł', description: '“q”', estimatedAt: '2026-01-05' } },
    ];
    for (const state of [foldOrder(DRAWN_ORDER, facts, config), emptyOrder(DRAWN_ORDER, 1)]) expect(canonicalState(state)).toBe(canonicalJson(state));
  });
});
