import type { Hands } from './hands';

let hands: Pick<Hands, 'whenFree'> | undefined;
const waiting = new Set<() => void>();

/** Whose hands are waited for; without them nothing is, nor goes on waiting. */
export const setHands = (next: Pick<Hands, 'whenFree'> | undefined): void => {
  hands = next;
  if (next) return;
  for (const goOn of waiting) goOn();
};

/** Resolves when no key and no press waits for its answer on the screen: what comes by itself is not drawn in between. */
export const handsFree = (): Promise<void> =>
  new Promise((resolve) => {
    const goOn = (): void => {
      waiting.delete(goOn);
      resolve();
    };
    waiting.add(goOn);
    if (hands) hands.whenFree(goOn);
    else goOn();
  });
