import { describe, expect, it } from '@jest/globals';
import { validateQueueSearch } from '../search';
import { isChanged, queryOf, searchOf } from './view-query';

const address = validateQueueSearch({ view: 'all', rules: 'lost', carriers: ['dhl', 'gls'], minAge: 24, owner: 'nobody', group: 'carrier', case: 'x', sort: 'value', minValue: '5000', due: 'today', wrote: 24, waits: 'customer', feed: 'late', countries: ['DE'], promise: 'none' });

describe('a saved view', () => {
  it('is an address, there and back', () => {
    const { case: _case, ...rest } = address;
    expect(searchOf('v1', queryOf(address))).toEqual({ ...rest, saved: 'v1' });
  });
  it('knows when what is shown is something else, and not when only the row in hand is', () => {
    const kept = queryOf(address);
    expect(isChanged({ ...address, case: 'y', saved: 'v1' }, JSON.parse(JSON.stringify(kept)))).toBe(false);
    expect(isChanged({ ...address, minAge: 72 }, kept)).toBe(true);
    expect(isChanged({ ...address, group: 'none' }, kept)).toBe(true);
    expect(isChanged({ ...address, sort: 'age' }, kept)).toBe(true);
    expect(isChanged({ ...address, feed: 'on_time' }, kept)).toBe(true);
  });
  it('does not fail on what a later version has kept', () => {
    expect(searchOf('v1', { view: 'clusters', filter: { weather: 'bad' }, group: 'moon' })).toEqual({ view: 'next_up', saved: 'v1' });
    expect(searchOf('v1', null)).toEqual({ view: 'next_up', saved: 'v1' });
  });
});
