const NAP = new Int32Array(new SharedArrayBuffer(4));
/** Longest the process is held between two looks at its sockets, milliseconds. */
const NAP_MS = 0.1;

/** When something is to be launched, by `performance.now`. */
export interface Slot {
  readonly scheduled: number;
  /** Not one of those that only come before. */
  readonly isTimed: boolean;
}

/** What comes so soon after the first is not timed: a hundred dashboards that open in one moment are still being seen to. Milliseconds. */
const LEAD_IN_MS = 1_000;

/**
 * Calls `launch` at its times, whatever the launched does: an open loop. Timers are a millisecond late and a busy wait would
 * take one of two cores from what is measured, so that the last stretch is slept in naps. All are launched alike; the first are not timed.
 */
export async function paced(perSecond: number, count: number, launch: (k: number, slot: Slot) => void): Promise<void> {
  const started = performance.now();
  for (let k = 0; k < count; k += 1) {
    const scheduled = started + (k * 1000) / perSecond;
    for (let left = scheduled - performance.now(); left > 0; left = scheduled - performance.now()) {
      if (left > 2.5) await new Promise((again) => setTimeout(again, left - 1.5));
      else {
        Atomics.wait(NAP, 0, 0, Math.min(NAP_MS, left));
        await new Promise((again) => setImmediate(again));
      }
    }
    launch(k, { scheduled, isTimed: scheduled - started >= LEAD_IN_MS });
  }
}
