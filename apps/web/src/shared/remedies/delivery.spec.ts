import { describe, expect, it } from '@jest/globals';
import { deliveryOf, isAddressWhole, ownDelivery, type DeliveryDraft } from './delivery';

const other: DeliveryDraft = { where: 'other', address: { name: 'Kim Berg', line1: 'Kade 3', city: 'Utrecht', country: 'nl', line2: ' ' }, service: ' Express ' };

describe('where a reship goes', () => {
  it('sends only what was said', () => {
    expect(deliveryOf(ownDelivery)).toEqual({});
    expect(deliveryOf({ ...ownDelivery, service: 'Express' })).toEqual({ service: 'Express' });
    expect(deliveryOf(other)).toEqual({ service: 'Express', address: { name: 'Kim Berg', line1: 'Kade 3', city: 'Utrecht', country: 'NL' } });
    expect(deliveryOf({ ...other, where: 'kept' })).toBeUndefined();
  });
  it('is asked for only when it is whole', () => {
    expect(isAddressWhole(other)).toBe(true);
    expect(isAddressWhole({ ...other, address: { ...other.address, country: 'Netherlands' } })).toBe(false);
    for (const field of ['name', 'line1', 'city', 'country'] as const) expect(isAddressWhole({ ...other, address: { ...other.address, [field]: ' ' } })).toBe(false);
    expect(isAddressWhole(ownDelivery)).toBe(true);
  });
});
