import { describe, expect, it } from '@jest/globals';
import { approve, barFor, startExecution } from './decide.js';
import { defaultRemedyPolicy as policy } from './policy.js';
import type { Approval, Remedy } from './remedy.js';

const NOW = Date.UTC(2026, 0, 1);
const asked: Remedy = {
  kind: 'refund', state: 'proposed', revision: 2, amount: { minor: 5_000, currency: 'EUR' }, factsHash: 'h', proposedBy: 'ana', editors: ['eva'],
  approvals: [], approvalsNeeded: 1, expiresAt: null, executeAfter: null,
};
const by = (personId: string, more: Partial<Approval> = {}): Approval => ({ personId, at: NOW, revision: 2, factsHash: 'h', ...more });
const approved = (...approvals: Approval[]): Remedy => ({ ...asked, state: 'approved', approvals, executeAfter: NOW });
const manager = (id: string) => ({ id, role: 'manager' as const });

/** Each of these stands behind another one, so that a mistake in one alone moves no money; here each is tried alone. */
describe('four eyes', () => {
  it('keep away who asked, also when nobody edited, and who edited, also when another person asked', () => {
    expect(barFor({ ...asked, editors: [] }, manager('ana'))).toContain('asked for this yourself');
    expect(barFor(asked, manager('eva'))).toContain('edited');
    expect(barFor(asked, manager('clara'))).toBeUndefined();
  });

  it('do not count who asked or edited among the approvers, however their approval got there', () => {
    expect(startExecution(approved(by('ana')), 'h', NOW)).toMatchObject({ ok: false, kind: 'forbidden' });
    expect(startExecution(approved(by('eva')), 'h', NOW)).toMatchObject({ ok: false, kind: 'forbidden' });
    expect(startExecution(approved(by('clara')), 'h', NOW)).toMatchObject({ ok: true, next: { state: 'executing' } });
  });

  it('count one person once, and only for the revision and the facts that were read', () => {
    const two = (...approvals: Approval[]) => startExecution({ ...approved(...approvals), approvalsNeeded: 2 }, 'h', NOW).ok;
    expect(two(by('clara'), by('clara'))).toBe(false);
    expect(two(by('clara'), by('dora', { revision: 1 }))).toBe(false);
    expect(two(by('clara'), by('dora', { factsHash: 'g' }))).toBe(false);
    expect(two(by('clara'), by('dora'))).toBe(true);
    expect(approve({ ...asked, approvalsNeeded: 2, approvals: [by('clara')] }, { actor: manager('clara'), revision: 2, amountMinor: 5_000, factsHash: 'h', now: NOW }, policy)).toMatchObject({ ok: false, kind: 'conflict' });
  });

  it('have their time: nothing starts while it can be called back', () => {
    expect(startExecution({ ...approved(by('clara')), executeAfter: NOW + 1 }, 'h', NOW)).toMatchObject({ ok: false, kind: 'conflict' });
    expect(startExecution({ ...approved(by('clara')), executeAfter: null }, 'h', NOW)).toMatchObject({ ok: false, kind: 'conflict' });
  });
});
