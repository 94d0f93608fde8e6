import { useEffect, useState } from 'react';

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/**
 * Gives the focus back to where it was when this layer came, once it goes: to that element, else to the row in hand, else to the page.
 * A layer that is opened as it appears has to do it itself; the library sees only layers that open later.
 */
export const useFocusReturn = (): void => {
  // Before any effect: the layer's own first field takes the focus in one.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After what the layer did when it closed: an act may have sent the focus to a place of its own.
      setTimeout(() => {
        if (!isLost()) return;
        const places = [before, document.querySelector('[data-row-id][tabindex="0"]'), document.querySelector('main')];
        for (const place of places) {
          if (place instanceof HTMLElement && place.isConnected && place !== document.body) place.focus({ preventScroll: true });
          if (!isLost()) return;
        }
      });
    },
    [before],
  );
};
