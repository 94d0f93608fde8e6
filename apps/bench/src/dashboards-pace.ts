const NAP = new Int32Array(new SharedArrayBuffer(4));
/** Longest the process is held between two looks at its sockets, milliseconds. */
const NAP_MS = 0.1;

/**
 * Calls `launch` at its times, whatever the launched does: an open loop. Timers are a millisecond late and a busy wait would
 * take one of two cores from what is measured, so that the last stretch is slept in naps.
 */
export async function paced(perSecond: number, count: number, launch: (k: number, scheduled: number) => void): Promise<void> {
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
    launch(k, scheduled);
  }
}
