import { useLayoutEffect, useRef } from 'react';
import { preferences } from './preferences/store';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));

const isDialogOpen = (): boolean => document.querySelector('[role="dialog"], dialog[open]') !== null;

/** A key that may be taken as a command: no modifier, not in a field, not while a dialog is open or text is composed. */
export const isCommandKey = (event: KeyboardEvent): boolean =>
  !event.defaultPrevented && !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target) && !isDialogOpen();

/**
 * Single keys of a page that is not yet in the list of commands. Each page that offers its commands with `useCommands` stops using this; it
 * goes with the last one.
 */
export const useGlobalKeys = (handlers: Readonly<Record<string, () => void>>, isShared = false): void => {
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const handler = isCommandKey(event) ? latest.current[event.key] : undefined;
      if (!handler || (event.key.length === 1 && !preferences().keyboard.singles)) return;
      if (!isShared) event.preventDefault();
      handler();
    };
    // The list of commands listens before this and keeps what it has taken to itself.
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isShared]);
};
