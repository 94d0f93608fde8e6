import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mostInAnHour, type UsualHours } from './brake.js';

const usual = (counts: readonly number[]): UsualHours => ({ hours: counts.length, active: counts.filter((n) => n > 0).length, sum: counts.reduce((a, b) => a + b, 0), squares: counts.reduce((a, b) => a + b * b, 0) });
const hours = (of: (hour: number) => number): UsualHours => usual(Array.from({ length: 600 }, (_, hour) => of(hour)));

describe('the brake', () => {
  it('is three standard deviations above what is usual, and never below what a day’s work takes', () => {
    expect(mostInAnHour(hours(() => 400))).toBe(400);
    expect(mostInAnHour(hours((hour) => (hour % 2 === 0 ? 300 : 500)))).toBe(700);
    expect(mostInAnHour(hours((hour) => (hour % 10 === 0 ? 2 : 0)))).toBe(100);
  });

  it('knows nothing of what is usual before there were some fifty hours with anything in them', () => {
    expect(mostInAnHour(usual([]))).toBe(2_000);
    expect(mostInAnHour(hours((hour) => (hour < 49 ? 1 : 0)))).toBe(2_000);
    expect(mostInAnHour(hours((hour) => (hour < 50 ? 1 : 0)))).toBe(100);
  });

  it('lets every even course of hours through', () => {
    fc.assert(fc.property(fc.nat(2_000), fc.integer({ min: 1, max: 700 }), (each, count) => {
      expect(mostInAnHour(usual(Array.from({ length: count }, () => each)))).toBeGreaterThanOrEqual(each);
    }));
  });
});
