import { describe, expect, it } from '@jest/globals';
import { byCarrier } from './groups';
import { stuckSearch } from './use-stuck';

describe('byCarrier', () => {
  it('adds facilities up, worst first, and keeps what is only unknown apart', () => {
    const groups = byCarrier([
      { carrier: 'GLS', facility: 'Neuenstein', count: 3, feedLate: 0 },
      { carrier: 'DHL', facility: 'Leipzig', count: 2, feedLate: 9 },
      { carrier: 'GLS', facility: null, count: 4, feedLate: 1 },
    ]);
    expect(groups.map((group) => [group.carrier, group.count, group.feedLate])).toEqual([['GLS', 7, 1], ['DHL', 2, 9]]);
    expect(groups[0]?.facilities.map((each) => each.facility)).toEqual([null, 'Neuenstein']);
  });
});

describe('stuckSearch', () => {
  it('leaves out what it does not understand', () => {
    expect(stuckSearch({ carrier: 'GLS', facility: 7, feedLate: 'yes', odd: 1 })).toEqual({ carrier: 'GLS' });
  });
});
