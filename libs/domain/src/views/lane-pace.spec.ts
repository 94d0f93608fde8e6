import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ENOUGH_GAPS, usualPaces, type ScanGap } from './lane-pace.js';

const lane = fc.record({ carrier: fc.constantFrom('dhl', 'gls'), facility: fc.constantFrom('Leipzig', 'Linz', null), status: fc.constantFrom('in_transit', 'accepted') });
const gap: fc.Arbitrary<ScanGap> = fc.tuple(lane, fc.integer({ min: 1, max: 1_000_000 })).map(([where, ms]) => ({ ...where, gap: ms }));

describe('usualPaces', () => {
  it('has half of the gaps within the one figure and nine of ten within the other, whatever their order', () => {
    fc.assert(fc.property(fc.array(gap, { maxLength: 300 }), lane, (gaps, where) => {
      const pace = usualPaces(gaps)(where);
      expect(usualPaces([...gaps].reverse())(where)).toEqual(pace);
      const near = {
        lane: gaps.filter((g) => g.carrier === where.carrier && g.facility === where.facility && g.status === where.status),
        leg: gaps.filter((g) => g.carrier === where.carrier && g.status === where.status),
        carrier: gaps.filter((g) => g.carrier === where.carrier),
      };
      if (pace === null) {
        expect(near.carrier.length).toBeLessThan(ENOUGH_GAPS);
        return;
      }
      const from = near[pace.of];
      expect(pace.scans).toBe(from.length);
      for (const [figure, share] of [[pace.p50, 0.5], [pace.p90, 0.9]] as const) {
        expect(from.filter((g) => g.gap <= figure).length).toBeGreaterThanOrEqual(share * from.length);
        expect(from.filter((g) => g.gap < figure).length).toBeLessThan(share * from.length);
      }
    }));
  });

  it('asks further away only where too little is known nearer by', () => {
    const many = (n: number, facility: string, ms: number): ScanGap[] => Array.from({ length: n }, () => ({ carrier: 'dhl', facility, status: 'in_transit', gap: ms }));
    const usual = usualPaces([...many(ENOUGH_GAPS, 'Leipzig', 10), ...many(ENOUGH_GAPS - 1, 'Linz', 90)]);
    expect(usual({ carrier: 'dhl', facility: 'Leipzig', status: 'in_transit' })).toMatchObject({ of: 'lane', p90: 10 });
    expect(usual({ carrier: 'dhl', facility: 'Linz', status: 'in_transit' })).toMatchObject({ of: 'leg', p90: 90, scans: 2 * ENOUGH_GAPS - 1 });
    expect(usual({ carrier: 'dhl', facility: 'Linz', status: 'accepted' })).toMatchObject({ of: 'carrier' });
    expect(usual({ carrier: 'gls', facility: 'Leipzig', status: 'in_transit' })).toBeNull();
  });
});
