import { describe, expect, it } from '@jest/globals';
import { createCoalescer } from './coalescer';
import { fakeClock } from './testing/fake-clock';

const setUp = (latency = 150, calmMs?: number) => {
  const clock = fakeClock();
  const begun = clock.now();
  let version = 0;
  let flying = 0;
  const seen = { starts: [] as number[], shown: 0, most: 0 };
  const run = (): Promise<void> => {
    seen.starts.push(clock.now() - begun);
    const read = version;
    flying += 1;
    seen.most = Math.max(seen.most, flying);
    return new Promise((resolve) =>
      clock.after(latency, () => {
        flying -= 1;
        seen.shown = read;
        resolve();
      }),
    );
  };
  const coalescer = createCoalescer(run, () => ({ everyMs: 500, ...(calmMs === undefined ? {} : { calmMs }) }), clock);
  const change = (): void => {
    version += 1;
    coalescer.trigger();
  };
  return { clock, seen, change, coalescer };
};

describe('createCoalescer', () => {
  it('refreshes at once on a single change, and once only', async () => {
    const { clock, seen, change } = setUp();
    change();
    await clock.pass(5000);
    expect(seen.starts).toEqual([0]);
    expect(seen.shown).toBe(1);
  });

  it('makes a burst of 200 in one second into few refreshes, and the last version is shown', async () => {
    const { clock, seen, change } = setUp();
    for (let i = 0; i < 200; i += 1) {
      change();
      await clock.pass(5);
    }
    await clock.pass(700);
    expect(seen.starts).toEqual([0, 500, 1000]);
    expect(seen.shown).toBe(200);
  });

  it('shows changes that come singly at once, and keeps the pace as soon as many come', async () => {
    const { clock, seen, change } = setUp(10, 40);
    for (const pause of [200, 200, 200]) {
      change();
      await clock.pass(pause);
    }
    expect(seen.starts).toEqual([0, 200, 400]);
    for (let i = 0; i < 100; i += 1) {
      change();
      await clock.pass(20);
    }
    await clock.pass(5000);
    expect(seen.starts.length).toBeLessThanOrEqual(3 + 5 + 5);
    expect(seen.shown).toBe(103);
  });

  it('reads again when something changed during a read', async () => {
    const { clock, seen, change } = setUp(300);
    change();
    await clock.pass(100);
    change();
    await clock.pass(5000);
    expect(seen.starts).toEqual([0, 500]);
    expect(seen.shown).toBe(2);
  });

  it('never runs two at a time, even when a read is slower than the pace', async () => {
    const { clock, seen, change } = setUp(1700);
    for (let i = 0; i < 50; i += 1) {
      change();
      await clock.pass(100);
    }
    await clock.pass(10_000);
    expect(seen.most).toBe(1);
    expect(seen.shown).toBe(50);
  });

  it('goes on after a failed read', async () => {
    const clock = fakeClock();
    let runs = 0;
    const coalescer = createCoalescer(
      () => {
        runs += 1;
        return Promise.reject(new Error('away'));
      },
      () => ({ everyMs: 500 }),
      clock,
    );
    coalescer.trigger();
    await clock.pass(600);
    coalescer.trigger();
    await clock.pass(600);
    expect(runs).toBe(2);
  });

  it('does nothing once stopped', async () => {
    const { clock, seen, change, coalescer } = setUp();
    change();
    change();
    coalescer.stop();
    await clock.pass(5000);
    expect(seen.starts).toEqual([0]);
  });
});
