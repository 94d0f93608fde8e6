import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY } from '../shared/time.js';
import { exceptionsFor, judge, worsened } from './judge.js';
import { ledgerOf, type LedgerEntry } from './ledger.js';
import { defaultRemedyPolicy as policy, readRemedyPolicy, type RemedyPolicy } from './policy.js';
import { rehearse } from './rehearse.js';
import type { Situation } from './situation.js';
import { foldOrder } from '../order/fold.js';
import { builtInStatusMap } from '../status-map/built-in.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const clean: Situation = {
  kind: 'refund', amount: eur(5_000), role: 'agent', paid: eur(20_000), refundable: eur(20_000), refundedMinor: 0, coveredMinor: 0, wrongLines: null, twice: null, days: 3, prior: 0, customerRemedies: 0, evidence: 1,
};
const check = (situation: Partial<Situation>, name: string, limits: Partial<RemedyPolicy> = {}) => judge({ ...clean, ...situation }, { ...policy, ...limits }).checks.find((c) => c.name === name);

describe('the policy', () => {
  it('lets a small, proven, first remedy be decided with others', () => {
    expect(judge(clean, policy)).toMatchObject({ isAllowed: true, isClean: true, approvalsNeeded: 1, why: 'a manager must approve' });
    expect(judge({ ...clean, evidence: 0 }, policy).isClean).toBe(false);
  });

  it('says of each rule whether it passed, with its figures', () => {
    expect(check({ role: 'agent', amount: eur(10_001) }, "Within the asker's limit")).toMatchObject({ verdict: 'fail', value: '€100.01 of €100.00' });
    expect(check({ role: 'lead', amount: eur(10_001) }, "Within the asker's limit")).toMatchObject({ verdict: 'pass' });
    expect(check({ amount: eur(10_001) }, 'Share of the order')).toMatchObject({ verdict: 'fail', value: '50.1 % of €200.00, limit 50 %' });
    expect(check({ customerRemedies: 3 }, 'Remedies of the customer, 90 days')).toMatchObject({ verdict: 'fail', value: '3, limit 2' });
    expect(check({ customerRemedies: null }, 'Remedies of the customer, 90 days')).toMatchObject({ verdict: 'unknown' });
    expect(check({ amount: eur(10_001), evidence: 0 }, 'Evidence')).toMatchObject({ verdict: 'fail', value: '0 facts of 1' });
  });

  it('gives each failed rule the consequence that it is written with', () => {
    for (const [then, isAllowed, approvalsNeeded] of [['flag', true, 1], ['second', true, 2], ['forbid', false, 1]] as const) {
      expect(judge({ ...clean, customerRemedies: 9 }, { ...policy, customer: { above: 2, then } })).toMatchObject({ isAllowed, approvalsNeeded });
      expect(judge({ ...clean, customerRemedies: 2 }, { ...policy, customer: { above: 2, then } })).toMatchObject({ isAllowed: true, approvalsNeeded: 1 });
    }
  });

  it('tells what a second judgement holds against what was read, and only that', () => {
    const read = judge(clean, policy).checks;
    expect(worsened(read, judge({ ...clean, customerRemedies: 2, days: 80 }, policy).checks)).toEqual([]);
    expect(worsened(read, judge({ ...clean, customerRemedies: 3 }, policy).checks)).toEqual(['Remedies of the customer, 90 days: 3, limit 2']);
    expect(worsened(judge({ ...clean, customerRemedies: 3 }, policy).checks, read)).toEqual([]);
    const flagged = judge({ ...clean, customerRemedies: 9 }, policy).checks;
    for (const then of ['second', 'forbid'] as const) expect(worsened(flagged, judge({ ...clean, customerRemedies: 9 }, { ...policy, customer: { above: 2, then } }).checks)).toHaveLength(1);
    expect(worsened(read, judge(clean, { ...policy, within: 2 * DAY }).checks)).toEqual(['Within 2 days: day 3']);
  });

  it('names the rules that may be set aside, and with them set aside it is allowed, by two; what cannot be is never among them', () => {
    const strict: RemedyPolicy = { ...policy, customer: { above: 2, then: 'forbid' }, share: { above: 0.5, then: 'forbid' }, askerLimitThen: 'forbid' };
    fc.assert(fc.property(fc.nat(40_000), fc.nat(5), fc.integer({ min: 5_000, max: 30_000 }), (minor, customerRemedies, refundable) => {
      const situation: Situation = { ...clean, amount: eur(minor), customerRemedies, refundable: eur(refundable), paid: eur(refundable) };
      const asked = judge(situation, strict);
      const rules = exceptionsFor(asked);
      const cannotBe = minor === 0 || minor > refundable;
      expect(rules.length > 0).toBe(!asked.isAllowed && !cannotBe);
      const set = judge({ ...situation, setAside: rules }, strict);
      if (rules.length > 0) expect(set).toMatchObject({ isAllowed: true, approvalsNeeded: 2 });
      expect(exceptionsFor(set)).toEqual(rules);
    }));
  });

  it('never lets more go than was paid without a second approver, and no more back than can go back', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 50_000 }), fc.nat(30_000), fc.nat(20_000), fc.constantFrom('refund' as const, 'reship' as const), (amount, covered, refunded, kind) => {
      const result = judge({ ...clean, kind, amount: eur(amount), coveredMinor: covered, refundedMinor: refunded, refundable: eur(20_000 - refunded) }, policy);
      if (covered + amount > 20_000) expect(result.approvalsNeeded).toBe(2);
      if (kind === 'refund') expect(result.isAllowed).toBe(amount <= 20_000 - refunded);
      if (result.isClean) expect([result.approvalsNeeded, result.isAllowed]).toEqual([1, true]);
    }));
  });

  it('is read from what a person wrote, or refused in words', () => {
    const written = JSON.parse(JSON.stringify(policy)) as object;
    expect(readRemedyPolicy(written, 30_000)).toEqual(policy);
    expect(readRemedyPolicy({ ...written, secondApproverAbove: 1 }, 30_000)).toEqual(['The second limit is not below the first.']);
    expect(readRemedyPolicy({ ...written, answerWithin: DAY }, 30_000)).toEqual(['A proposal is shown as waiting too long before it lapses.']);
    expect(readRemedyPolicy({ ...written, share: { above: 2, then: 'pass' } }, 30_000)).toEqual(['share.above is a number from 0 to 1.', 'then is flag, second or forbid.']);
    fc.assert(fc.property(fc.anything(), (anything) => Array.isArray(readRemedyPolicy(anything, 0))));
  });

  it('reads one from before there were limits per day, batches and reasons, as it is out of the box in those', () => {
    const { askWithinDay, askWithinDayThen, approveWithinDay, batchLimits, reasons, pairAbove, ...before } = JSON.parse(JSON.stringify(policy)) as typeof policy;
    expect(readRemedyPolicy(before, 30_000)).toEqual(policy);
    expect(readRemedyPolicy({ ...before, reasons: { late: { types: [], facts: 1, orders: 0, then: 'flag' } }, batchLimits: { ...batchLimits, manager: 1 } }, 30_000)).toEqual({ ...policy, reasons: { late: { types: [], facts: 1, orders: 0, then: 'flag' } }, batchLimits: { ...batchLimits, manager: 1 } });
    for (const wrong of [{ reasons: { 'Not a code': reasons['care'] } }, { reasons: { care: { types: 'contact', facts: 1, orders: 1, then: 'flag' } } }, { askWithinDay: { ...askWithinDay, lead: -1 } }, { askWithinDayThen: `${askWithinDayThen}!` }, { approveWithinDay: approveWithinDay / 3 }, { pairAbove: pairAbove - 99 }]) {
      expect(readRemedyPolicy({ ...before, ...wrong }, 30_000)).toEqual([expect.any(String)]);
    }
  });

  it('lets nothing be set aside that is not its own, and asks two for what is', () => {
    const strict = { ...policy, askerLimitThen: 'forbid' as const, customer: { above: 0, then: 'forbid' as const } };
    const everything = ['Amount', 'Currency', 'Not more than paid', 'Lines', "Within the asker's limit", 'Remedies of the customer, 90 days'];
    fc.assert(fc.property(fc.integer({ min: 1, max: 50_000 }), fc.nat(3), fc.subarray(everything), (amount, customerRemedies, setAside) => {
      const situation = { ...clean, amount: eur(amount), customerRemedies };
      const [as, without] = [judge({ ...situation, setAside }, strict), judge(situation, strict)];
      if (amount > 20_000) expect(as.isAllowed).toBe(false);
      if (as.isAllowed && !without.isAllowed) expect([as.approvalsNeeded, as.isClean]).toEqual([2, false]);
      if (setAside.length === 0) expect(as).toEqual(without);
    }));
  });

  it('flags what a person asks for in a day beyond their role', () => {
    expect(check({ role: 'agent', amount: eur(5_000), askedWithinDay: 95_000 }, "Within the asker's day")).toBeUndefined();
    expect(check({ role: 'agent', amount: eur(5_000), askedWithinDay: 95_001 }, "Within the asker's day")).toMatchObject({ verdict: 'fail', value: '€1000.01 of €1000.00 in 24 hours' });
    expect(check({ role: 'lead', amount: eur(5_000), askedWithinDay: 95_001 }, "Within the asker's day")).toBeUndefined();
  });

  it('is rehearsed on the past: what would have been forbidden, needed a second, carried a flag', () => {
    const past = [
      { number: 'AP-1', situation: clean, approvalsNeeded: 1, isClean: true }, { number: 'AP-2', situation: { ...clean, customerRemedies: 5 }, approvalsNeeded: 1, isClean: false },
      { number: 'AP-3', situation: null, approvalsNeeded: 1, isClean: true }, { number: 'AP-4', situation: { ...clean, amount: eur(150_000), refundable: eur(200_000), paid: eur(200_000) }, approvalsNeeded: 2, isClean: false },
    ];
    expect(rehearse(past, policy)).toMatchObject({ tried: 4, unknown: 1, same: 3 });
    expect(rehearse(past, { ...policy, customer: { above: 2, then: 'forbid' }, secondApproverAbove: 200_000, proposerLimit: 1 })).toMatchObject({
      unknown: 1, same: 0, changes: { forbidden: 1, second: 0, no_second: 1, flagged: 1, no_flag: 0 }, examples: expect.arrayContaining([{ number: 'AP-2', change: 'forbidden', why: 'Remedies of the customer, 90 days: 5, limit 2' }]),
    });
  });
});

describe('the ledger', () => {
  const state = {
    ...foldOrder('o', [], { statusMap: builtInStatusMap }), currency: 'EUR', paid: { at: 1, factId: 'p', source: 's', kind: 'events' as const }, total: { value: eur(120_000), at: 1, factId: 't', source: 's', kind: 'events' as const },
    lines: [{ id: '1', title: 'Lamp', quantity: 2, price: '500.00' }, { id: '2', title: 'Shade', quantity: 1, price: '200.00' }],
  };
  const entry = (more: Partial<LedgerEntry>): LedgerEntry => ({ id: '9', at: 2, kind: 'reship', amount: eur(20_000), lines: [{ lineId: '2', quantity: 1 }], source: 'shopify', remedyId: 'r', ...more });
  const told = (id: string, minor: number) => ({ [id]: { value: eur(minor), at: 3, factId: id, source: 'shopify', kind: 'events' as const } });

  it('counts a refund that the shop tells of once, and one made in the shop itself as well', () => {
    const ours = [entry({ kind: 'refund', id: '77', amount: eur(5_000), lines: [] })];
    expect(ledgerOf({ ...state, refunds: told('shopify/77', 5_000) }, ours)).toMatchObject({ coveredMinor: 5_000, entries: [{ id: '77', remedyId: 'r' }] });
    expect(ledgerOf({ ...state, refunds: { ...told('shopify/77', 5_000), ...told('shopify/78', 700) } }, ours)).toMatchObject({ coveredMinor: 5_700, entries: [{ id: '77' }, { id: 'shopify/78', remedyId: null }] });
  });

  it('knows per line how much was made good, and takes a carrier’s claim for ours', () => {
    const ledger = ledgerOf(state, [entry({}), entry({ id: '10', kind: 'claim', amount: eur(9_000) })], [entry({ id: 'c', kind: 'chargeback', lines: [], amount: eur(1_000), remedyId: null })]);
    expect(ledger.coveredMinor).toBe(21_000);
    expect(ledger.lines).toMatchObject([{ lineId: '1', pieces: 2, paidMinor: 100_000, coveredPieces: 0 }, { lineId: '2', pieces: 1, coveredPieces: 1, entries: ['9'] }]);
  });
});
