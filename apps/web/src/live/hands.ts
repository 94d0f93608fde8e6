import type { Clock } from './clock';

/** After a key or a press the page is drawn for it first; what comes in by itself waits so long at most, in milliseconds. */
const LONGEST_MS = 80;

const SIGNS = ['keydown', 'pointerdown'] as const;

/** Whether a key or a press has not yet been answered on the screen. */
export interface Hands {
  /** Calls when nothing of the kind is under way: at once, or when it has been drawn. */
  whenFree: (run: () => void) => () => void;
  stop: () => void;
}

/** Runs as soon as the next frame is on the screen. Of a hidden window none is drawn. */
const afterPaint = (run: () => void): void => void requestAnimationFrame(() => setTimeout(run));

/** Watches keys and presses: what the socket brings must not come between one of them and its answer. */
export const watchHands = (clock: Clock, target: Pick<Window, 'addEventListener' | 'removeEventListener'> = window, painted = afterPaint): Hands => {
  const waiting = new Set<() => void>();
  /** The last sign that is not answered yet. */
  let sign: object | undefined;
  const free = (which: object): void => {
    if (sign !== which) return;
    sign = undefined;
    const all = [...waiting];
    waiting.clear();
    for (const run of all) run();
  };
  const onSign = (): void => {
    const mine = {};
    const isFirst = sign === undefined;
    sign = mine;
    painted(() => free(mine));
    // Keys that come faster than frames hold nothing back for longer.
    if (isFirst) clock.after(LONGEST_MS, () => sign && free(sign));
  };
  for (const name of SIGNS) target.addEventListener(name, onSign, { capture: true, passive: true });
  return {
    whenFree: (run) => {
      if (sign === undefined) {
        run();
        return () => undefined;
      }
      waiting.add(run);
      return () => waiting.delete(run);
    },
    stop: () => {
      for (const name of SIGNS) target.removeEventListener(name, onSign, { capture: true });
      sign = undefined;
      waiting.clear();
    },
  };
};
