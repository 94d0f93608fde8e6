import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText, NumberText, readJson } from './json.js';
import { splitEvents } from './events/split.js';

const textOf = (source: string): string => {
  const read = readJson(Buffer.from(`{"n":${source}}`));
  const { n } = (read.ok ? read.value : {}) as { n?: unknown };
  return n instanceof NumberText ? n.text : 'no number';
};

describe('numbers of a payload', () => {
  it.each([
    ['12.50', '12.5'], ['12.5', '12.5'], ['20.00', '20'], ['1e2', '100'], ['1.5E+3', '1500'], ['25e-3', '0.025'], ['0.0000001', '0.0000001'], ['-0', '0'], ['-0.0', '0'], ['-7.10', '-7.1'],
    ['9007199254740993', '9007199254740993'], ['123456789012345678901234567890.5', '123456789012345678901234567890.5'], ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'], ['1e400000', '1e400000'],
  ])('%s is %s', (source, text) => {
    expect(textOf(source)).toBe(text);
  });

  it('are the same however they are printed again, and exact', () => {
    fc.assert(fc.property(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: 0, max: 5 }), fc.nat(3), (digits, scale, zeros) => {
      const value = digits / 10 ** scale;
      const fraction = value.toFixed(scale).includes('.') ? '0'.repeat(zeros) : '';
      expect(textOf(`${value.toFixed(scale)}${fraction}`)).toBe(textOf(JSON.stringify(value)));
    }), { numRuns: 500 });
  });

  it('printed again by another program make no other payload', () => {
    const payload = '{"b":[1.0,2.50],"a":{"y":1e3,"x":"1.0"}}';
    const canonical = (text: string): string => {
      const read = readJson(Buffer.from(text));
      return read.ok ? canonicalText(read.value) : read.error;
    };
    expect(canonical(JSON.stringify(JSON.parse(payload)))).toBe(canonical(payload));
  });
});

describe('canonical text', () => {
  it('is the same whether or not the source is known to need no escapes', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('', '"', '\\', '\u2028', '\u007f', 'a\nb', 'é'));
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: 'small' }, text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 4 }), fc.dictionary(text, tie('any'), { maxKeys: 5 })),
    })).any;
    let plain = 0;
    fc.assert(fc.property(value, (one) => {
      const read = readJson(Buffer.from(JSON.stringify(one)));
      if (!read.ok) throw new Error(read.error);
      if (read.isPlain) plain += 1;
      expect(canonicalText(read.value, read.isPlain)).toBe(canonicalText(read.value));
    }), { numRuns: 2_000 });
    expect(plain).toBeGreaterThan(200);
  });
});

describe('a batch', () => {
  const event = (id: string, data: string): string => `{"specversion":"1.0","id":"${id}","source":"s","type":"order.placed","subject":"A","time":"2026-11-04T10:00:00Z","data":${data}}`;

  it('loses no event to a neighbour that is nested too deep', () => {
    const deep = `{"x":${'['.repeat(3_000)}${']'.repeat(3_000)}}`;
    const items = splitEvents(Buffer.from(`[${event('1', '{}')},${event('2', deep)},${event('3', '{"total":12.5000000000000001,"currency":"EUR"}')}]`));
    expect(items.map((item) => item.error)).toEqual([null, expect.stringContaining('nested'), null]);
    expect(new Set(items.map((item) => item.contentHash)).size).toBe(3);
  });
});
