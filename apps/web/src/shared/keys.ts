import { useEffect, useRef } from 'react';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));

const isDialogOpen = (): boolean => document.querySelector('[role="dialog"], dialog[open]') !== null;

/** A key that may be taken as a command: no modifier, not in a field, not while a dialog is open or text is composed. */
export const isCommandKey = (event: KeyboardEvent): boolean =>
  !event.defaultPrevented && !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target) && !isDialogOpen();

const CHORD_MS = 1200;

/**
 * Global keys: single ones by name ("/"), chords after `g` as "g q". Handlers may change between renders.
 * With `isShared` a key is only looked at and goes on to whatever has the focus.
 */
export const useGlobalKeys = (handlers: Readonly<Record<string, () => void>>, isShared = false): void => {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    let chordAt = 0;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!isCommandKey(event)) return;
      const isChord = chordAt > 0 && event.timeStamp - chordAt < CHORD_MS;
      chordAt = 0;
      if (isChord) {
        const handler = latest.current[`g ${event.key}`];
        if (handler) {
          event.preventDefault();
          event.stopPropagation();
          handler();
          return;
        }
      }
      if (event.key === 'g') {
        chordAt = event.timeStamp;
        return;
      }
      const handler = latest.current[event.key];
      if (!handler) return;
      if (!isShared) event.preventDefault();
      handler();
    };
    // Captured, so that the second key of a chord is not taken for a command of the row in focus.
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [isShared]);
};
