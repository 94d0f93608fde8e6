import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadTexts } from '../../shared/i18n';
import { entryOfFact } from '../../shared/remedies/evidence';
import { batchItems, batchOf } from './decide/batch';
import { changesSince, voidDifference } from './panel/changes';
import type { Remedy } from './decide/decisions';
import { tabs } from './use-inbox';
import { barFor, checksLine, doneWords, policySummary, stateWord } from './words';

const check = (verdict: string): Remedy['checks'][number] => ({ name: 'x', verdict, value: 'y', source: null });
const remedy = (more: Partial<Remedy> = {}): Remedy => ({
  id: 'r', number: 'AP-1', version: 1, revision: 1, kind: 'refund', state: 'proposed', amount: { minor: 12900, currency: 'EUR' }, reasonCode: 'lost', reason: 'Lost', lines: [],
  orderId: 'o', orderName: '#1', customer: null, orderTotal: null, refundable: null, alreadyRefunded: null, proposedBy: { id: 'ana', name: 'Ana' }, proposedAt: '', waitingSince: '',
  expiresAt: null, checks: [], evidence: [], approvals: [], approvalsNeeded: 1, declinedReason: null, voidReasons: [], questions: [], pausedAt: null, escalatedAt: null, unseenAt: null, policyVersion: 1, editedBy: [], executeAfter: null, executedAt: null, confirmedAt: null,
  reference: null, failure: null, factsHash: 'h', clean: true, cohortId: null, cohortCause: null, exception: null, delivery: null, caseReason: null, customerAfter: null, customerNow: null, allowedActions: [], ...more,
});

beforeAll(() => loadTexts('approvals', 'remedies'));

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
  it('lets nobody decide on what changed since they read it, but lets them ask about it', () => {
    const open = remedy({ allowedActions: ['approve', 'decline', 'ask'].map((action) => ({ action, allowed: true, why: null, needsApproval: false })) });
    expect((['approve', 'decline', 'ask'] as const).map((action) => barFor(open, action, true, true))).toEqual(['Read first what has changed', 'Read first what has changed', undefined]);
  });
});

describe('doneWords', () => {
  const by = { by: { id: 'm', name: 'M' }, at: '', onBehalfOf: null, decision: 'approved', reason: null };
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

describe('changesSince', () => {
  it('names what another revision says otherwise, the amount first', () => {
    const now = remedy({ revision: 2, amount: { minor: 8900, currency: 'EUR' }, reason: 'Lost twice', reasonCode: 'late' });
    expect(changesSince(remedy(), now)).toEqual([
      { label: 'Amount', before: '€129.00', after: '€89.00' },
      { label: 'Reason', before: 'Lost by the carrier', after: 'Too late' },
      { label: 'In words', before: 'Lost', after: 'Lost twice' },
    ]);
  });
  it('never calls a new revision nothing', () => {
    expect(changesSince(remedy(), remedy({ revision: 2 }))).toEqual([{ label: 'Revision', before: '1', after: '2' }]);
  });
});

describe('voidDifference', () => {
  it('is three lines, each before and after, and says how many more', () => {
    const reasons = ['Parcel: lost → delivered', 'Order: cancelled', 'Refundable now: EUR 76.00 → EUR 56.00', 'Remedies: 0 → 1'];
    expect(voidDifference(reasons)).toEqual({
      more: 1,
      changes: [{ label: 'Parcel', before: 'lost', after: 'delivered' }, { label: 'Order: cancelled', before: '', after: '' }, { label: 'Refundable now', before: 'EUR 76.00', after: 'EUR 56.00' }],
    });
  });
});

describe('a batch', () => {
  const may = (allowed: boolean, why: string | null = null) => ({ allowedActions: [{ action: 'approve_batch', allowed, why, needsApproval: false }] });
  it('holds what the server lets go together, says why the rest does not, and adds up per currency', () => {
    const clean = remedy({ id: 'a', amount: { minor: 1000, currency: 'EUR' }, ...may(true) });
    const { ready, left, totals } = batchOf([clean, { ...clean, id: 'b' }, { ...clean, id: 'c', amount: { minor: 500, currency: 'USD' } }, remedy({ id: 'd', ...may(false, 'A rule failed.') }), remedy({ id: 'e' }), { ...clean, id: 'f', amount: null }]);
    expect([ready.map(({ id }) => id), left.map(({ why }) => why)]).toEqual([['a', 'b', 'c'], ['A rule failed.', 'Not for you to decide', 'Not for you to decide']]);
    expect(totals).toEqual([{ minor: 2000, currency: 'EUR' }, { minor: 500, currency: 'USD' }]);
    expect(batchItems(ready)[0]).toEqual({ remedyId: 'a', revision: 1, amountMinor: 1000, currency: 'EUR', factsHash: 'h' });
  });
  it('is no longer than the server takes', () => {
    const many = Array.from({ length: 51 }, (_, i) => remedy({ id: `r${i}`, ...may(true) }));
    expect(batchOf(many).left).toEqual([{ remedy: many[50], why: 'At most 50 go together.' }]);
  });
});

describe('evidence', () => {
  it('is found by its fact, inside a fold and as a contradiction', () => {
    const rows = [{ id: 'contradiction:c' }, { id: 'fold', folded: [{ id: 'a' }] }, { id: 'b' }];
    expect(['a', 'b', 'c', 'd'].map((id) => entryOfFact(rows, id)?.id)).toEqual(['a', 'b', 'contradiction:c', undefined]);
  });
});

describe('the headings', () => {
  const page = (more: object) => ({ forMe: [], waitingForOthers: [], failed: [], decided: [], cohorts: [], generatedAt: '', seq: null, ...more });
  const idsOf = (id: string, of: ReturnType<typeof page>, meId: string): string[] | undefined => tabs.find((tab) => tab.id === id)?.pick(of, meId).map((each) => each.id);
  it('put whoever waits longest first, then what lapses first', () => {
    const forMe = [remedy({ id: 'new', waitingSince: '2026-11-20T10:00:00Z' }), remedy({ id: 'late', waitingSince: '2026-11-19T10:00:00Z', expiresAt: '2026-11-23T11:00:00Z' }), remedy({ id: 'soon', waitingSince: '2026-11-19T10:00:00Z', expiresAt: '2026-11-23T10:00:00Z' })];
    expect(idsOf('for-me', page({ forMe }), 'm')).toEqual(['soon', 'late', 'new']);
  });
  it('show a question to whom it is asked as theirs, and to all others as open', () => {
    const of = page({ forMe: [remedy({ id: 'asked', pausedAt: '2026-11-20T10:00:00Z' }), remedy({ id: 'plain' })] });
    expect([idsOf('for-me', of, 'ana'), idsOf('for-me', of, 'm'), idsOf('asked', of, 'm'), idsOf('asked', of, 'ana')]).toEqual([['plain', 'asked'], ['plain'], ['asked'], []]);
  });
});
