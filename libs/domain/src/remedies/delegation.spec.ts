import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY } from '../shared/time.js';
import { approve, barFor, startExecution } from './decide.js';
import { barToDelegate, headsOf, LONGEST_DELEGATION } from './delegation.js';
import { defaultRemedyPolicy as policy } from './policy.js';
import type { Actor, PersonRole, Remedy } from './remedy.js';

const NOW = Date.UTC(2026, 0, 1);
const asked: Remedy = {
  kind: 'refund', state: 'proposed', revision: 1, amount: { minor: 5_000, currency: 'EUR' }, factsHash: 'h', proposedBy: 'ana', editors: ['ana'], approvals: [], approvalsNeeded: 2, expiresAt: null, executeAfter: null,
};
const yes = (actor: Actor, onBehalfOf: string | null = null) => ({ actor, revision: 1, amountMinor: 5_000, factsHash: 'h', now: NOW, onBehalfOf });
const lead = (...standsFor: string[]): Actor => ({ id: 'lena', role: 'lead', standsFor });

describe('deciding in a manager’s stead', () => {
  it('is given by being named, and by nothing else; an admin is named by nobody', () => {
    expect(barFor(asked, lead())).toBe('Only a manager decides on remedies.');
    expect(barFor(asked, lead('clara'))).toBeUndefined();
    expect(barFor(asked, { id: 'jonas', role: 'admin', standsFor: ['clara'] })).toBe('Only a manager decides on remedies.');
  });

  it('never reaches one’s own, nor what the manager asked for or edited', () => {
    expect(barFor({ ...asked, proposedBy: 'lena' }, lead('clara'))).toContain('asked for this yourself');
    expect(barFor({ ...asked, editors: ['lena'] }, lead('clara'))).toContain('edited');
    expect(barFor({ ...asked, proposedBy: 'clara' }, lead('clara'))).toContain('Whoever you stand in for');
    expect(barFor({ ...asked, editors: ['clara'] }, lead('clara'))).toContain('Whoever you stand in for');
    expect(approve({ ...asked, proposedBy: 'clara' }, yes(lead('clara', 'tomas')), policy)).toMatchObject({ ok: true, next: { approvals: [{ onBehalfOf: 'tomas' }] } });
  });

  it('counts as one with the manager, whoever comes first', () => {
    const clara: Actor = { id: 'clara', role: 'manager' };
    for (const [first, second] of [[lead('clara'), clara], [clara, lead('clara')]] as const) {
      const once = approve(asked, yes(first), policy);
      expect(once).toMatchObject({ ok: true, next: { state: 'proposed' } });
      if (once.ok) expect(approve(once.next, yes(second), policy)).toMatchObject({ ok: false, kind: 'conflict' });
      if (once.ok) expect(approve(once.next, yes({ id: 'tomas', role: 'manager' }), policy)).toMatchObject({ ok: true, next: { state: 'approved' } });
    }
  });

  it('is said by a manager who names another, and only when they were named', () => {
    const tomas: Actor = { id: 'tomas', role: 'manager', standsFor: ['clara'] };
    expect(approve(asked, yes(tomas), policy)).toMatchObject({ next: { approvals: [{ personId: 'tomas', onBehalfOf: null }] } });
    expect(approve(asked, yes(tomas, 'clara'), policy)).toMatchObject({ next: { approvals: [{ personId: 'tomas', onBehalfOf: 'clara' }] } });
    expect(approve(asked, yes(tomas, 'dora'), policy)).toMatchObject({ ok: false, kind: 'forbidden' });
  });

  it('ends with the manager’s role: nothing starts on an approval in the name of somebody who is none', () => {
    const approved: Remedy = { ...asked, approvalsNeeded: 1, state: 'approved', executeAfter: NOW, approvals: [{ personId: 'lena', onBehalfOf: 'clara', at: NOW, revision: 1, factsHash: 'h' }] };
    expect(startExecution(approved, 'h', NOW, new Set(['clara']))).toMatchObject({ next: { state: 'executing' } });
    expect(startExecution(approved, 'h', NOW, new Set(['lena']))).toMatchObject({ next: { state: 'proposed', approvals: [] } });
    expect(startExecution({ ...approved, proposedBy: 'clara' }, 'h', NOW)).toMatchObject({ ok: false, kind: 'forbidden' });
  });

  it('makes of any approvals at most as many people as there are names and as there are approvers', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(fc.property(fc.array(fc.record({ personId: name, onBehalfOf: fc.option(name) }), { maxLength: 6 }), (approvals) => {
      const heads = headsOf(approvals);
      expect(heads).toBeLessThanOrEqual(new Set(approvals.map((a) => a.personId)).size);
      expect(heads).toBeLessThanOrEqual(new Set(approvals.map((a) => a.onBehalfOf ?? a.personId)).size);
      expect(heads).toBe(headsOf([...approvals].reverse()));
      expect(heads > 0).toBe(approvals.length > 0);
    }));
  });

  it('is named by a manager, with a reason, for 30 days at most, and never an admin', () => {
    const named = (more: { role?: PersonRole; by?: PersonRole; from?: number; until?: number; reason?: string; id?: string }) =>
      barToDelegate({ delegator: { id: 'clara', role: more.by ?? 'manager' }, delegate: { id: more.id ?? 'lena', role: more.role ?? 'lead' }, from: more.from ?? NOW, until: more.until ?? NOW + DAY, reason: more.reason ?? 'away' }, NOW);
    expect(named({})).toBeUndefined();
    expect(named({ until: NOW + LONGEST_DELEGATION })).toBeUndefined();
    for (const wrong of [{ until: NOW + LONGEST_DELEGATION + 1 }, { until: NOW }, { from: NOW - 2 * DAY, until: NOW - DAY }, { from: Number.NaN }, { reason: ' ' }, { id: 'clara' }, { role: 'admin' as const }, { by: 'lead' as const }, { by: 'admin' as const }]) {
      expect(named(wrong)).toEqual(expect.any(String));
    }
  });
});
