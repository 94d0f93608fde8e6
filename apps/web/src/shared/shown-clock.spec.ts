import { setDefaultZone } from '@orderwatch/ui';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dueText, promiseView } from './format';

const now = Date.parse('2026-03-01T12:00:00Z');
const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();

describe('what counts down', () => {
  beforeAll(() => setDefaultZone('UTC'));
  afterAll(() => setDefaultZone(undefined));

  it('is a span while the screen is live, and a clock time or a day while it is old', () => {
    const said = (isAbsolute: boolean): string[] => [2, -2, 70].map((hours) => dueText(at(hours), { now, isAbsolute }));
    expect(said(false)).toEqual(['2 h', '−2 h', '2 d']);
    expect(said(true)).toEqual(['14:00', '10:00', '4 Mar']);
  });

  it('of a promise is how far it is past, and on an old screen its day, still marked', () => {
    expect(promiseView(at(-50), null, now)).toMatchObject({ isOver: true, text: expect.stringContaining('2') });
    expect(promiseView(at(-50), null, now, true)).toEqual({ isOver: true, text: '27 Feb' });
    expect(promiseView(at(50), null, now, true)).toEqual({ isOver: false, text: '3 Mar' });
  });
});
