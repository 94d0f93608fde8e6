import { describe, expect, it } from '@jest/globals';
import { fakeClock } from './testing/fake-clock';
import { watchSleep } from './wake';

describe('watchSleep', () => {
  it('tells a sleep from a machine that is merely busy, once for each', async () => {
    const clock = fakeClock();
    let woken = 0;
    const stop = watchSleep(clock, () => (woken += 1));
    await clock.pass(60_000);
    clock.sleep(4000);
    await clock.pass(10_000);
    expect(woken).toBe(0);
    clock.sleep(600_000);
    await clock.pass(10_000);
    expect(woken).toBe(1);
    stop();
    clock.sleep(600_000);
    await clock.pass(10_000);
    expect(woken).toBe(1);
  });
});
