import { describe, expect, it } from '@jest/globals';
import { fakeClock } from '../../live/testing/fake-clock';
import { SessionWatch, warningOf, type EndWarning } from './session-watch';

const MINUTE = 60_000;

describe('warningOf', () => {
  const after = (idle: number, last: number) => warningOf({ idleAt: idle * MINUTE, lastAt: last * MINUTE }, 0);
  it('says nothing until two minutes before an end', () => {
    expect(after(30, 480)).toBeNull();
    expect(after(2.01, 480)).toBeNull();
    expect(after(2, 480)).toEqual({ kind: 'idle', at: 2 * MINUTE });
    expect(after(30, 2.01)).toBeNull();
    expect(after(30, 2)).toEqual({ kind: 'last', at: 2 * MINUTE });
  });
  it('never promises that staying helps when it does not, and counts to what comes first', () => {
    expect(after(1, 2)).toEqual({ kind: 'last', at: MINUTE });
    expect(after(2, 1)).toEqual({ kind: 'last', at: MINUTE });
  });
});

/** A session as the server keeps it, and windows that look at it. */
const stand = () => {
  const timers = fakeClock();
  let slept = 0;
  /** In its sleep a machine's timers stand still, its clock does not. */
  const clock = { ...timers, now: () => timers.now() + slept };
  const began = clock.now();
  let seenAt = began;
  let lastAt = began + 480 * MINUTE;
  let isDown = false;
  let latency = 0;
  const said: (number | null)[] = [];
  const open = () => {
    const warnings: (EndWarning | null)[] = [];
    const watch = new SessionWatch({
      clock,
      onWarning: (warning) => {
        if (warnings.at(-1)?.kind !== warning?.kind) warnings.push(warning);
      },
      say: async (restedMs) => {
        said.push(restedMs);
        if (latency > 0) await new Promise<void>((resolve) => clock.after(latency, resolve));
        if (isDown || clock.now() >= Math.min(seenAt + 30 * MINUTE, lastAt)) throw new Error('no');
        if (restedMs !== null) seenAt = Math.max(seenAt, clock.now() - restedMs);
        return { idleMs: seenAt + 30 * MINUTE - clock.now(), lastMs: lastAt - clock.now() };
      },
    });
    watch.ask();
    return { watch, shown: () => warnings.at(-1) ?? null };
  };
  return {
    clock, said, open, began,
    sleep: (ms: number) => (slept += ms),
    idle: () => clock.now() - seenAt,
    setDown: (next: boolean) => (isDown = next),
    setLatency: (next: number) => (latency = next),
    endAt: (at: number) => (lastAt = at),
  };
};

describe('SessionWatch', () => {
  it('asks once, and warns two minutes before the end of who does nothing', async () => {
    const { clock, open, said, began } = stand();
    const { shown } = open();
    await clock.pass(28 * MINUTE - 1);
    expect(said).toEqual([null]);
    expect(shown()).toBeNull();
    await clock.pass(1);
    expect(shown()).toEqual({ kind: 'idle', at: began + 30 * MINUTE });
  });

  it('tells of hands at once and then once a minute, however much they do, and never warns who works', async () => {
    const { clock, open, said, idle } = stand();
    const { watch, shown } = open();
    let longest = 0;
    for (let second = 0; second < 100 * 60; second += 1) {
      watch.touch();
      await clock.pass(1000);
      longest = Math.max(longest, idle());
      expect(shown()).toBeNull();
    }
    expect(longest).toBeLessThanOrEqual(MINUTE + 1000);
    expect(said.length).toBeLessThanOrEqual(102);
  });

  it('forgets no touch between two tellings: the half hour is counted from the last one', async () => {
    const { clock, open } = stand();
    const { watch, shown } = open();
    await clock.pass(1);
    watch.touch();
    await clock.pass(50_000);
    watch.touch();
    const touchedAt = clock.now();
    await clock.pass(28 * MINUTE - 1);
    expect(shown()).toBeNull();
    await clock.pass(1);
    expect(shown()).toEqual({ kind: 'idle', at: touchedAt + 30 * MINUTE });
  });

  it('takes the warning back at the first touch, and stays', async () => {
    const { clock, open, idle } = stand();
    const { watch, shown } = open();
    await clock.pass(29 * MINUTE);
    expect(shown()?.kind).toBe('idle');
    watch.touch();
    await clock.pass(0);
    expect(shown()).toBeNull();
    expect(idle()).toBe(0);
  });

  it('does not warn in one window while hands are at work in another, and takes the warning back in all', async () => {
    const { clock, open } = stand();
    const [one, other] = [open(), open()];
    await clock.pass(20 * MINUTE);
    one.watch.touch();
    await clock.pass(9 * MINUTE);
    expect([one.shown(), other.shown()]).toEqual([null, null]);
    await clock.pass(19 * MINUTE);
    expect([one.shown()?.kind, other.shown()?.kind]).toEqual(['idle', 'idle']);
    one.watch.touch();
    await clock.pass(10_000);
    expect([one.shown(), other.shown()]).toEqual([null, null]);
  });

  it('warns before the last end also who works, and no touch takes that back', async () => {
    const { clock, open, endAt, began } = stand();
    endAt(began + 10 * MINUTE);
    const { watch, shown } = open();
    for (let second = 0; second < 8 * 60; second += 1) {
      watch.touch();
      await clock.pass(1000);
    }
    watch.touch();
    await clock.pass(1000);
    expect(shown()).toEqual({ kind: 'last', at: began + 10 * MINUTE });
  });

  it('warns before the last end who does nothing', async () => {
    const { clock, open, endAt, began } = stand();
    endAt(began + 10 * MINUTE);
    const { shown } = open();
    await clock.pass(8 * MINUTE);
    expect(shown()).toEqual({ kind: 'last', at: began + 10 * MINUTE });
  });

  it('asks again after a failure, but not at every move of a pointer', async () => {
    const { clock, open, said, setDown, idle } = stand();
    setDown(true);
    const { watch } = open();
    for (let i = 0; i < 100; i += 1) {
      watch.touch();
      await clock.pass(100);
    }
    expect(said.length).toBeLessThanOrEqual(3);
    setDown(false);
    await clock.pass(10_000);
    expect(idle()).toBeLessThan(11_000);
  });

  it('asks when the session should be over, so that the page says so, and asks no more once stopped', async () => {
    const { clock, open, said, setLatency } = stand();
    setLatency(40);
    const { watch } = open();
    await clock.pass(30 * MINUTE + 1100);
    const asked = said.length;
    expect(asked).toBeGreaterThan(10);
    expect(asked).toBeLessThan(20);
    watch.stop();
    watch.touch();
    await clock.pass(60 * MINUTE);
    watch.touch();
    await clock.pass(MINUTE);
    expect(said.length).toBe(asked);
  });

  it('finds out that the machine slept', async () => {
    const { clock, open, sleep } = stand();
    const { shown } = open();
    await clock.pass(1000);
    sleep(28.5 * MINUTE);
    await clock.pass(30_000);
    expect(shown()?.kind).toBe('idle');
  });
});
