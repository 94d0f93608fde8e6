import { describe, expect, it } from '@jest/globals';
import { ChangedCells, changesOf } from './changed-cells';

interface Row {
  due: string;
  why: string;
}

const columns = [{ id: 'due', signature: (row: Row) => row.due }, { id: 'why', signature: (row: Row) => row.why }, { id: 'age' }];
const rows = (of: Record<string, Row>): ReadonlyMap<string, Row> => new Map(Object.entries(of));

describe('changesOf', () => {
  it('finds what says something else, and takes a new row for no news', () => {
    const before = rows({ a: { due: '1', why: 'late' }, b: { due: '1', why: 'late' } });
    const after = rows({ a: { due: '2', why: 'lost' }, b: { due: '1', why: 'late' }, c: { due: '9', why: 'new' } });
    expect([...changesOf(before, after, columns)]).toEqual([['a', 'due why']]);
  });
});

describe('ChangedCells', () => {
  it('tells the row that is marked, and no other', () => {
    const marks = new ChangedCells();
    const told: string[] = [];
    const stop = marks.subscribe('a', () => told.push(`a ${marks.of('a')}`));
    marks.subscribe('b', () => told.push('b'));
    const news = new Map([['a', 'due']]);
    marks.mark(news);
    marks.unmark(news);
    stop();
    marks.mark(news);
    expect(told).toEqual(['a due', 'a ']);
  });

  it('keeps a mark that later news has set', () => {
    const marks = new ChangedCells();
    const [first, second] = [new Map([['a', 'due'], ['b', 'due']]), new Map([['a', 'due']])];
    marks.mark(first);
    marks.mark(second);
    marks.unmark(first);
    expect([marks.of('a'), marks.of('b')]).toEqual(['due', '']);
  });
});
