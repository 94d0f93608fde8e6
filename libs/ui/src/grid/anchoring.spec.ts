import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { moveTo, reanchor } from './anchoring';

const ids = (n: number, prefix = 'r'): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
const view = { viewHeight: 360, rowHeight: 36, isInHand: true };

describe('reanchor', () => {
  it('keeps the focused row on its pixel when rows arrive above it', () => {
    const before = ids(100);
    const result = reanchor({ before, after: [...ids(7, 'n'), ...before], focusedId: 'r12', scrollTop: 400, ...view });
    expect(result).toEqual({ scrollTop: 400 + 7 * 36, roomAbove: 0, roomBelow: 0, focusId: 'r12', isMoved: false });
  });
  it('keeps the first shown row when the focused one is out of sight', () => {
    const before = ids(100);
    const result = reanchor({ before, after: before.filter((id) => id !== 'r0'), focusedId: 'r90', scrollTop: 720, ...view });
    expect(result.scrollTop).toBe(720 - 36);
    expect(result.focusId).toBe('r90');
  });
  it('hands focus to the next surviving row and puts that one on the pixel', () => {
    const before = ids(100);
    const after = before.filter((id) => id !== 'r12' && id !== 'r13');
    const result = reanchor({ before, after, focusedId: 'r12', scrollTop: 400, ...view });
    expect(result).toEqual({ scrollTop: 400, roomAbove: 0, roomBelow: 0, focusId: 'r14', isMoved: true });
  });
  it('stays at the top of a list that nobody touches, so that what comes in is seen', () => {
    const before = ids(100);
    const after = ['n', ...before];
    expect(reanchor({ before, after, focusedId: 'r0', scrollTop: 0, ...view, isInHand: false }).scrollTop).toBe(0);
    expect(reanchor({ before, after, focusedId: 'r0', scrollTop: 0, ...view }).scrollTop).toBe(36);
    expect(reanchor({ before, after, focusedId: 'r0', scrollTop: 72, ...view, isInHand: false }).scrollTop).toBe(108);
  });
  it('never scrolls past the ends', () => {
    expect(reanchor({ before: ids(100), after: ids(5), focusedId: null, scrollTop: 2000, ...view }).scrollTop).toBe(0);
    expect(reanchor({ before: ids(3), after: [], focusedId: 'r1', scrollTop: 0, ...view })).toEqual({ scrollTop: 0, roomAbove: 0, roomBelow: 0, focusId: null, isMoved: true });
  });
});

describe('the row in hand', () => {
  const shuffled = (list: readonly string[]): fc.Arbitrary<string[]> => fc.shuffledSubarray([...list], { minLength: list.length });
  const before = ids(40);
  const some = fc.subarray(before, { minLength: 1 }).chain((kept) => shuffled([...kept, ...ids(15, 'n')]));
  /** So few that the list becomes shorter than the room it has. */
  const few = fc.subarray(before, { minLength: 1, maxLength: 4 });
  it('stays on its pixel through any change while it is on the list, focused or under the pointer', () => {
    fc.assert(
      fc.property(fc.oneof(some, few), fc.nat(39), fc.integer({ min: 0, max: 40 * 36 - 360 }), fc.boolean(), (after, at, scrollTop, isFocused) => {
        const id = before[at] ?? '';
        const isSeen = (at + 1) * 36 > scrollTop && at * 36 < scrollTop + 360;
        fc.pre(isSeen && after.includes(id));
        const result = reanchor({ before, after, focusedId: isFocused ? id : null, hoveredId: isFocused ? null : id, scrollTop, ...view });
        expect(result.roomAbove + after.indexOf(id) * 36 - result.scrollTop).toBe(at * 36 - scrollTop);
        const highest = Math.max(0, result.roomAbove + after.length * 36 + result.roomBelow - 360);
        expect(result.scrollTop).toBeGreaterThanOrEqual(0);
        expect(result.scrollTop).toBeLessThanOrEqual(highest);
      }),
    );
  });
  it('stays on its pixel when the list becomes shorter than the screen, with room kept free below', () => {
    const result = reanchor({ before, after: ['r28', 'r29', 'r30', 'r31'], focusedId: 'r31', scrollTop: 1110, ...view });
    expect(result).toMatchObject({ scrollTop: 3 * 36 - (31 * 36 - 1110), roomAbove: 0 });
    // All of it can be scrolled so far.
    expect(4 * 36 + result.roomBelow - 360).toBe(result.scrollTop);
    // One that was merely the first to be seen needs no room.
    expect(reanchor({ before, after: ['r30'], focusedId: null, scrollTop: 1000, ...view })).toMatchObject({ scrollTop: 0, roomBelow: 0 });
  });
  it('hands over to a row of the list, or to none when the list is empty', () => {
    fc.assert(
      fc.property(fc.subarray(before), fc.nat(39), fc.integer({ min: 0, max: 1000 }), (after, at, scrollTop) => {
        const { focusId } = reanchor({ before, after, focusedId: before[at] ?? '', scrollTop, ...view });
        if (after.length === 0) expect(focusId).toBeNull();
        else expect(after).toContain(focusId);
      }),
    );
  });
});

describe('moveTo', () => {
  it('moves by one, by page and to the ends, and stops there', () => {
    expect(['j', 'k', 'Home', 'End', 'PageDown', 'PageUp'].map((key) => moveTo(key, 5, 10, 4))).toEqual([6, 4, 0, 9, 9, 1]);
    expect(moveTo('j', 9, 10, 4)).toBe(9);
    expect(moveTo('j', -1, 10, 4)).toBe(0);
  });
  it('leaves other keys and empty lists alone', () => {
    expect(moveTo('c', 5, 10, 4)).toBeUndefined();
    expect(moveTo('j', -1, 0, 4)).toBeUndefined();
  });
});
