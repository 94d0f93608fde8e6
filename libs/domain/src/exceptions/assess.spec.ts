import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldOrder } from '../order/fold.js';
import type { Fact } from '../order/facts.js';
import { DAY, HOUR } from '../shared/time.js';
import { builtInStatusMap } from '../status-map/built-in.js';
import { DRAWN_ORDER, drawHistory } from '../testing/histories.js';
import { assess } from './assess.js';
import { defaultPolicy, type AssessContext } from './rule.js';
import { rehearseAsOf, rehearseSpans } from './rehearse.js';

const config = { statusMap: builtInStatusMap };
const START = Date.UTC(2026, 0, 1);
const at = (now: number, more: Partial<AssessContext> = {}): AssessContext => ({ policy: defaultPolicy, now, heard: {}, silences: {}, ...more });
const histories = fc.tuple(fc.array(fc.nat(9999), { minLength: 40, maxLength: 200 }), fc.integer({ min: 1, max: 20 })).map(([numbers, size]) => {
  let next = 0;
  return drawHistory((below) => (numbers[next++ % numbers.length] ?? 0) % below, size, START);
});
const keys = (facts: readonly Fact[], now: number): string => assess(foldOrder(DRAWN_ORDER, facts, config), at(now)).findings.map((f) => f.key).sort().join();

describe('assess', () => {
  it('tells a next instant that is never too late: nothing opens or closes before it', () => {
    fc.assert(fc.property(histories, fc.nat(60 * 6), fc.array(fc.nat(40 * 24), { minLength: 5, maxLength: 5 }), (facts, hours, later) => {
      const state = foldOrder(DRAWN_ORDER, facts, config);
      const now = START + hours * HOUR;
      const { findings, nextDueAt } = assess(state, at(now));
      const open = findings.map((f) => f.key).sort().join();
      for (const offset of [...later.map((h) => h * HOUR), (nextDueAt ?? now + DAY) - 1 - now]) {
        const then = now + offset;
        if (offset < 0 || (nextDueAt !== null && then >= nextDueAt)) continue;
        expect(assess(state, at(then)).findings.map((f) => f.key).sort().join()).toBe(open);
      }
      if (nextDueAt !== null) expect(assess(state, at(nextDueAt)).findings.length).toBeGreaterThan(findings.length);
    }), { numRuns: 800 });
  });

  it('finds by playing a history through what it finds by looking at an instant', () => {
    const plan = { ...config, policy: defaultPolicy, basis: 'occurred' as const, silencesAt: () => ({}) };
    fc.assert(fc.property(histories, fc.integer({ min: 0, max: 30 * 24 }), (facts, hours) => {
      const now = START + hours * HOUR + 7;
      const heard = facts.map((fact) => ({ fact, receivedAt: fact.at }));
      const looked = new Set(rehearseAsOf(DRAWN_ORDER, heard, now, plan).map((f) => `${f.rule}|${f.shipment ?? ''}`));
      const played = rehearseSpans(DRAWN_ORDER, heard, now, now, plan).filter((s) => s.until === null || s.until > now);
      expect(new Set(played.map((s) => `${s.rule}|${s.shipment ?? ''}`))).toEqual(looked);
    }), { numRuns: 400 });
  });

  const scan = (id: string, hours: number, code: string, source = 'events'): Fact =>
    ({ id, at: START + hours * HOUR, source, kind: 'events', type: 'shipment.status', data: { ref: { shipment: 'events/S1' }, code } });

  it('opens strictly after the limit', () => {
    const facts = [scan('a', 0, 'accepted')];
    expect(keys(facts, START + 48 * HOUR)).toBe('');
    expect(keys(facts, START + 48 * HOUR + 1)).toContain('no_movement');
  });

  it('holds while the feed that would tell is silent, and not when it opened before', () => {
    const state = foldOrder(DRAWN_ORDER, [scan('a', 0, 'accepted', 'dhl')], config);
    const held = assess(state, at(START + 50 * HOUR, { silences: { dhl: START + 10 * HOUR } }));
    expect(held.findings).toHaveLength(0);
    expect(held.heldBy).toEqual(['dhl']);
    const before = assess(state, at(START + 60 * HOUR, { silences: { dhl: START + 55 * HOUR } }));
    expect(before.findings.map((f) => f.rule)).toEqual(['no_movement']);
  });

  it('keeps open what opened before anybody saw that the feed was silent', () => {
    const state = foldOrder(DRAWN_ORDER, [scan('a', 0, 'accepted', 'dhl')], config);
    const [opened] = assess(state, at(START + 50 * HOUR)).findings;
    const silences = { dhl: START + 47 * HOUR };
    const held = assess(state, at(START + 51 * HOUR, { silences, open: new Set([opened?.key ?? '']) }));
    expect(held).toMatchObject({ findings: [opened], heldBy: ['dhl'] });
    expect(assess(state, at(START + 51 * HOUR, { silences, open: new Set(['another']) })).findings).toEqual([]);
  });

  it('counts from when we heard, when a fact is stamped in the future', () => {
    const facts = [scan('a', 500, 'accepted')];
    const state = foldOrder(DRAWN_ORDER, facts, config);
    expect(assess(state, at(START + 60 * HOUR)).findings).toHaveLength(0);
    expect(assess(state, at(START + 60 * HOUR, { heard: { a: START } })).findings.map((f) => f.rule)).toEqual(['no_movement']);
  });

  it('shows one cause once: what the carrier reports suppresses the silence', () => {
    const facts = [scan('a', 0, 'accepted'), scan('b', 1, 'exception/customs_hold')];
    const findings = assess(foldOrder(DRAWN_ORDER, facts, config), at(START + 100 * HOUR)).findings;
    expect(findings.map((f) => [f.rule, f.suppressedBy])).toEqual([['customs_hold', null], ['no_movement', 'customs_hold']]);
  });

  it('ends a date promise with that day in the zone of the order', () => {
    const placed: Fact = { id: 'p', at: START, source: 'events', kind: 'events', type: 'order.placed', data: { promisedBy: '2026-01-10', timeZone: 'America/New_York' } };
    expect(keys([placed], Date.parse('2026-01-11T04:59:59.999Z'))).toBe('');
    expect(keys([placed], Date.parse('2026-01-11T05:00:00.000Z'))).toContain('promise_missed');
  });

  it('asks for a fulfilment after two business days, not over a weekend', () => {
    const friday = Date.parse('2026-01-09T12:00:00Z');
    const paid: Fact = { id: 'p', at: friday, source: 'events', kind: 'events', type: 'payment.status', data: { code: 'captured' } };
    expect(keys([paid], Date.parse('2026-01-13T12:00:00.000Z'))).toBe('');
    expect(keys([paid], Date.parse('2026-01-13T12:00:00.001Z'))).toContain('unfulfilled_late');
  });
});
