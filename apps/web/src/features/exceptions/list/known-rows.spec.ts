import { describe, expect, it } from '@jest/globals';
import type { CaseRow } from '../../../shared/cases/types';
import { learn, trim } from './known-rows';

const rowOf = (id: string, version: number, state = 'new'): CaseRow => ({ id, version, state }) as unknown as CaseRow;

describe('what is known of the rows of a list', () => {
  it('is not made older by a list that was asked for before the act was answered', () => {
    const taken = learn(new Map(), [rowOf('a', 3)], [rowOf('a', 4, 'claimed')]);
    expect(learn(taken, [rowOf('a', 3)], []).get('a')).toEqual(rowOf('a', 4, 'claimed'));
  });

  it('takes the same version again, as when what was foreseen is taken back, and every newer one', () => {
    const known = learn(new Map(), [rowOf('a', 3, 'claimed')]);
    expect(learn(known, [rowOf('a', 3)]).get('a')).toEqual(rowOf('a', 3));
    expect(learn(known, [rowOf('a', 5)]).get('a')).toEqual(rowOf('a', 5));
  });

  it('forgets rows that nobody lists any more, the longest known first, but none that is listed', () => {
    const known = learn(new Map(), Array.from({ length: 1100 }, (_, i) => rowOf(String(i), 1)));
    const kept = trim(known, ['0', '1']);
    expect(kept.size).toBe(502);
    expect([kept.has('0'), kept.has('2'), kept.has('1099')]).toEqual([true, false, true]);
  });
});
