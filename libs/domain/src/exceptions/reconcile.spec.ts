import { describe, expect, it } from '@jest/globals';
import { DAY, HOUR } from '../shared/time.js';
import type { Finding } from './assess.js';
import { LEASE, reconcileCase, renameSubjects, type CaseSnapshot } from './reconcile.js';
import type { RuleId, Severity } from './rule.js';

const NOW = Date.UTC(2026, 0, 20);
const live = { now: NOW, imported: false, held: false };
const finding = (rule: RuleId, severity: Severity, startedAt: number): Finding =>
  ({ rule, severity, subject: { type: 'order', id: null }, key: `${rule}|order||${startedAt}`, since: startedAt, detail: {}, shipment: null, suppressedBy: null });
const late = finding('promise_missed', 'high', NOW - DAY);
const silent = finding('no_movement', 'normal', NOW - HOUR);

function opened(findings: Finding[] = [late]): CaseSnapshot {
  const decision = reconcileCase(null, findings, live);
  if (!decision) throw new Error('no case');
  return decision.next;
}

describe('reconcileCase', () => {
  it('opens one case for all findings, the strongest first, and is then at rest', () => {
    const next = opened([silent, late]);
    expect(next).toMatchObject({ state: 'new', rule: 'promise_missed', rules: ['promise_missed', 'no_movement'], dueAt: NOW + 8 * HOUR });
    expect(reconcileCase(next, [silent, late], live)).toBeUndefined();
  });

  it('closes by itself when the findings end, unless a person is acting on it', () => {
    expect(reconcileCase(opened(), [], live)?.next).toMatchObject({ state: 'resolved', outcome: 'cleared_itself' });
    const claimed: CaseSnapshot = { ...opened(), state: 'claimed', ownerId: 'p', leaseUntil: NOW + HOUR };
    expect(reconcileCase(claimed, [], live)?.next).toMatchObject({ state: 'claimed', cleared: true });
    expect(reconcileCase({ ...claimed, leaseUntil: NOW - 1 }, [], live)?.next).toMatchObject({ state: 'resolved' });
  });

  it('reopens a resolved case for a new key only, counted', () => {
    const resolved: CaseSnapshot = { ...opened(), state: 'resolved', acknowledged: [late.key] };
    expect(reconcileCase(resolved, [late], live)).toBeUndefined();
    expect(reconcileCase(resolved, [late, silent], live)?.next).toMatchObject({ state: 'new', rule: 'no_movement', reopened: 1 });
  });

  it('wakes a snoozed case when it gets worse', () => {
    const snoozed: CaseSnapshot = { ...opened([silent]), state: 'snoozed', snoozedUntil: NOW + DAY };
    const decision = reconcileCase(snoozed, [silent, late], live);
    expect(decision?.next).toMatchObject({ state: 'new', severity: 1, dueAt: NOW + 8 * HOUR });
    expect(decision?.history[0]?.what).toBe('woke');
  });

  it('puts old findings of imported history into the backlog, and takes them out when something new comes', () => {
    const old = finding('no_movement', 'normal', NOW - 20 * DAY);
    const backlog = reconcileCase(null, [old], { ...live, imported: true })?.next;
    expect(backlog?.backlog).toBe(true);
    expect(reconcileCase(backlog ?? null, [old, late], live)?.next.backlog).toBe(false);
    expect(reconcileCase(null, [old], live)?.next.backlog).toBe(false);
  });

  it('wakes it for its owner with a lease, so that it comes back to the queue when nobody works on it', () => {
    const snoozed: CaseSnapshot = { ...opened([silent]), state: 'snoozed', snoozedUntil: NOW + DAY, ownerId: 'ana', leaseUntil: null };
    expect(reconcileCase(snoozed, [silent, late], live)?.next).toMatchObject({ state: 'claimed', ownerId: 'ana', leaseUntil: NOW + LEASE });
  });

  it('gives a case that leaves the backlog its whole time', () => {
    const old = finding('no_movement', 'normal', NOW - 20 * DAY);
    const backlog = reconcileCase(null, [old], { ...live, imported: true })?.next ?? null;
    const now = NOW + 5 * DAY;
    const fresh = finding('promise_missed', 'high', now - HOUR);
    expect(reconcileCase(backlog, [old, fresh], { ...live, now })?.next).toMatchObject({ backlog: false, openedAt: now, dueAt: now + 8 * HOUR });
  });

  it('knows a finding again when its parcel got a smaller name', () => {
    const parcel = (id: string): Finding => ({ ...silent, subject: { type: 'parcel', id }, key: `no_movement|parcel|${id}|${NOW}` });
    const resolved: CaseSnapshot = { ...opened([parcel('events/S|1')]), state: 'resolved', acknowledged: [parcel('events/S|1').key, late.key, 'no_movement|parcel|constructor|1'] };
    const names = { 'events/S|1': 'dhl:7', 'dhl:7': 'dhl:7' };
    const renamed = renameSubjects(resolved, names);
    expect(renamed.acknowledged).toEqual([parcel('dhl:7').key, late.key, 'no_movement|parcel|constructor|1']);
    expect(reconcileCase(renamed, [parcel('dhl:7')], live)).toBeUndefined();
    expect(reconcileCase(renameSubjects(opened([parcel('events/S|1')]), names), [parcel('dhl:7')], live)?.history).toEqual([]);
  });
});
