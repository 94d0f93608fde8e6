import { describe, expect, it } from '@jest/globals';
import { timeLeft } from './queue-foot';

describe('timeLeft', () => {
  it('says how long what waits takes, where that is worth saying', () => {
    expect(timeLeft(312, 48)).toBe(6.5 * 3_600_000);
    expect([timeLeft(10, 48), timeLeft(9_999, 1), timeLeft(312, 0), timeLeft(312, undefined)]).toEqual([undefined, undefined, undefined, undefined]);
  });
});
