import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { notInView, rangeSelected, selectedShare, toggled, toggledAll } from './selection';

const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map((n) => `r${n}`), { maxLength: 20 });
const some = ids.map((list) => new Set(list));

describe('toggled', () => {
  it('twice is as before, and never changes what it was given', () => {
    fc.assert(
      fc.property(some, fc.constantFrom('r1', 'r2', 'r99'), (before, id) => {
        const copy = new Set(before);
        const once = toggled(before, id);
        expect(once.has(id)).toBe(!before.has(id));
        expect(toggled(once, id)).toEqual(before);
        expect(before).toEqual(copy);
      }),
    );
  });
});

describe('toggledAll', () => {
  it('selects all of them unless all were selected, and leaves others alone', () => {
    fc.assert(
      fc.property(some, ids, (before, list) => {
        const after = toggledAll(before, list);
        const wereAll = list.length > 0 && list.every((id) => before.has(id));
        for (const id of list) expect(after.has(id)).toBe(!wereAll);
        for (const id of before) if (!list.includes(id)) expect(after.has(id)).toBe(true);
      }),
    );
  });
});

describe('rangeSelected', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];
  const any = (): boolean => true;
  it('takes both ends, in either direction', () => {
    expect([...rangeSelected({ base: new Set(), order, from: 'b', to: 'd', canSelect: any })]).toEqual(['b', 'c', 'd']);
    expect([...rangeSelected({ base: new Set(), order, from: 'd', to: 'b', canSelect: any })].sort()).toEqual(['b', 'c', 'd']);
  });
  it('passes over rows that cannot be selected', () => {
    expect([...rangeSelected({ base: new Set(), order, from: 'a', to: 'c', canSelect: (id) => id !== 'b' })]).toEqual(['a', 'c']);
  });
  it('shrinks when it is taken back and keeps what was selected before it', () => {
    const base = new Set(['e']);
    expect([...rangeSelected({ base, order, from: 'a', to: 'c', canSelect: any })].sort()).toEqual(['a', 'b', 'c', 'e']);
    expect([...rangeSelected({ base, order, from: 'a', to: 'b', canSelect: any })].sort()).toEqual(['a', 'b', 'e']);
  });
  it('selects only rows of the list, and always the row it began at', () => {
    fc.assert(
      fc.property(some, ids.filter((list) => list.length > 0), fc.nat(), fc.nat(), (base, list, x, y) => {
        const from = list[x % list.length] ?? '';
        const to = list[y % list.length] ?? '';
        const after = rangeSelected({ base, order: list, from, to, canSelect: any });
        expect(after.has(from) && after.has(to)).toBe(true);
        for (const id of after) expect(base.has(id) || list.includes(id)).toBe(true);
        for (const id of base) expect(after.has(id)).toBe(true);
      }),
    );
  });
  it('changes nothing when one end is not on the list', () => {
    const base = new Set(['a']);
    expect(rangeSelected({ base, order, from: 'gone', to: 'd', canSelect: any })).toBe(base);
  });
});

describe('what is said of a selection', () => {
  it('counts what cannot be seen: hidden by a filter, or gone from the view', () => {
    expect(notInView(new Set(['a', 'b', 'z']), ['a', 'b', 'c'], new Set(['b']))).toBe(2);
    expect(notInView(new Set(), ['a'])).toBe(0);
  });
  it('says all, some or none of what can be selected; of an empty list none', () => {
    expect(selectedShare(new Set(['a', 'b', 'elsewhere']), ['a', 'b'])).toBe('all');
    expect(selectedShare(new Set(['a']), ['a', 'b'])).toBe('some');
    expect(selectedShare(new Set(['elsewhere']), ['a', 'b'])).toBe('none');
    expect(selectedShare(new Set(['a']), [])).toBe('none');
  });
});
