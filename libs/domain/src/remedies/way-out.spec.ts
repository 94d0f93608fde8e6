import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { APPROVAL_LASTS, approve, lapse, startExecution } from './decide.js';
import { lookUp, type LookUpFinding } from './look-up.js';
import { holdsLosses, lossesOf } from './losses.js';
import { defaultRemedyPolicy as policy } from './policy.js';
import type { Actor, Remedy, RemedyState } from './remedy.js';
import { answerQuestion, askBack, editProposal, retryFailed, withdrawProposal } from './revise.js';

const NOW = Date.UTC(2026, 0, 1);
const base: Remedy = {
  kind: 'refund', state: 'proposed', revision: 3, amount: { minor: 5_000, currency: 'EUR' }, factsHash: 'h', proposedBy: 'ana', editors: ['ana'],
  approvals: [], approvalsNeeded: 1, expiresAt: NOW + 1_000, executeAfter: null,
};
const renewal = { factsHash: 'h2', approvalsNeeded: 2, expiresAt: NOW + 9_000 };
const ana: Actor = { id: 'ana', role: 'agent' };
const clara: Actor = { id: 'clara', role: 'manager' };
const by = (personId: string, at = NOW) => ({ personId, at, revision: 3, factsHash: 'h' });
const STATES: RemedyState[] = ['proposed', 'approved', 'executing', 'executed', 'confirmed', 'failed', 'declined', 'void', 'needs_human'];

describe('looking up what came of a remedy', () => {
  const lost: Remedy = { ...base, state: 'needs_human', approvals: [by('clara')] };
  const found = (finding: LookUpFinding, actor: Actor = { id: 'tomas', role: 'manager' }, more: object = {}) => lookUp(lost, { actor, finding, reason: 'Seen in the shop', renewal, others: 1, ...more });

  it('ends in one of three ways, and asks anew only with new approvals', () => {
    expect(found({ is: 'happened', reference: '9001' })).toMatchObject({ ok: true, next: { state: 'executed' } });
    expect(found({ is: 'give_up' })).toMatchObject({ ok: true, next: { state: 'declined' } });
    expect(found({ is: 'retry' })).toMatchObject({ ok: true, next: { state: 'proposed', revision: 4, approvals: [], executeAfter: null, ...renewal } });
  });

  it('is done by a manager who neither asked nor, while there is another, approved', () => {
    for (const actor of [ana, { id: 'lena', role: 'lead' }, { id: 'jonas', role: 'admin' }, { id: 'ana', role: 'manager' }] as const) expect(found({ is: 'give_up' }, actor)).toMatchObject({ ok: false, kind: 'forbidden' });
    expect(found({ is: 'give_up' }, clara)).toMatchObject({ ok: false, kind: 'forbidden' });
    expect(found({ is: 'give_up' }, clara, { others: 0 })).toMatchObject({ ok: true });
  });

  it('needs a reason, and a reference for what happened', () => {
    expect(found({ is: 'give_up' }, undefined, { reason: ' ' })).toMatchObject({ ok: false, kind: 'invalid' });
    for (const reference of ['', '  ', 'x'.repeat(201)]) expect(found({ is: 'happened', reference })).toMatchObject({ ok: false, kind: 'invalid' });
  });

  it.each(STATES.filter((state) => state !== 'needs_human'))('is refused for what is %s', (state) => {
    expect(lookUp({ ...lost, state, approvals: [] }, { actor: clara, finding: { is: 'retry' }, reason: 'x', renewal, others: 1 })).toMatchObject({ ok: false, kind: 'conflict' });
  });
});

describe('a proposal', () => {
  it('is changed by who asked for it alone, and then by nobody else approved as it was', () => {
    const change = { ...renewal, actor: ana, seen: 3, amount: { minor: 1, currency: 'EUR' } };
    expect(editProposal({ ...base, approvals: [by('clara')], pausedAt: NOW }, change)).toMatchObject({ ok: true, next: { revision: 4, approvals: [], amount: { minor: 1 }, factsHash: 'h2', approvalsNeeded: 2, pausedAt: null } });
    expect(editProposal(base, { ...change, seen: 2 })).toMatchObject({ ok: false, kind: 'conflict' });
    expect(editProposal(base, { ...change, actor: clara })).toMatchObject({ ok: false, kind: 'forbidden' });
    for (const state of STATES.filter((s) => s !== 'proposed')) expect(editProposal({ ...base, state }, change)).toMatchObject({ ok: false, kind: 'conflict' });
    expect(withdrawProposal(base, ana, 3)).toMatchObject({ ok: true, next: { state: 'declined' } });
    expect(withdrawProposal(base, clara, 3)).toMatchObject({ ok: false, kind: 'forbidden' });
  });

  it('tried again after it failed keeps nothing of its approvals', () => {
    const failed: Remedy = { ...base, state: 'failed', approvals: [by('clara')] };
    expect(retryFailed(failed, ana, 3, renewal)).toMatchObject({ ok: true, next: { state: 'proposed', revision: 4, approvals: [], ...renewal } });
    expect(retryFailed(failed, { id: 'ben', role: 'agent' }, 3, renewal)).toMatchObject({ ok: false, kind: 'forbidden' });
    expect(retryFailed(failed, { id: 'jonas', role: 'admin' }, 3, renewal)).toMatchObject({ ok: false, kind: 'forbidden' });
    expect(retryFailed(failed, ana, 2, renewal)).toMatchObject({ ok: false, kind: 'conflict' });
    expect(retryFailed({ ...base, state: 'needs_human' }, ana, 3, renewal)).toMatchObject({ ok: false, kind: 'conflict' });
  });

  it('has all the time that was left of it, however long a question stood open', () => {
    fc.assert(fc.property(fc.nat(900), fc.nat(10_000_000), (askedAfter, openFor) => {
      const asked = askBack(base, clara, 'Which parcel?', NOW + askedAfter);
      if (!asked.ok) throw new Error(asked.why);
      const at = NOW + askedAfter + openFor;
      expect(lapse(asked.next, at)).toMatchObject({ ok: false });
      const answered = answerQuestion(asked.next, ana, 'The second', at);
      if (!answered.ok) throw new Error(answered.why);
      const left = 1_000 - askedAfter;
      expect(lapse(answered.next, at + left - 1)).toMatchObject({ ok: false });
      expect(lapse(answered.next, at + left)).toMatchObject({ ok: true });
    }));
  });

  it('is asked about by who may decide, once at a time, and answered by who asked for it or a lead', () => {
    expect(askBack(base, ana, 'x', NOW)).toMatchObject({ ok: false, kind: 'forbidden' });
    expect(askBack(base, clara, ' ', NOW)).toMatchObject({ ok: false, kind: 'invalid' });
    expect(askBack({ ...base, pausedAt: NOW }, clara, 'x', NOW)).toMatchObject({ ok: false, kind: 'conflict' });
    expect(askBack(base, clara, 'x', NOW + 1_000)).toMatchObject({ ok: false, kind: 'conflict' });
    expect(answerQuestion({ ...base, pausedAt: NOW }, clara, 'x', NOW)).toMatchObject({ ok: false, kind: 'forbidden' });
    expect(answerQuestion({ ...base, pausedAt: NOW }, { id: 'lena', role: 'lead' }, 'x', NOW)).toMatchObject({ ok: true });
    expect(answerQuestion(base, ana, 'x', NOW)).toMatchObject({ ok: false, kind: 'conflict' });
    expect(approve({ ...base, pausedAt: NOW }, { actor: clara, revision: 3, amountMinor: 5_000, factsHash: 'h', now: NOW + 5_000 }, policy)).toMatchObject({ ok: true, next: { state: 'approved', pausedAt: null } });
  });
});

describe('an approval', () => {
  const approved: Remedy = { ...base, state: 'approved', approvals: [by('clara')], executeAfter: NOW };

  it('goes with the role of who gave it, and with time', () => {
    expect(startExecution(approved, 'h', NOW, new Set(['clara']))).toMatchObject({ ok: true, next: { state: 'executing' } });
    expect(startExecution(approved, 'h', NOW, new Set())).toMatchObject({ ok: true, next: { state: 'proposed', approvals: [], revision: 4, executeAfter: null } });
    expect(startExecution(approved, 'h', NOW + APPROVAL_LASTS, new Set(['clara']))).toMatchObject({ ok: true, next: { state: 'executing' } });
    expect(startExecution(approved, 'h', NOW + APPROVAL_LASTS + 1, new Set(['clara']))).toMatchObject({ ok: true, next: { state: 'proposed' } });
  });
});

describe('losses', () => {
  it('are held by what is open, and shared by remedies of one kind or of one line', () => {
    expect(STATES.filter(holdsLosses)).toEqual(['proposed', 'approved', 'executing', 'needs_human']);
    expect(lossesOf({ kind: 'reship' }, [{ lineId: '2', quantity: 1 }, { lineId: '1', quantity: 1 }, { lineId: '2', quantity: 1 }])).toEqual(['kind:reship', 'line:1', 'line:2']);
  });
});
