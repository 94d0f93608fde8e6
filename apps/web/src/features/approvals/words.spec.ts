import { describe, expect, it } from '@jest/globals';
import type { Remedy } from './api';
import { barFor, checksLine, doneWords, policySummary, stateWord } from './words';

const check = (verdict: string): Remedy['checks'][number] => ({ name: 'x', verdict, value: 'y', source: null });
const remedy = (more: Partial<Remedy> = {}): Remedy => ({
  id: 'r', number: 'AP-1', version: 1, revision: 1, kind: 'refund', state: 'proposed', amount: { minor: 12900, currency: 'EUR' }, reasonCode: 'lost', reason: 'Lost', lines: [],
  orderId: 'o', orderName: '#1', customer: null, orderTotal: null, refundable: null, alreadyRefunded: null, proposedBy: { id: 'ana', name: 'Ana' }, proposedAt: '', waitingSince: '',
  expiresAt: null, checks: [], evidence: [], approvals: [], approvalsNeeded: 1, declinedReason: null, voidReasons: [], executeAfter: null, executedAt: null, confirmedAt: null,
  reference: null, failure: null, caseReason: null, customerAfter: null, customerNow: null, allowedActions: [], ...more,
});

describe('policySummary', () => {
  it('says what wants a look, failures before doubts', () => {
    expect(policySummary(remedy({ checks: [check('pass'), check('fail'), check('fail'), check('unknown')] })).text).toBe('2 flags');
    expect(policySummary(remedy({ checks: [check('pass'), check('unknown')] })).text).toBe('Unknown');
    expect(policySummary(remedy({ checks: [check('pass')] })).text).toBe('All pass');
  });
  it('does not take a verdict it does not know for a pass', () => {
    expect(policySummary(remedy({ checks: [check('maybe')] })).tone).toBe('amber');
    expect(checksLine([check('pass'), check('maybe')])).toBe('1 pass, 1 unknown');
  });
});

describe('barFor', () => {
  it('lets nobody decide on what the server does not offer, or on an old picture', () => {
    const open = remedy({ allowedActions: [{ action: 'approve', allowed: true, why: null, needsApproval: false }] });
    expect(barFor(open, 'approve', true)).toBeUndefined();
    expect(barFor(open, 'approve', false)).toBe('Refresh to approve');
    expect(barFor(open, 'decline', true)).toBe('Not for you to decide');
    const own = remedy({ allowedActions: [{ action: 'approve', allowed: false, why: 'You asked for this yourself', needsApproval: false }] });
    expect(barFor(own, 'approve', true)).toBe('You asked for this yourself');
  });
});

describe('doneWords', () => {
  const by = { by: { id: 'm', name: 'M' }, at: '', decision: 'approved', reason: null };
  it('says when a second approval is still missing', () => {
    expect(doneWords('approve', remedy({ approvalsNeeded: 2, approvals: [by] }))).toContain('1 more needed');
    expect(doneWords('approve', remedy({ state: 'approved', approvals: [by] }))).toBe('Refund €129.00 approved for #1');
  });
  it('does not call approved what became void', () => {
    expect(doneWords('approve', remedy({ state: 'void', voidReasons: ['parcel delivered'] }))).toBe('AP-1 is void: parcel delivered');
  });
});

describe('stateWord', () => {
  it('is told from where one stands', () => {
    expect([stateWord(remedy(), 'm', true), stateWord(remedy(), 'ana', false), stateWord(remedy(), 'm', false)]).toEqual(['Waiting for you', 'You asked for this', 'Waiting for others']);
  });
});
