import { describe, expect, it } from '@jest/globals';
import { earlierThan, knownInstants, laterThan } from './instants';

const t = (hour: number): string => new Date(Date.UTC(2026, 10, 18, hour)).toISOString();
const ms = (hour: number): number => Date.parse(t(hour));

describe('knownInstants', () => {
  it('are those at which we heard, not those at which it happened, also inside a fold', () => {
    const rows = [
      { kind: 'silence', at: t(20) },
      { kind: 'person', at: t(12) },
      { kind: 'folded', at: t(1), folded: [{ kind: 'event', at: t(1), receivedAt: t(9) }, { kind: 'event', at: t(2), receivedAt: t(9) }] },
      { kind: 'event', at: t(8), receivedAt: t(8) },
      { kind: 'expected', at: t(30) },
    ];
    expect(knownInstants(rows)).toEqual([ms(8), ms(9), ms(12)]);
  });
  it('are one where a message and what it brings about follow each other at once', () => {
    const iso = (seconds: number): string => new Date(ms(8) + seconds * 1000).toISOString();
    const told = (seconds: number) => ({ kind: 'event', at: t(1), receivedAt: iso(seconds) });
    const done = (seconds: number) => ({ kind: 'person', at: iso(seconds) });
    expect(knownInstants([told(0), told(1), done(2), done(4), done(60)])).toEqual([ms(8), ms(8) + 4000, ms(8) + 60_000]);
  });
});

describe('steps', () => {
  const instants = [ms(8), ms(9), ms(12)];
  it('lead back from now to the one before the last, and no further than the first', () => {
    expect([earlierThan(instants, null), earlierThan(instants, ms(9)), earlierThan(instants, ms(8))]).toEqual([ms(9), ms(8), undefined]);
  });
  it('lead on until what is known now', () => {
    expect([laterThan(instants, ms(7)), laterThan(instants, ms(8)), laterThan(instants, ms(9))]).toEqual([ms(8), ms(9), null]);
  });
  it('start from any instant between', () => {
    expect([earlierThan(instants, ms(10)), laterThan(instants, ms(8) + 1)]).toEqual([ms(9), ms(9)]);
  });
});
