import { describe, expect, it } from '@jest/globals';
import { keptOrder, linesOf, placesOf } from './places';
import { placeKey, stuckSearch } from './search';

const group = (carrier: string, facility: string | null, count: number, feedLate = 0) => ({
  carrier,
  facility,
  count,
  feedLate,
  heat: [count, 0],
  lanes: [{ lane: 'in_transit', label: 'In transit', count, feedLate, heat: [count, 0] }],
});

describe('placesOf', () => {
  it('adds places up, worst first, and keeps what is only unknown apart', () => {
    const carriers = placesOf([group('gls', 'Neuenstein', 3), group('dhl', 'Leipzig', 2, 9), group('gls', null, 4, 1)]);
    expect(carriers.map(({ label, count, feedLate, heat }) => [label, count, feedLate, heat])).toEqual([
      ['gls', 7, 1, [7, 0]],
      ['dhl', 2, 9, [2, 0]],
    ]);
    expect(carriers[0]?.children.map((place) => [place.label, place.children[0]?.label])).toEqual([['Neuenstein', 'In transit']]);
  });
  it('keeps lines where they were while they are in hand, and adds what is new behind', () => {
    const before = placesOf([group('gls', 'A', 3), group('dhl', 'B', 2)]);
    const after = placesOf([group('gls', 'A', 3), group('gls', 'C', 9), group('dhl', 'B', 20), group('ups', 'D', 50)]);
    expect(after.map(({ label }) => label)).toEqual(['ups', 'dhl', 'gls']);
    const kept = keptOrder(after, before);
    expect(kept.map(({ label }) => label)).toEqual(['gls', 'dhl', 'ups']);
    expect(kept[0]?.children.map(({ label }) => label)).toEqual(['A', 'C']);
  });
});

describe('linesOf', () => {
  it('shows what is below an open line only, and says where each stands', () => {
    const nodes = placesOf([group('gls', 'A', 3), group('dhl', 'B', 2)]);
    const lines = linesOf(nodes, new Set([placeKey({ carrier: 'dhl' })]));
    expect(lines.map(({ node, at, of, isOpen }) => [node.label, at, of, isOpen])).toEqual([
      ['gls', 1, 2, false],
      ['dhl', 2, 2, true],
      ['B', 1, 1, false],
    ]);
  });
});

describe('stuckSearch', () => {
  it('leaves out what it does not understand, and a place without its carrier', () => {
    expect(stuckSearch({ carrier: 'gls', facility: ['7'], lane: 'in_transit', feedLate: 'yes', group: 'odd', odd: 1 })).toEqual({ carrier: 'gls' });
    expect(stuckSearch({ carrier: 'gls', facility: 7 })).toEqual({ carrier: 'gls', facility: '7' });
    expect(stuckSearch({ facility: 'Leipzig', feedLate: true, group: 'none' })).toEqual({ feedLate: true, group: 'none' });
    expect(stuckSearch({ carrier: 'dhl', facility: 'Leipzig', lane: 'in_transit' })).toEqual({ carrier: 'dhl', facility: 'Leipzig', lane: 'in_transit' });
  });
});
