import type { Clock } from './clock';

/** How often the clock is looked at, in milliseconds. */
const LOOK_MS = 2000;
/** A look that comes this much too late means that the machine slept. */
const SLEEP_MS = 5000;

/** Calls when this machine has slept: nothing else says so, and a socket from before is often dead without knowing it. */
export const watchSleep = (clock: Clock, onWake: () => void): (() => void) => {
  let last = clock.now();
  let cancel: () => void;
  const look = (): void => {
    const now = clock.now();
    if (now - last > LOOK_MS + SLEEP_MS) onWake();
    last = now;
    cancel = clock.after(LOOK_MS, look);
  };
  cancel = clock.after(LOOK_MS, look);
  return () => cancel();
};
