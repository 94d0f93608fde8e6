import type { Locator, Page } from 'playwright-core';
import { until } from './processes';

/** Whether one of the elements has the keyboard. */
export const hasKeyboard = (target: Locator): Promise<boolean> => target.evaluateAll((found) => found.includes(document.activeElement as HTMLElement));

/** Waits until one of the elements has the keyboard: a key that is meant for it is pressed then, and not before. */
export const keyboardOn = (what: string, target: Locator): Promise<unknown> => until(`${what} has the keyboard`, () => hasKeyboard(target));

/**
 * Presses keys that belong together. All in one task: between two presses of its own a machine that stumbles would let more time pass than
 * may lie between them. What the first one brings about is drawn before the second, as ever.
 */
export const chord = (page: Page, ...keys: readonly string[]): Promise<void> =>
  page.evaluate(async (all) => {
    for (const key of all) {
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await Promise.resolve();
    }
  }, keys);
