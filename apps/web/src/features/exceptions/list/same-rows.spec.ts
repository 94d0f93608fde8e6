import { describe, expect, it } from '@jest/globals';
import type { CaseRow } from '../../../shared/cases/types';
import { sameRows } from './same-rows';

type Pages = { pages: { seq: string; rows: CaseRow[] }[]; pageParams: null[] };

const row = (id: string, dataAgeSeconds: number | null, version = 1): CaseRow => ({ id, version, dataAgeSeconds, otherRules: [] }) as unknown as CaseRow;
const list = (seq: string, ...rows: CaseRow[]): Pages => ({ pages: [{ seq, rows }], pageParams: [null] });
const shared = (before: Pages, next: Pages): Pages => sameRows(before, next) as Pages;

describe('sameRows', () => {
  it('keeps the rows that say the same, wherever they stand now', () => {
    const before = list('1.1', row('a', 3600), row('b', 7200), row('c', null));
    const after = shared(before, list('1.2', row('b', 7201), row('a', 3601), row('c', null)));
    expect(after.pages[0]?.rows[1]).toBe(before.pages[0]?.rows[0]);
    expect(after.pages[0]?.rows[2]).toBe(before.pages[0]?.rows[2]);
    expect(after.pages[0]?.rows.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
    expect(after.pages[0]?.seq).toBe('1.2');
  });

  it('takes what is told in other words, or is another version', () => {
    const before = list('1.1', row('a', 3600), row('b', 59), row('c', 0));
    const after = shared(before, list('1.2', row('a', 3601, 2), row('b', 60), row('c', null)));
    expect(after.pages[0]?.rows.map(({ version, dataAgeSeconds }) => [version, dataAgeSeconds])).toEqual([[2, 3600], [1, 60], [1, null]]);
  });

  it('is the same list when nothing has changed but the ages', () => {
    const before = list('1.1', row('a', 3600));
    expect(shared(before, list('1.1', row('a', 3605)))).toBe(before);
  });
});
