import { useNow, useTimeView } from '@orderwatch/ui';

export interface ShownClock {
  /** The server's time as far as it is known, epoch milliseconds: a machine whose clock is wrong must not make a case look late. */
  now: number;
  /** The screen is old: spans that go on counting would look alive, so clock times are written instead. */
  isAbsolute: boolean;
}

/** What counts up or down by. `stepMs`: how often it moves on. */
export const useShownClock = (stepMs: number): ShownClock => {
  const { offsetMs = 0, isAbsolute = false } = useTimeView();
  return { now: useNow(stepMs) + offsetMs, isAbsolute };
};
