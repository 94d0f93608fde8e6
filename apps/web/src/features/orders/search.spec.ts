import { describe, expect, it } from '@jest/globals';
import { ordersFilter, validateOrdersSearch } from './search';

describe('the filter of a list of orders', () => {
  it('is what stands in the address of the list, and nothing of the screen', () => {
    const address = { ...validateOrdersSearch({ track: 'payment', status: 'paid', onTime: 'false' }), tz: 'utc', locale: 'xx' };
    expect(ordersFilter(address)).toEqual({ track: 'payment', status: 'paid', onTime: false });
    expect(ordersFilter({ ...validateOrdersSearch({}), ...{ tz: 'utc' } })).toBeNull();
  });
});
