import { describe, expect, it } from '@jest/globals';
import { secondsLeft } from './call-back';

const APPROVED = Date.parse('2026-11-20T10:00:00.000Z');
const approval = (at: number) => ({ by: { id: 'c', name: 'Clara' }, onBehalfOf: null, at: new Date(at).toISOString(), decision: 'approved', reason: null });
const remedy = { executeAfter: new Date(APPROVED + 30_000).toISOString(), approvals: [approval(APPROVED - 60_000), approval(APPROVED)] };

describe('the time to call it back', () => {
  it('is never told longer than the hold, however late the clock here is', () => {
    expect([0, 400, 1_000, 29_001].map((after) => secondsLeft(remedy, APPROVED + after))).toEqual([30, 30, 29, 1]);
    expect([-1, -700, -5_000].map((after) => secondsLeft(remedy, APPROVED + after))).toEqual([30, 30, 30]);
  });
});
