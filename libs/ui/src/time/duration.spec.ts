import { describe, expect, it } from '@jest/globals';
import { formatMoney } from '../primitives/money';
import { formatDue, formatDuration } from './duration';

const min = 60_000;
const hour = 60 * min;
const day = 24 * hour;

describe('formatDuration', () => {
  it('says at most two units, and no false precision', () => {
    const spans = [12_000, 47 * min, 70 * min, 2 * hour, 18.5 * hour, 4 * day + 6 * hour, 7 * day, 31 * day + 5 * hour];
    expect(spans.map((ms) => formatDuration(ms))).toEqual(['12 s', '47 min', '1 h 10', '2 h', '18 h', '4 d 6 h', '7 d', '31 d']);
  });
});

describe('formatDue', () => {
  it('carries a true minus once it has passed', () => {
    expect(formatDue(0, 2 * hour)).toBe('−2 h');
    expect(formatDue(12 * min, 0)).toBe('12 min');
    expect(formatDue(3 * day + hour, 0)).toBe('3 d');
  });
});

describe('formatMoney', () => {
  it('places the minor digits by currency and never through a float', () => {
    expect(formatMoney(12900, 'EUR')).toBe('€129.00');
    expect(formatMoney(5200, 'JPY')).toBe('¥5\u202f200');
    expect(formatMoney('9007199254740993', 'USD')).toBe('$90\u202f071\u202f992\u202f547\u202f409.93');
    expect(formatMoney(-5, 'EUR')).toBe('−€0.05');
    expect(formatMoney(41200, 'EUR', true)).toBe('€412');
    expect(formatMoney(100, 'XYZ')).toBe('1.00\u00a0XYZ');
  });
});
