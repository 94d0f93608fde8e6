import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

/** What it is to give, written down as plainly as possible. */
function plainly(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(plainly).join(',')}]`;
  const object = value as Record<string, unknown>;
  const keys = Object.keys(object).filter((key) => object[key] !== undefined).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${plainly(object[key])}`).join(',')}}`;
}

const key = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('10', '9', '__proto__', 'a', 'b', 'Z', 'é', '0x'));
const anything = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.string(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), fc.constant(undefined), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 5 }),
  object: fc.dictionary(key, tie('value'), { maxKeys: 8 }),
})).value;

describe('canonicalJson', () => {
  it('sorts the keys of every object by code unit and leaves out what is absent', () => {
    fc.assert(fc.property(anything, (value) => {
      expect(canonicalJson(value)).toBe(plainly(value));
    }), { numRuns: 3_000 });
  });

  it('leaves what it prints as it was', () => {
    const value = { b: { d: 1, c: 2 }, a: [{ z: 1, y: 2 }] };
    canonicalJson(value);
    expect(JSON.stringify(value)).toBe('{"b":{"d":1,"c":2},"a":[{"z":1,"y":2}]}');
  });
});
