import { useLayoutEffect, useReducer } from 'react';

/** Gives the keyboard to the row in hand; called once it is drawn. Without a list in sight nothing happens. */
export const focusRow = (): void => document.querySelector<HTMLElement>('.ow-grid [data-row-id][tabindex="0"]')?.focus({ preventScroll: true });

/** A wish for the keyboard, granted in the drawing that shows the row: the next key may come before the next frame does. */
export const useRowFocus = (): (() => void) => {
  const [times, want] = useReducer((before: number) => before + 1, 0);
  useLayoutEffect(() => {
    if (times > 0) focusRow();
  }, [times]);
  return want;
};
