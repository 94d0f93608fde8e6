import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY } from '../shared/time.js';
import { barToBatch, isClean } from './batch.js';
import { barByBudget, barToRaise, cohortInWords, faultOfCohort, type Cohort } from './cohort.js';
import { barByDay, isReciprocal } from './limits.js';
import { defaultRemedyPolicy as policy } from './policy.js';
import type { PolicyCheck } from './judge.js';
import { customerWaitsSince } from './waiting.js';

const NOW = Date.UTC(2026, 0, 1);
const usd = (minor: number) => ({ minor, currency: 'USD' });
const storm: Cohort = { cause: 'Memphis storm', kind: 'reship', reasonCode: 'lost', budget: usd(500_000), spentMinor: 286_000, until: NOW + DAY, closedAt: null, createdBy: 'clara' };
const member = (minor: number) => ({ kind: 'reship' as const, reasonCode: 'lost', amount: usd(minor) });

describe('a cohort', () => {
  it('says what it is and what is left', () => {
    expect(cohortInWords(storm, 43)).toBe('43 reships, Memphis storm, $2140.00 of $5000.00 left');
  });

  it('never spends more than its budget, whatever is approved in whatever order', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 20 }), (amounts) => {
      let spentMinor = 0;
      for (const amount of amounts) {
        const bar = barByBudget({ ...storm, spentMinor }, member(amount), NOW);
        expect(bar === undefined).toBe(spentMinor + amount <= 500_000);
        if (bar === undefined) spentMinor += amount;
      }
      expect(spentMinor).toBeLessThanOrEqual(500_000);
    }));
  });

  it('takes only what it is for, in its currency, as long as it is open', () => {
    expect(barByBudget(storm, { ...member(1), kind: 'refund' }, NOW)).toContain('for a reship');
    expect(barByBudget(storm, { ...member(1), reasonCode: 'late' }, NOW)).toContain('for the reason lost');
    expect(barByBudget(storm, { ...member(1), amount: { minor: 1, currency: 'EUR' } }, NOW)).toContain('in USD');
    expect(barByBudget(storm, { ...member(1), amount: null }, NOW)).toContain('not known');
    expect(barByBudget(storm, member(1), NOW + DAY)).toContain('over');
    expect(barByBudget({ ...storm, closedAt: NOW }, member(1), NOW)).toContain('over');
  });

  it('is raised by another manager than made it, and only upwards', () => {
    const by = (id: string, role: 'manager' | 'lead' | 'admin', to: number | null = 600_000) => barToRaise(storm, { id, role }, to, NOW);
    expect(by('tomas', 'manager')).toBeUndefined();
    for (const [id, role, to] of [['clara', 'manager', 600_000], ['lena', 'lead', 600_000], ['jonas', 'admin', 600_000], ['tomas', 'manager', 500_000], ['tomas', 'manager', Number.NaN]] as const) expect(by(id, role, to)).toEqual(expect.any(String));
  });

  it('is made with a cause, a reason, a budget and an end', () => {
    expect(faultOfCohort(storm, NOW)).toBeUndefined();
    for (const wrong of [{ cause: ' ' }, { reasonCode: '' }, { budget: usd(0) }, { budget: usd(1.5) }, { budget: { minor: 5, currency: 'us' } }, { until: NOW }]) expect(faultOfCohort({ ...storm, ...wrong }, NOW)).toEqual(expect.any(String));
  });
});

describe('approving several together', () => {
  const check = (verdict: PolicyCheck['verdict']): PolicyCheck => ({ name: 'x', verdict, value: '', source: 'policy', isHard: false });
  const clara = { id: 'clara', role: 'manager' as const };

  it('takes only what is clean and below the personal limit', () => {
    fc.assert(fc.property(fc.option(fc.nat(20_000)), fc.constantFrom(1, 2), fc.array(fc.constantFrom('pass' as const, 'fail' as const, 'unknown' as const), { maxLength: 3 }), (minor, approvalsNeeded, verdicts) => {
      const remedy = { amount: minor === null ? null : usd(minor), approvalsNeeded };
      const bar = barToBatch(remedy, verdicts.map(check), clara, policy);
      const isFit = minor !== null && minor <= policy.batchLimits.manager && approvalsNeeded === 1 && verdicts.every((v) => v === 'pass');
      expect(bar === undefined).toBe(isFit);
      if (bar === undefined) expect(isClean(remedy, verdicts.map(check), policy)).toBe(true);
    }));
  });

  it('is for nobody whose limit is nothing', () => {
    for (const role of ['agent', 'lead', 'admin'] as const) expect(barToBatch({ amount: usd(1), approvalsNeeded: 1 }, [check('pass')], { id: 'x', role }, policy)).toEqual(expect.any(String));
  });
});

describe('limits over several remedies', () => {
  it('stop at what one name approves in a day', () => {
    const limits = { ...policy, approveWithinDay: 10_000 };
    expect(barByDay(9_000, usd(1_000), limits)).toBeUndefined();
    expect(barByDay(9_000, usd(1_001), limits)).toContain('$100.01 approved within 24 hours, limit $100.00');
    expect(barByDay(99_999, null, limits)).toBeUndefined();
  });

  it('flag two who approve only each other, more often than by chance', () => {
    const pair = { given: 3, taken: 3, givenElsewhere: 0, takenElsewhere: 0 };
    expect(isReciprocal(pair, policy)).toBe(true);
    for (const more of [{ given: 2 }, { given: 6, taken: 0 }, { givenElsewhere: 1 }, { takenElsewhere: 1 }]) expect(isReciprocal({ ...pair, ...more }, policy)).toBe(false);
  });

  it('know since when the customer waits: their word or what is wrong, and never since after it was asked for', () => {
    const wrote = (at: number, contact: 'not_received' | 'status_checked' = 'not_received') => ({ at, contact, factId: '', source: 's', kind: 'events' as const, channel: null, sentiment: null });
    expect(customerWaitsSince(undefined, [], NOW)).toBe(NOW);
    expect(customerWaitsSince({ contacts: [wrote(NOW - 5, 'status_checked'), wrote(NOW - 3)] }, [{ since: NOW - 2 }], NOW)).toBe(NOW - 3);
    expect(customerWaitsSince({ contacts: [wrote(NOW + 3)] }, [{ since: NOW - 2 }], NOW)).toBe(NOW - 2);
  });
});
