import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatMajor, parseMinor } from './money.js';

describe('money', () => {
  it('reads amounts from their text', () => {
    expect(parseMinor('129.90', 'EUR')).toBe(12990);
    expect(parseMinor('0.285', 'EUR')).toBe(29);
    expect(parseMinor('-5', 'JPY')).toBe(-5);
    expect(parseMinor('1.2345', 'KWD')).toBe(1235);
    expect(parseMinor('1e3', 'EUR')).toBeUndefined();
    expect(parseMinor('99999999999999999999', 'EUR')).toBeUndefined();
  });

  it('writes back what it read', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), fc.constantFrom('EUR', 'JPY', 'KWD'), (minor, currency) => {
      expect(parseMinor(formatMajor({ minor, currency }), currency)).toBe(minor === 0 ? 0 : minor);
    }));
  });
});
