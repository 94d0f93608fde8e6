import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backstopMs } from './backstop';

describe('backstopMs', () => {
  it('is a minute when live and a quarter of one when not, a fifth more or less, and always the same for one list of one window', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.uuid(), fc.string(), (isLive, window, list) => {
        const usual = isLive ? 60_000 : 15_000;
        const wait = backstopMs(isLive, window, list);
        return wait >= usual * 0.8 && wait <= usual * 1.2 && wait === backstopMs(isLive, window, list);
      }),
    );
  });
  it('spreads windows', () => {
    const waits = new Set(Array.from({ length: 50 }, (_, i) => backstopMs(true, `window ${i}`, '["queue"]')));
    expect(waits.size).toBeGreaterThan(40);
  });
});
