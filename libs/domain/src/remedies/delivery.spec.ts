import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressLines, isSameAddress, readAddress, type DeliveryAddress } from './delivery.js';

const typed = { name: ' Mara  Lind ', line1: 'Hafenstr. 12', city: 'Hamburg', postalCode: '20457', country: 'de', phone: '+49 40 1' };
const read = (more: object = {}): DeliveryAddress => {
  const address = readAddress({ ...typed, ...more });
  if (typeof address === 'string') throw new Error(address);
  return address;
};

describe('delivery addresses', () => {
  it('are read with their spaces put right', () => {
    expect(read()).toEqual({ name: 'Mara Lind', company: '', line1: 'Hafenstr. 12', line2: '', city: 'Hamburg', region: '', postalCode: '20457', country: 'DE', phone: '+49 40 1' });
    expect(read({ name: '', company: 'Kontor' }).name).toBe('Kontor');
  });

  it.each([[{ name: '' }, 'Say who receives it.'], [{ line1: ' \n' }, 'Give the street and number.'], [{ city: '' }, 'Give the city.'], [{ country: 'Germany' }, 'Give the country as two letters.'], [{ line2: 'x'.repeat(101) }, 'A line of an address has 100 characters at most.']])(
    'say what is missing: %j', (more, why) => expect(readAddress({ ...typed, ...more })).toBe(why));

  it('are one when only capitals and spaces differ, and two when a character does', () => {
    fc.assert(fc.property(fc.record({ name: fc.string({ minLength: 1, maxLength: 20 }), line1: fc.string({ minLength: 1, maxLength: 20 }) }), fc.constantFrom('name', 'line1', 'city', 'postalCode'), (some, field) => {
      const one = readAddress({ ...typed, ...some });
      if (typeof one === 'string') return;
      const again = readAddress(one);
      expect(again).toEqual(one);
      expect(isSameAddress(one, { ...one, city: one.city.toUpperCase() })).toBe(true);
      expect(isSameAddress(one, { ...one, [field]: `${one[field]}§` })).toBe(false);
    }));
  });

  it('show neither name nor street nor phone to who may not see them', () => {
    expect(addressLines(read({ region: 'HH' }), false)).toEqual(['Mara Lind', 'Hafenstr. 12', '20457 Hamburg, HH', 'DE', '+49 40 1']);
    expect(addressLines(read({ region: 'HH' }), true)).toEqual(['•••', 'Hamburg, HH', 'DE']);
  });
});
