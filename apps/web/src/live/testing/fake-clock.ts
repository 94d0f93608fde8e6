import type { Clock } from '../clock';

interface Timer {
  at: number;
  run: () => void;
}

export interface FakeClock extends Clock {
  /** Lets time pass, running what falls due in order; promises settle between timers. */
  pass: (ms: number) => Promise<void>;
  /** The machine sleeps: time passes and no timer runs until it is over. */
  sleep: (ms: number) => void;
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
};

export const fakeClock = (start = 1_000_000): FakeClock => {
  let now = start;
  const timers = new Set<Timer>();
  const next = (until: number): Timer | undefined => [...timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    sleep: (ms) => {
      now += ms;
    },
    pass: async (ms) => {
      const until = now + ms;
      await settle();
      for (let timer = next(until); timer; timer = next(until)) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.run();
        await settle();
      }
      now = until;
    },
  };
};
