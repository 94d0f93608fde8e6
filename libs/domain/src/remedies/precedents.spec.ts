import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY } from '../shared/time.js';
import { duplicatesOf, NEAR_OTHER_ORDERS, similarTo, type PastCase } from './precedents.js';

const NOW = Date.UTC(2026, 2, 20);
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const credit: PastCase = { id: 'a', number: 'AP-2001', orderId: 'o1', orderName: '#1', kind: 'credit', state: 'confirmed', amount: eur(2_000), lines: [], at: NOW - DAY, by: 'Ben', verdict: null };
const asked = { orderId: 'o1', kind: 'refund' as const, amount: eur(2_000), lines: [{ lineId: '1', quantity: 1 }] };
const past = (more: Partial<PastCase>): PastCase => ({ ...credit, ...more });

const anyPast = fc.record({
  id: fc.uuid(), number: fc.constant('AP-1'), orderId: fc.constantFrom('o1', 'o2'), orderName: fc.constant('#x'), kind: fc.constantFrom('refund' as const, 'reship' as const, 'credit' as const, 'chargeback' as const),
  state: fc.constantFrom(null, 'proposed' as const, 'approved' as const, 'executing' as const, 'executed' as const, 'confirmed' as const, 'failed' as const, 'declined' as const, 'void' as const, 'needs_human' as const),
  amount: fc.option(fc.record({ minor: fc.integer({ min: 0, max: 90_000 }), currency: fc.constantFrom('EUR', 'USD') })), lines: fc.array(fc.record({ lineId: fc.constantFrom('1', '2'), quantity: fc.constant(1) }), { maxLength: 2 }),
  at: fc.integer({ min: NOW - 90 * DAY, max: NOW }), by: fc.constant('Ben'),
  verdict: fc.option(fc.record({ decision: fc.constantFrom('approved' as const, 'declined' as const), by: fc.constant('Clara'), at: fc.constant(NOW), reason: fc.constant(null) })),
});

describe('what may be the same done twice', () => {
  it('names who did what, and why it is shown', () => {
    expect(duplicatesOf(asked, [credit], NOW)).toEqual([{ past: credit, likeness: 'near', text: 'Credit €20.00 by Ben', why: 'for this order' }]);
    expect(duplicatesOf(asked, [past({ kind: 'refund' })], NOW)).toMatchObject([{ likeness: 'same', why: 'the same kind, for this order' }]);
    expect(duplicatesOf(asked, [past({ kind: 'reship', lines: [{ lineId: '1', quantity: 2 }] })], NOW)).toMatchObject([{ likeness: 'same', why: 'the same lines of this order' }]);
    expect(duplicatesOf(asked, [past({ orderId: 'o2', orderName: '#2' })], NOW)).toMatchObject([{ likeness: 'near', why: "the customer's order #2, the same amount" }]);
    expect(duplicatesOf(asked, [past({ orderId: 'o2', at: NOW - NEAR_OTHER_ORDERS - 1 })], NOW)).toEqual([]);
  });

  it('is all that happened or may yet happen on the order, whatever came in which order', () => {
    fc.assert(fc.property(fc.uniqueArray(anyPast, { selector: (one) => one.id, maxLength: 12 }), (cases) => {
      const found = duplicatesOf(asked, cases, NOW);
      const ids = new Set(found.map((one) => one.past.id));
      for (const one of cases) {
        const isOver = one.state === 'declined' || one.state === 'void' || one.state === 'failed';
        if (one.orderId === 'o1' || isOver) expect(ids.has(one.id)).toBe(!isOver);
      }
      expect(found.map((one) => one.likeness).join(' ')).toMatch(/^(same ?)*(near ?)*$/);
      expect(duplicatesOf(asked, cases.toReversed(), NOW)).toEqual(found);
    }));
  });
});

describe('similar decisions', () => {
  it('are those on the closest amounts of the same currency, and are counted in all', () => {
    const verdict = { decision: 'approved' as const, by: 'Clara', at: NOW, reason: null };
    const cases = [past({ id: 'half', amount: eur(900), verdict }), past({ id: 'same', verdict: { ...verdict, decision: 'declined' } }), past({ id: 'usd', amount: { minor: 2_000, currency: 'USD' }, verdict }), past({ id: 'undecided' })];
    expect(similarTo(asked, cases, 5)).toMatchObject({ closest: [{ id: 'same' }, { id: 'half' }, { id: 'usd' }], approved: 2, declined: 1 });
    expect(similarTo(asked, cases, 1).closest).toHaveLength(1);
  });

  it('do not depend on the order in which they were read', () => {
    fc.assert(fc.property(fc.uniqueArray(anyPast, { selector: (one) => one.id, maxLength: 12 }), (cases) => {
      expect(similarTo(asked, cases.toReversed(), 5)).toEqual(similarTo(asked, cases, 5));
    }));
  });
});
