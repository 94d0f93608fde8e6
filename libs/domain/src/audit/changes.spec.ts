import { describe, expect, it } from '@jest/globals';
import { changesOf } from './changes.js';

describe('what an entry changed', () => {
  it.each([
    ['two states', { before: { state: 'new', owner: null }, after: { state: 'snoozed', owner: null } }, [{ name: 'state', before: 'new', after: 'snoozed' }]],
    ['a first state', { before: null, after: { owner: 'Ana' } }, [{ name: 'owner', before: null, after: 'Ana' }]],
    ['an amount', { before: { minor: 900, currency: 'EUR' }, amount: { minor: 1250, currency: 'EUR' } }, [{ name: 'amount', before: 'EUR 9.00', after: 'EUR 12.50' }]],
    ['an amount that nobody knew', { before: null, amount: { minor: 5, currency: 'JPY' } }, [{ name: 'amount', before: null, after: 'JPY 5' }]],
    ['the same amount', { before: { minor: 9, currency: 'EUR' }, amount: { minor: 9, currency: 'EUR' } }, []],
    ['facts', { changes: ['Parcel: in transit → delivered', 'Order: cancelled', 7] }, [{ name: 'Parcel', before: 'in transit', after: 'delivered' }]],
    ['lists', { before: { rules: ['lost'] }, after: { rules: ['lost', 'damaged'] } }, [{ name: 'rules', before: 'lost', after: 'lost, damaged' }]],
    ['nothing', { reason: 'x' }, []],
  ])('tells %s', (_, detail, expected) => expect(changesOf(detail)).toEqual(expected));
});
