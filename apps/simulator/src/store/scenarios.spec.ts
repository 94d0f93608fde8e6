import { describe, expect, it } from '@jest/globals';
import { HOUR } from '../shared/time.js';
import type { Happening } from './model.js';
import { isScenario, play, SCENARIOS } from './scenarios.js';

const now = Date.parse('2026-11-20T09:00:00Z');
const toldOf = (scenario: string, key = 'k', ahead = 0): readonly Happening[] => {
  if (!isScenario(scenario)) throw new Error(scenario);
  const { plan, told } = play(scenario, { seed: 'spec', key, number: 1, home: 'shopify', now, ahead });
  return plan.happenings.slice(0, told);
};

describe('scenarios', () => {
  it.each(Object.keys(SCENARIOS))('%s ends now, whatever order is drawn, and tells nothing of the future', (scenario) => {
    for (let n = 0; n < 25; n += 1) {
      const told = toldOf(scenario, `k${n}`);
      expect(told[0]?.kind).toBe('placed');
      for (const happening of told) expect(Math.max(happening.at, happening.heardAt)).toBeLessThanOrEqual(now);
    }
  });

  it('leaves a silent parcel silent for just over its limit, or just under it when asked ahead', () => {
    const silence = (ahead: number): number => now - Math.max(...toldOf('no_movement', 'k', ahead).filter((happening) => happening.kind === 'scan').map((happening) => happening.heardAt));
    expect(silence(0)).toBeGreaterThan(48 * HOUR);
    expect(silence(0)).toBeLessThan(49 * HOUR);
    expect(silence(120_000)).toBeLessThan(48 * HOUR);
  });

  it('delivers before the customer says that nothing came', () => {
    const told = toldOf('delivered_not_received');
    const delivered = told.find((happening) => happening.kind === 'scan' && happening.stage === 'delivered');
    expect(told.at(-1)).toMatchObject({ kind: 'contact', contact: 'not_received' });
    expect(delivered?.at).toBeLessThan(told.at(-1)?.at ?? 0);
  });

  it('misses a promise without losing track of the parcel', () => {
    const told = toldOf('promise_missed');
    expect(told.some((happening) => happening.kind === 'scan' && happening.stage === 'delivered')).toBe(false);
    expect(told.at(-1)?.at).toBeGreaterThan(now - 4 * HOUR);
  });
});
