import { describe, expect, it } from '@jest/globals';
import { filterOf, validateQueueSearch } from './search';

describe('validateQueueSearch', () => {
  it('falls back to what comes next when the view is not known', () => {
    expect(validateQueueSearch({ view: 'nonsense', carier: 'dhl' })).toEqual({ view: 'next_up' });
  });
  it('takes lists as lists or with commas', () => {
    expect(validateQueueSearch({ rules: 'lost,damaged' }).rules).toEqual(['lost', 'damaged']);
    expect(validateQueueSearch({ rules: ['lost', 3] }).rules).toEqual(['lost']);
  });
  it('takes ages as numbers and drops what is none', () => {
    expect(validateQueueSearch({ minAge: '72', maxAge: 'old' })).toEqual({ view: 'next_up', minAge: 72 });
  });
});

describe('filterOf', () => {
  it('is nothing when nothing is filtered', () => {
    expect(filterOf({ view: 'mine', case: 'x' })).toBeUndefined();
  });
  it('speaks the names of the server', () => {
    expect(filterOf({ view: 'all', minAge: 24, owner: 'nobody' })).toEqual({ minAgeHours: 24, owner: 'nobody' });
  });
});
