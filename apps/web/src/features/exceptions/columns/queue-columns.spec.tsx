import { describe, expect, it } from '@jest/globals';
import { queueColumns } from './queue-columns';
import { sortOfHead, sorts, sortWords } from '../sorts';

const context = { meId: 'me', isResolvedView: false, isSnoozedView: false, sort: 'due' } as const;
const ids = (width: number, more: object = {}): string[] => queueColumns(width, { ...context, ...more }).map(({ id }) => id);

describe('queueColumns', () => {
  it('has deadline and reason whatever was chosen, and what was chosen as far as there is room', () => {
    expect(ids(1400, { chosen: ['value', 'country', 'weather'] })).toEqual(['due', 'why', 'country', 'value']);
    expect(ids(1400, { chosen: ['gone'] })).toEqual(['due', 'why']);
    expect(ids(460, { chosen: ['order', 'value', 'country', 'age'] })).toEqual(['due', 'why', 'order']);
    expect(ids(1400)).not.toContain('country');
  });
  it('says which column the list is sorted by, and which way', () => {
    const sorted = (sort: string, more: object = {}) => queueColumns(2000, { ...context, sort, ...more } as never).flatMap((column) => (column.sort ? [[column.id, column.sort]] : []));
    expect(sorted('due')).toEqual([['due', 'ascending']]);
    expect(sorted('value')).toEqual([['value', 'descending']]);
    expect(sorted('contact')).toEqual([]);
    expect(sorted('value', { isResolvedView: true })).toEqual([]);
  });
  it('offers to be sorted by the columns there is a sort for, unless what is listed is settled', () => {
    const sortable = (more: object): string[] => queueColumns(9000, { ...context, chosen: ['order', 'value', 'promise', 'age', 'contact', 'change'], ...more }).flatMap(({ id, sortTitle }) => (sortTitle ? [id] : []));
    expect(new Set(sortable({}))).toEqual(new Set(sorts.map((by) => sortWords[by].column)));
    expect(sortable({ isResolvedView: true })).toEqual([]);
  });
  it('leads back to the view’s own order when the sorted head is pressed again', () => {
    expect([sortOfHead('value', 'due'), sortOfHead('value', 'value'), sortOfHead('due', 'value'), sortOfHead('why', 'due')]).toEqual(['value', undefined, undefined, undefined]);
  });
});
