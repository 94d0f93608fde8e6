import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupKey, headsAbove, isGroupKey, linesOf } from './lines';

const none: ReadonlySet<string> = new Set();
const carrierOf: Readonly<Record<string, readonly string[]>> = { a: ['DHL'], b: ['GLS'], c: ['DHL'], d: ['UPS'], e: ['GLS'] };
const pathOf = (id: string): readonly string[] => carrierOf[id] ?? [];
const order = ['a', 'b', 'c', 'd', 'e'];
const keysOf = (...args: Parameters<typeof linesOf>): string[] => linesOf(...args).map((line) => line.key);

describe('linesOf', () => {
  it('is the order itself while nothing is grouped', () => {
    expect(keysOf({ order, collapsed: none })).toEqual(order);
  });
  it('puts rows below their heads, heads in the order of their first rows', () => {
    expect(keysOf({ order, pathOf, collapsed: none })).toEqual(['group:DHL', 'a', 'c', 'group:GLS', 'b', 'e', 'group:UPS', 'd']);
  });
  it('shows of a closed group its head alone, which still knows its rows', () => {
    const lines = linesOf({ order, pathOf, collapsed: new Set(['GLS']) });
    expect(lines.map((line) => line.key)).toEqual(['group:DHL', 'a', 'c', 'group:GLS', 'group:UPS', 'd']);
    expect(lines[3]).toEqual({ kind: 'group', key: 'group:GLS', id: 'GLS', level: 1, parent: null, isOpen: false, rowIds: ['b', 'e'] });
  });
  it('shows groups that are known before their rows are read, in the order they are known', () => {
    expect(keysOf({ order: ['d'], pathOf, collapsed: none, known: [['GLS'], ['UPS']] })).toEqual(['group:GLS', 'group:UPS', 'd']);
  });
  it('puts rows of no group at the end, on the first level', () => {
    const lines = linesOf({ order: ['x', 'a'], pathOf, collapsed: none });
    expect(lines.map(({ key, level }) => [key, level])).toEqual([['group:DHL', 1], ['a', 2], ['x', 1]]);
  });
  it('hides the groups inside a closed one', () => {
    const deep = (id: string): readonly string[] => ['EU', `EU/${carrierOf[id]?.[0] ?? ''}`];
    expect(keysOf({ order, pathOf: deep, collapsed: new Set(['EU']) })).toEqual(['group:EU']);
    expect(linesOf({ order: ['a'], pathOf: deep, collapsed: none }).map((line) => [line.key, line.level, line.parent])).toEqual([
      ['group:EU', 1, null],
      ['group:EU/DHL', 2, 'group:EU'],
      ['a', 3, 'group:EU/DHL'],
    ]);
  });
  it('loses no row and shows none twice, whatever is grouped', () => {
    const rows = fc.uniqueArray(fc.nat(99).map((n) => `r${n}`), { maxLength: 40 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 2 }), (list, groups, depth) => {
        const of = (id: string): string[] => Array.from({ length: depth }, (_, level) => `${level}/${(Number(id.slice(1)) * (level + 1)) % groups}`).map((part, i, all) => all.slice(0, i).concat(part).join(' '));
        const lines = linesOf({ order: list, pathOf: of, collapsed: none });
        expect(lines.filter((line) => line.kind === 'row').map((line) => line.key).sort()).toEqual([...list].sort());
        expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length);
        for (const [i, line] of lines.entries()) if (line.parent !== null) expect(lines.findIndex((each) => each.key === line.parent)).toBeLessThan(i);
      }),
    );
  });
});

describe('headsAbove', () => {
  const deep = (id: string): readonly string[] => ['EU', `EU/${carrierOf[id]?.[0] ?? ''}`];
  const lines = linesOf({ order, pathOf: deep, collapsed: none });
  it('names the heads a row stands under, outermost first', () => {
    // EU, DHL, a, c, GLS, b, e, UPS, d
    expect(headsAbove(lines, 6)).toEqual([0, 4]);
    expect(headsAbove(lines, 4)).toEqual([0]);
    expect(headsAbove(lines, 0)).toEqual([]);
  });
});

it('knows heads from rows by their keys', () => {
  expect([isGroupKey(groupKey('DHL')), isGroupKey('a')]).toEqual([true, false]);
});
