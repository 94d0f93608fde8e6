import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csv, type Cell } from './csv.js';

/** Reads by the letter of RFC 4180 and shares nothing with the writer. @returns fields as `[wasQuoted, text]`. */
function parse(text: string): [quoted: boolean, text: string][][] {
  const rows: [boolean, string][][] = [];
  let at = 0;
  const field = (): [boolean, string] => {
    if (text[at] !== '"') {
      const from = at;
      while (at < text.length && text[at] !== ',' && text[at] !== '\r') at += 1;
      return [false, text.slice(from, at)];
    }
    let read = '';
    for (at += 1; ; at += 1) {
      if (at >= text.length) throw new Error('a quote is not closed');
      if (text[at] !== '"') read += text[at];
      else if (text[at + 1] === '"') read += text[(at += 1)];
      else break;
    }
    at += 1;
    return [true, read];
  };
  while (at < text.length) {
    const row = [field()];
    while (text[at] === ',') {
      at += 1;
      row.push(field());
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no end of row at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
    at += 2;
    rows.push(row);
  }
  return rows;
}

const DANGEROUS = new Set(['=', '+', '-', '@', '\t', '\r', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20']);
const isDangerous = (text: string): boolean => DANGEROUS.has(text[0] ?? '');

const nasty = fc.constantFrom(
  `=cmd|'/C calc'!A0`, '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '\uFF1D1+1', '\uFF0B1', '\uFF0D1', '\uFF20x', '-', '--', '=', '"', '""', ',', '\n', '\r\n', '\r', ' x ', `'=1`, `=1,"2"\n"`,
  'مرحبا, "شركة"', '\u202Eevil\u202C', 'עברית\n=1', '\u2028', '\uFEFF=1', '-5', '-0', '1e5', '0012', 'a"b,c\nd', '👩‍👩‍👧', '𝟙', '',
);
const text = fc.oneof(nasty, fc.string({ unit: 'binary' }).filter((s) => !s.includes('\0')), fc.tuple(nasty, fc.string()).map(([a, b]) => a + b));
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(-1, -0.01, -12_345_678_901, 0));
const cell = fc.oneof<fc.Arbitrary<Cell>[]>(text, number, fc.constant(null));

describe('csv', () => {
  it('gives back every cell to a reader of its own', () => {
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }), (rows) => {
      const back = parse(csv(rows));
      expect(back).toHaveLength(rows.length);
      rows.forEach((row, r) => row.forEach((given, c) => {
        const [wasQuoted, read] = back[r]?.[c] ?? [false, 'missing'];
        if (given === null) expect([wasQuoted, read]).toEqual([false, '']);
        else if (typeof given === 'number') expect([wasQuoted, Number(read) + 0]).toEqual([false, given + 0]);
        else expect([wasQuoted, isDangerous(given) ? read.replace(/^'/, '') : read]).toEqual([true, given]);
        expect(typeof given === 'string' && isDangerous(read)).toBe(false);
      }));
    }), { numRuns: 500 });
  });

  it('escapes text that is a formula, and leaves negative numbers alone', () => {
    expect(csv([['-5', -5, '=1+1', -0.5, 'x=1', null]])).toBe(`"'-5",-5,"'=1+1",-0.5,"x=1",\r\n`);
    expect(csv([[Number.NaN, Number.NEGATIVE_INFINITY, 1]])).toBe(',,1\r\n');
  });
});
