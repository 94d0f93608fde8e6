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
  it('keeps what says as usual, and leaves out what is none of its values', () => {
    expect(validateQueueSearch({ view: 'all', sort: 'due', group: 'none' })).toEqual({ view: 'all', sort: 'due', group: 'none' });
    expect(validateQueueSearch({ view: 'all', sort: 'weather', due: 'never', waits: 'god', feed: 'x', minValue: '-5' })).toEqual({ view: 'all' });
  });
  it('takes a number that is looked for as text', () => {
    expect(filterOf(validateQueueSearch({ view: 'all', text: 32160 }))).toEqual({ text: '32160' });
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
    expect(filterOf(validateQueueSearch({ wrote: '24', waits: 'carrier', feed: 'on_time', minValue: '5000', countries: 'DE,AT' }))).toEqual({ wroteWithinHours: 24, waitsFor: 'carrier', feedLate: false, minValue: 5000, countries: ['DE', 'AT'] });
  });
  it('says whose day is meant only where a day is', () => {
    expect(filterOf({ view: 'all', due: 'hour' })).toEqual({ due: 'hour' });
    expect(filterOf({ view: 'all', due: 'today' })).toEqual({ due: 'today', zone: expect.any(String) });
  });
});
