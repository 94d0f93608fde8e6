import { describe, expect, it } from '@jest/globals';
import { DAY, HOUR } from '../shared/time.js';
import type { Finding } from './assess.js';
import { reconcileCase, type CaseSnapshot } from './reconcile.js';

const NOW = Date.UTC(2026, 0, 20);
const live = { now: NOW, imported: false, held: false };
const finding = (startedAt: number): Finding =>
  ({ rule: 'no_movement', severity: 'normal', subject: { type: 'order', id: null }, key: `no_movement|order||${startedAt}`, since: startedAt, detail: {}, shipment: null, suppressedBy: null });
const first = finding(NOW - DAY);
const second = finding(NOW - HOUR);

describe('what a rule does to a case', () => {
  const told = (current: CaseSnapshot | null, findings: readonly Finding[]) => reconcileCase(current, findings, live)?.history.map(({ what, why, rule }) => [what, why, rule]);
  const opened = (): CaseSnapshot => reconcileCase(null, [first], live)?.next as CaseSnapshot;

  it('stands in its history with its reason, each time', () => {
    expect(told(null, [first])).toEqual([['opened', first.key, 'no_movement']]);
    expect(told(opened(), [first, second])).toEqual([['changed', second.key, 'no_movement']]);
    expect(told(opened(), [])).toEqual([['closed', 'findings ended', 'no_movement']]);
    expect(told({ ...opened(), state: 'claimed', ownerId: 'ana', leaseUntil: NOW + HOUR }, [])).toEqual([['cleared', 'findings ended', 'no_movement']]);
    expect(told({ ...opened(), state: 'snoozed', snoozedUntil: NOW + DAY }, [first, second])).toEqual([['woke', 'New finding: No movement', 'no_movement']]);
    expect(told({ ...opened(), state: 'resolved', acknowledged: [first.key] }, [second])).toEqual([['reopened', second.key, 'no_movement']]);
  });

  it('is not told when nothing happened', () => {
    expect(told(opened(), [first])).toBeUndefined();
    expect(told({ ...opened(), state: 'resolved', acknowledged: [first.key] }, [first])).toBeUndefined();
  });
});
