import { describe, expect, it } from '@jest/globals';
import { moveTo, reanchor } from './anchoring';

const ids = (n: number, prefix = 'r'): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
const view = { viewHeight: 360, rowHeight: 36, isInHand: true };

describe('reanchor', () => {
  it('keeps the focused row on its pixel when rows arrive above it', () => {
    const before = ids(100);
    const result = reanchor({ before, after: [...ids(7, 'n'), ...before], focusedId: 'r12', scrollTop: 400, ...view });
    expect(result).toEqual({ scrollTop: 400 + 7 * 36, focusId: 'r12', isMoved: false });
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
    expect(result).toEqual({ scrollTop: 400, focusId: 'r14', isMoved: true });
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
    expect(reanchor({ before: ids(3), after: [], focusedId: 'r1', scrollTop: 0, ...view })).toEqual({ scrollTop: 0, focusId: null, isMoved: true });
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
