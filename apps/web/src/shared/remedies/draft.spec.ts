import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amountMinorOf, contentOf, isAskable, linesOf, subjectOf, withPieces, type Draft } from './draft';
import { minorText, toMinor } from './minor';

const order = {
  id: 'o', name: '#1', total: { minor: 15_800, currency: 'EUR' }, refundable: { minor: 14_000, currency: 'EUR' },
  lines: [{ id: 'lamp', title: 'Desk lamp', sku: null, quantity: 2, price: '64.50' }, { id: 'bulb', title: null, sku: 'BULB', quantity: 1, price: '29' }, { id: 'gift', title: 'Gift', sku: null, quantity: null, price: null }],
};
const refund = subjectOf(order, 'refund', []);
const empty: Draft = { amount: '', pieces: {}, reasonCode: null, reason: '', factIds: [] };

describe('an amount in a field', () => {
  it('comes back as it was, in every currency', () => {
    fc.assert(fc.property(fc.nat(1_000_000_000), fc.constantFrom(0, 2, 3), (minor, digits) => toMinor(minorText(minor, digits), digits) === minor));
  });
  it('is not guessed at', () => {
    expect(['', '1,5', '-1', '1.234', 'x', '1e3'].map((text) => toMinor(text, 2))).toEqual([null, null, null, null, null, null]);
  });
});

describe('a refund for lines', () => {
  it('follows the pieces, and never passes what can still be refunded', () => {
    const one = withPieces(empty, refund, 'lamp', 1);
    expect(amountMinorOf(one, refund)).toBe(6450);
    expect(amountMinorOf(withPieces(withPieces(one, refund, 'lamp', 2), refund, 'bulb', 1), refund)).toBe(14_000);
  });
  it('keeps the amount that was typed when a price is not known, and when no line is left', () => {
    const typed = { ...empty, amount: '5.00' };
    expect(withPieces(typed, refund, 'gift', 1).amount).toBe('5.00');
    expect(withPieces(withPieces(typed, refund, 'lamp', 1), refund, 'lamp', 0).amount).toBe('64.50');
  });
});

describe('what is sent', () => {
  it('names only lines with pieces, and an amount only for refunds', () => {
    const reship = subjectOf(order, 'reship', []);
    const draft = { ...empty, amount: '9.00', pieces: { lamp: 1, bulb: 0 }, reason: ' Lost ', reasonCode: 'lost', factIds: ['f'] };
    expect(contentOf(draft, reship)).toEqual({ amountMinor: null, currency: null, lines: [{ lineId: 'lamp', quantity: 1 }], reasonCode: 'lost', reason: 'Lost', evidenceFactIds: ['f'] });
    expect(isAskable({ ...draft, pieces: { bulb: 0 } }, reship)).toBe(false);
    expect(linesOf(empty)).toEqual([]);
    expect(isAskable({ ...empty, amount: '0' }, refund)).toBe(false);
  });
});
