import { useLayoutEffect } from 'react';

/**
 * Stands in for a layer that is on its way. What is typed meanwhile is meant for the layer: no letter of it may claim, open or resolve what
 * lies below. Escape is let through, and so are the keys of the browser.
 */
export const HoldKeys = () => {
  useLayoutEffect(() => {
    const hold = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape' || event.key === 'Tab') return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', hold, true);
    return () => window.removeEventListener('keydown', hold, true);
  }, []);
  // The commands, which were listening before, look for this.
  return <span data-listening="true" hidden />;
};
