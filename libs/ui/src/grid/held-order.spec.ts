import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comparePending, extendOrder, goneFrom, hasPending, survivor } from './held-order';

describe('comparePending', () => {
  it('counts arrivals, those before the row in hand, and departures', () => {
    expect(comparePending(['a', 'b', 'c'], ['x', 'a', 'y', 'c', 'z'], 'c')).toEqual({ arrived: 3, beforeFocused: 2, left: 1, isReordered: false });
  });
  it('sees nothing when nothing has changed', () => {
    expect(hasPending(comparePending(['a', 'b'], ['a', 'b'], 'a'))).toBe(false);
  });
  it('sees a new order of the same rows', () => {
    expect(comparePending(['a', 'b', 'c'], ['b', 'a', 'c'], null)).toEqual({ arrived: 0, beforeFocused: 0, left: 0, isReordered: true });
  });
  it('does not take an arrival for a new order', () => {
    expect(comparePending(['a', 'b'], ['a', 'x', 'b'], null).isReordered).toBe(false);
  });
  it('says nothing about arrivals before a row that has left', () => {
    expect(comparePending(['a', 'b'], ['x', 'b'], 'a').beforeFocused).toBe(0);
  });
});

describe('goneFrom', () => {
  it('names what has left', () => {
    expect(goneFrom(['a', 'b', 'c'], ['a', 'c'])).toEqual(['b']);
    expect(goneFrom(['a', 'b', 'c'], ['a', 'b'])).toEqual(['c']);
  });
  it('does not take a row for gone that was only pushed below the end of a partial answer', () => {
    expect(goneFrom(['a', 'b', 'c', 'd'], ['x', 'a', 'c'], true)).toEqual(['b']);
    expect(comparePending(['a', 'b'], ['x', 'a'], null, true).left).toBe(0);
  });
});

describe('survivor', () => {
  it('stays on a row that is still there', () => {
    expect(survivor(['a', 'b'], ['b'], 'b')).toBe('b');
  });
  it('goes to the next surviving row, else to the one before', () => {
    expect(survivor(['a', 'b', 'c', 'd'], ['a', 'd'], 'b')).toBe('d');
    expect(survivor(['a', 'b', 'c'], ['a'], 'c')).toBe('a');
  });
  it('takes the first row when none of the old ones is left, and nothing from an empty list', () => {
    expect(survivor(['a'], ['x', 'y'], 'a')).toBe('x');
    expect(survivor(['a'], [], 'a')).toBeNull();
  });
});

describe('extendOrder', () => {
  it('adds what follows the last held row and leaves arrivals in between to wait', () => {
    expect(extendOrder(['a', 'gone', 'b'], ['x', 'a', 'y', 'b', 'c', 'd'])).toEqual(['a', 'gone', 'b', 'c', 'd']);
  });
  it('is the same list when nothing follows or nothing is shared', () => {
    const held = ['a', 'b'];
    expect(extendOrder(held, ['x', 'a', 'b'])).toBe(held);
    expect(extendOrder(held, ['x', 'y'])).toBe(held);
  });
});

describe('any change of a list', () => {
  const lists = fc.uniqueArray(fc.nat(30).map((n) => `r${n}`), { maxLength: 25 });
  it('nothing waits exactly when nothing has changed', () => {
    fc.assert(fc.property(lists, lists, (held, fresh) => expect(hasPending(comparePending(held, fresh, null))).toBe(held.join() !== fresh.join())));
  });
  it('counts every arrival and every departure once', () => {
    fc.assert(
      fc.property(lists, lists, fc.nat(), (held, fresh, n) => {
        const { arrived, left, beforeFocused } = comparePending(held, fresh, fresh[n % Math.max(1, fresh.length)] ?? null);
        expect(held.length - left + arrived).toBe(fresh.length);
        expect(beforeFocused).toBeLessThanOrEqual(arrived);
        expect(goneFrom(held, fresh)).toHaveLength(left);
      }),
    );
  });
  it('more of the same list never moves a held row', () => {
    fc.assert(fc.property(lists, lists, (held, fresh) => expect(extendOrder(held, fresh).slice(0, held.length)).toEqual(held)));
  });
});
