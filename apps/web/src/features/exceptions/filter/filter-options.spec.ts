import { describe, expect, it } from '@jest/globals';
import { fields } from './filter-fields';
import { chipsOf, without } from './filter-chips';
import { optionsOf } from './filter-options';
import { validateQueueSearch, type QueueSearch } from '../search';

const bare: QueueSearch = { view: 'all' };
const facetOf = (...options: [string, number][]) => ({ options: options.map(([value, count]) => ({ value, count })), total: 9, isCapped: false, generatedAt: '2026-01-01T00:00:00Z' });
const ask = (field: (typeof fields)[number], search: QueueSearch, ...options: [string, number][]) => optionsOf({ field, search, facet: facetOf(...options), people: [{ id: 'p1', name: 'Ana' }], currency: 'EUR' });

describe('the options of a filter', () => {
  it('make a chip when chosen, which is gone when they are chosen again or it is taken away', () => {
    for (const field of fields) {
      for (const option of ask(field, bare, ['5000', 3], ['dhl', 2], ['true', 1])) {
        const search = validateQueueSearch({ ...bare, ...option.change });
        expect([field, chipsOf(search).map(({ id }) => id)]).toEqual([field, [field]]);
        expect(validateQueueSearch({ ...search, ...without[field] })).toEqual(bare);
        const again = ask(field, search, ['5000', 3], ['dhl', 2], ['true', 1]).find(({ id }) => id === option.id);
        expect([field, again?.isOn]).toEqual([field, true]);
        expect(validateQueueSearch({ ...search, ...again?.change })).toEqual(bare);
      }
    }
  });
  it('stand by how many cases they leave, and keep in sight what was chosen though it leaves none', () => {
    expect(ask('carriers', { view: 'all', carriers: ['DHL Express'] }, ['gls', 2], ['dhl', 5]).map(({ id, count, isOn }) => [id, count, isOn])).toEqual([['dhl', 5, false], ['gls', 2, false], ['dhl_express', 0, true]]);
  });
});
