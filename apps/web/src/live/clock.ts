/** Time and timers as given from outside, so that what waits can be tested without waiting. */
export interface Clock {
  now: () => number;
  after: (ms: number, run: () => void) => () => void;
}

export const browserClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
