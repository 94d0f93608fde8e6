import { useLayoutEffect } from 'react';
import { announce } from '../announce';
import { t } from '../i18n';
import { preferences } from '../preferences/store';
import { KeyDispatcher, type Focus } from './dispatch';
import { allCommands, keysOf } from './registry';

/** Lists, timelines and boards: where the letter keys of an item work. Others say so with `data-commands`. */
const SURFACE = '[role="grid"], [role="treegrid"], .ow-tl, [data-commands]';

const isField = (element: Element | null): boolean =>
  element instanceof HTMLElement && (element.isContentEditable || /^(?:INPUT|SELECT|TEXTAREA)$/.test(element.tagName)) && !(element instanceof HTMLInputElement && /^(?:checkbox|radio|button)$/.test(element.type));

/** Layers in which keys mean something of their own; the settings while they wait for a key. */
const isDialogOpen = (): boolean => document.querySelector('[role="dialog"], dialog[open], [role="menu"], [data-listening="true"]') !== null;

/** The form of an act beside the list: its digits and letters are its own. */
const FORM = '.act-panel';

const focusOf = (target: EventTarget | null): Focus => {
  const element = target instanceof Element ? target : null;
  return { isInField: isField(element), isInDialog: isDialogOpen(), isInForm: element?.closest(FORM) != null, isOnSurface: element?.closest(SURFACE) != null };
};

/** Listens to the keyboard for all commands. Once, in the frame. */
export const useCommandKeys = (): void => {
  useLayoutEffect(() => {
    const dispatcher = new KeyDispatcher({
      commands: allCommands,
      keysOf,
      keyboard: () => preferences().keyboard,
      onRefused: (command, why) => announce(why ?? t('frame:notAllowed', { what: t(command.label) }), 'assertive'),
    });
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      // A region beside the page that Escape closes comes first.
      if (event.key === 'Escape' && event.target instanceof Element && event.target.closest('[data-escape]')) return;
      if (!dispatcher.press(event, focusOf(event.target), event.timeStamp)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Captured, so that the second key of two is not taken for a command of the row in focus.
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
};
