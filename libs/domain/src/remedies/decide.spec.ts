import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterAttempt, approve, callBack, confirm, decline, lapse, startExecution } from './decide.js';
import type { Decision } from './decision.js';
import { defaultRemedyPolicy as policy } from './policy.js';
import type { Actor, Remedy } from './remedy.js';

const NOW = Date.UTC(2026, 0, 1);
const proposed: Remedy = {
  kind: 'refund', state: 'proposed', revision: 1, amount: { minor: 5000, currency: 'EUR' }, factsHash: 'h1', proposedBy: 'ana', editors: ['ana'],
  approvals: [], approvalsNeeded: 1, expiresAt: null, executeAfter: null,
};
const clara: Actor = { id: 'clara', role: 'manager' };
const yes = (actor: Actor, more: object = {}) => ({ actor, revision: 1, amountMinor: 5000, factsHash: 'h1', now: NOW, ...more });
const next = (decision: Decision): Remedy => {
  if (!decision.ok) throw new Error(decision.why);
  return decision.next;
};

describe('remedy decisions', () => {
  it('refuses the proposer and everybody but managers, admins included', () => {
    for (const actor of [{ id: 'ana', role: 'manager' }, { id: 'ben', role: 'agent' }, { id: 'lena', role: 'lead' }, { id: 'jonas', role: 'admin' }] as const) {
      expect(approve(proposed, yes(actor), policy)).toMatchObject({ ok: false, kind: 'forbidden' });
      expect(decline(proposed, actor, 'no')).toMatchObject({ ok: false, kind: 'forbidden' });
    }
  });

  it('executes nothing but what was read', () => {
    expect(approve(proposed, yes(clara, { revision: 2 }), policy)).toMatchObject({ ok: false, kind: 'conflict' });
    expect(approve(proposed, yes(clara, { amountMinor: 5001 }), policy)).toMatchObject({ ok: false, kind: 'conflict' });
    expect(next(approve(proposed, yes(clara, { factsHash: 'h2' }), policy)).state).toBe('void');
    expect(next(startExecution({ ...next(approve(proposed, yes(clara), policy)) }, 'h2', NOW + 30_000)).state).toBe('void');
  });

  it('needs two different managers above the second limit', () => {
    const large: Remedy = { ...proposed, approvalsNeeded: 2 };
    const once = next(approve(large, yes(clara), policy));
    expect(once.state).toBe('proposed');
    expect(approve(once, yes(clara), policy)).toMatchObject({ ok: false });
    expect(next(approve(once, yes({ id: 'tomas', role: 'manager' }), policy)).state).toBe('approved');
  });

  it('can be called back until it is executed, and then needs a new approval', () => {
    const approved = next(approve(proposed, yes(clara), policy));
    const back = next(callBack(approved, clara, NOW + 29_999));
    expect(back).toMatchObject({ state: 'proposed', revision: 2, approvals: [] });
    expect(callBack(approved, clara, NOW + 30_000)).toMatchObject({ ok: false });
    expect(approve(back, yes(clara), policy)).toMatchObject({ ok: false, kind: 'conflict' });
  });

  it('lapses when nobody answered, and only then', () => {
    const waiting: Remedy = { ...proposed, expiresAt: NOW + 1 };
    expect(lapse(waiting, NOW)).toMatchObject({ ok: false });
    expect(next(lapse(waiting, NOW + 1)).state).toBe('declined');
    expect(approve(waiting, yes(clara, { now: NOW + 1 }), policy)).toMatchObject({ ok: false, kind: 'conflict' });
    expect(lapse(next(approve(waiting, yes(clara), policy)), NOW + 1)).toMatchObject({ ok: false });
  });

  it('never treats unknown as failed, and lets an echo settle it', () => {
    const executing = next(startExecution(next(approve(proposed, yes(clara), policy)), 'h1', NOW + 30_000));
    expect(next(afterAttempt(executing, 'unknown')).state).toBe('executing');
    expect(next(confirm(executing)).state).toBe('confirmed');
    expect(decline(executing, clara, 'late')).toMatchObject({ ok: false });
  });

  it('whatever happens in whatever order, it starts at most once and only with valid approvals of other people', () => {
    const people: Actor[] = [{ id: 'ana', role: 'manager' }, clara, { id: 'tomas', role: 'manager' }, { id: 'ben', role: 'agent' }, { id: 'jonas', role: 'admin' }];
    const step = fc.record({ verb: fc.constantFrom('approve', 'decline', 'callBack', 'start', 'result', 'confirm', 'edit'), person: fc.nat(4), facts: fc.constantFrom('h1', 'h2'), wait: fc.nat(40_000), result: fc.constantFrom('done' as const, 'refused' as const, 'unknown' as const, 'undecidable' as const) });
    fc.assert(fc.property(fc.constantFrom(1, 2), fc.array(step, { maxLength: 40 }), (needed, steps) => {
      let remedy: Remedy = { ...proposed, approvalsNeeded: needed };
      let [now, started] = [NOW, 0];
      for (const { verb, person, facts, wait, result } of steps) {
        now += wait;
        const actor = people[person] ?? clara;
        const decision: Decision = {
          approve: () => approve(remedy, { actor, revision: remedy.revision, amountMinor: remedy.amount?.minor ?? null, factsHash: facts, now }, policy),
          decline: () => decline(remedy, actor, 'because'), callBack: () => callBack(remedy, actor, now), start: () => startExecution(remedy, facts, now),
          result: () => afterAttempt(remedy, result), confirm: () => confirm(remedy),
          edit: (): Decision => (remedy.state === 'proposed' ? { ok: true, next: { ...remedy, revision: remedy.revision + 1, approvals: [], editors: [...remedy.editors, actor.id] } } : { ok: false, kind: 'conflict', why: '' }),
        }[verb]();
        if (!decision.ok) continue;
        if (verb === 'start' && decision.next.state === 'executing') {
          started += 1;
          const valid = new Set(remedy.approvals.filter((a) => a.revision === remedy.revision).map((a) => a.personId));
          for (const editor of remedy.editors) valid.delete(editor);
          expect(valid.size).toBeGreaterThanOrEqual(needed);
          expect(facts).toBe('h1');
        }
        remedy = decision.next;
      }
      expect(started).toBeLessThanOrEqual(1);
    }), { numRuns: 2000 });
  });
});
