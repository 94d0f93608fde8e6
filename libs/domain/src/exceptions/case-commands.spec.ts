import { describe, expect, it } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../shared/time.js';
import type { Finding } from './assess.js';
import { claimCase, passTime, releaseCase, reopenCase, resolveCase, snoozeCase } from './case-commands.js';
import type { CaseActor, CaseCommandResult } from './case-result.js';
import { outcomesFor } from './outcomes.js';
import { LEASE, reconcileCase, type CaseSnapshot } from './reconcile.js';
import { RULES } from './rules/index.js';

const NOW = Date.UTC(2026, 0, 20);
const ana: CaseActor = { id: 'ana', grant: 'own' };
const ben: CaseActor = { id: 'ben', grant: 'own' };
const lea: CaseActor = { id: 'lea', grant: 'all' };
const admin: CaseActor = { id: 'adm', grant: 'none' };
const finding: Finding = {
  rule: 'no_movement', severity: 'normal', subject: { type: 'parcel', id: 'P' }, key: 'no_movement|parcel|P|1', since: NOW - HOUR, detail: { from: NOW - 3 * DAY, limit: 2 * DAY }, shipment: 'P',
  suppressedBy: null,
};

function open(): CaseSnapshot {
  const decision = reconcileCase(null, [finding], { now: NOW, imported: false, held: false });
  if (!decision) throw new Error('no case');
  return decision.next;
}
function done(result: CaseCommandResult | undefined): CaseSnapshot {
  if (!result?.ok) throw new Error(JSON.stringify(result));
  return result.next;
}
const until = (instant: number) => ({ until: instant, condition: null, from: { scans: {}, known: [], value: null, currency: null } });
const claimed = (): CaseSnapshot => done(claimCase(open(), ana, NOW));

describe('case commands', () => {
  it('gives a case to one person at a time, for the length of the lease', () => {
    expect(claimed()).toMatchObject({ state: 'claimed', ownerId: 'ana', leaseUntil: NOW + LEASE });
    expect(claimCase(claimed(), ben, NOW + LEASE - 1)).toEqual({ ok: false, kind: 'taken', by: 'ana' });
    expect(claimCase(claimed(), lea, NOW + 1)).toMatchObject({ kind: 'taken' });
    expect(done(claimCase(claimed(), ben, NOW + LEASE)).ownerId).toBe('ben');
  });

  it('lets its owner prolong it', () => {
    const again = claimCase(claimed(), ana, NOW + MINUTE);
    expect(again).toMatchObject({ ok: true, what: 'renewed', next: { leaseUntil: NOW + MINUTE + LEASE } });
  });

  it.each([['release', releaseCase(claimed(), ben, NOW)], ['snooze', snoozeCase(claimed(), ben, until(NOW + HOUR), NOW)], ['resolve', resolveCase(claimed(), ben, 'moved_again', NOW)]])(
    'does not let another agent %s it', (_name, result) => expect(result).toEqual({ ok: false, kind: 'taken', by: 'ana' }));

  it('lets a lead release what another person holds', () => expect(done(releaseCase(claimed(), lea, NOW))).toMatchObject({ state: 'new', ownerId: null }));

  it('refuses those whose role does not work on cases', () => {
    for (const result of [claimCase(open(), admin, NOW), releaseCase(claimed(), admin, NOW), resolveCase(open(), admin, 'moved_again', NOW), reopenCase(open(), admin, 'x', NOW)]) {
      expect(result).toMatchObject({ ok: false, kind: 'forbidden' });
    }
  });

  it('acknowledges on resolving what it covers, so that the same findings do not open it again', () => {
    const resolved = done(resolveCase(claimed(), ana, 'moved_again', NOW));
    expect(resolved).toMatchObject({ state: 'resolved', outcome: 'moved_again', ownerId: null, acknowledged: [finding.key] });
    expect(reconcileCase(resolved, [finding], { now: NOW + 1, imported: false, held: false })).toBeUndefined();
    const again = done(reopenCase(resolved, ben, ' customer called ', NOW + HOUR));
    expect(again).toMatchObject({ state: 'new', reopened: 1, acknowledged: [], dueAt: NOW + 25 * HOUR });
    expect(reconcileCase(again, [finding], { now: NOW + HOUR, imported: false, held: false })).toBeUndefined();
  });

  it('knows no other outcomes than those of its rule, and at most eight', () => {
    expect(resolveCase(open(), ana, 'found', NOW)).toMatchObject({ ok: false, kind: 'invalid' });
    for (const rule of RULES) {
      expect(outcomesFor(rule.id).length).toBeGreaterThan(1);
      expect(outcomesFor(rule.id).length).toBeLessThanOrEqual(8);
    }
  });

  it('snoozes into the future only, and wakes with whoever had it', () => {
    expect(snoozeCase(open(), ana, until(NOW), NOW)).toMatchObject({ kind: 'invalid' });
    expect(snoozeCase(open(), ana, until(NOW + 91 * DAY), NOW)).toMatchObject({ kind: 'invalid' });
    const snoozed = done(snoozeCase(claimed(), ana, until(NOW + HOUR), NOW));
    expect(passTime(snoozed, NOW + HOUR - 1)).toBeUndefined();
    expect(done(passTime(snoozed, NOW + HOUR))).toMatchObject({ state: 'claimed', ownerId: 'ana', leaseUntil: NOW + HOUR + LEASE });
  });

  it('returns to the queue when the lease ends, or closes when there is nothing left to do', () => {
    expect(passTime(claimed(), NOW + LEASE - 1)).toBeUndefined();
    expect(done(passTime(claimed(), NOW + LEASE))).toMatchObject({ state: 'new', ownerId: null });
    expect(done(passTime({ ...claimed(), cleared: true }, NOW + LEASE))).toMatchObject({ state: 'resolved', outcome: 'cleared_itself' });
    expect(done(releaseCase({ ...claimed(), cleared: true }, ana, NOW))).toMatchObject({ state: 'resolved', resolvedBy: 'system' });
  });
});
