import { describe, expect, it } from '@jest/globals';
import { holdTimeline } from './held-timeline';

type Row = Parameters<typeof holdTimeline>[0][number];
const base: Row = {
  id: '', kind: 'event', at: '2026-11-18T14:05:00Z', untilAt: null, lane: 'order', title: '', detail: null, rawText: null, code: null, source: null, sourceLabel: null, receivedAt: null, toldLateSeconds: null, actor: null,
  tone: 'normal', inboxId: null, count: null, unmapped: false, future: false, folded: null,
};
const row = (id: string, more: Partial<Row> = {}): Row => ({ ...base, id, title: id, ...more });
const never = (): boolean => false;
const ids = (rows: readonly Row[]): string[] => rows.map(({ id }) => id);

describe('holdTimeline', () => {
  it('lets what is new wait, and renews the words of what is drawn', () => {
    const { rows, waiting } = holdTimeline([row('b'), row('a')], [row('c'), row('b', { title: 'other words' }), row('a')], never);
    expect([ids(rows), rows[0]?.title, waiting]).toEqual([['b', 'a'], 'other words', 1]);
  });
  it('keeps a silence that has ended where it stands until it is asked', () => {
    const { rows, waiting, isChanged } = holdTimeline([row('silence:p', { kind: 'silence' }), row('a')], [row('a')], never);
    expect([ids(rows), waiting, isChanged]).toEqual([['silence:p', 'a'], 0, true]);
  });
  it('counts no row twice that went into a fold', () => {
    const fold = row('fold:a', { kind: 'folded', folded: [row('b'), row('a')] });
    expect(holdTimeline([row('b'), row('a')], [row('c'), fold], never)).toMatchObject({ waiting: 1, isChanged: true });
  });
  it('shows at once what the reader has just done, but not together with what others did', () => {
    const isOwn = ({ actor }: Row): boolean => actor === 'Ana';
    const mine = row('m', { kind: 'person', actor: 'Ana' });
    expect(ids(holdTimeline([row('a')], [mine, row('a')], isOwn).rows)).toEqual(['m', 'a']);
    expect(holdTimeline([row('a')], [row('x'), mine, row('a')], isOwn)).toMatchObject({ waiting: 2, isChanged: true });
  });
});
