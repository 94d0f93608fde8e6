/** The part of a keyboard event that says which key it was. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const isLetter = (key: string): boolean => /^\p{L}$/u.test(key);

/** How a press is written in a command: `c`, `Shift+E`, `?`, `Mod+K`, `ArrowDown`. Undefined for a modifier alone, and with Alt. */
export const keyName = ({ key: pressed, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string | undefined => {
  const key = pressed === ' ' ? 'Space' : pressed;
  if (altKey || ['Shift', 'Control', 'Meta', 'Alt', 'Dead', 'Process'].includes(key)) return undefined;
  if (ctrlKey || metaKey) return `${shiftKey ? 'Shift+' : ''}Mod+${isLetter(key) ? key.toUpperCase() : key}`;
  if (isLetter(key)) return shiftKey && key !== key.toLowerCase() ? `Shift+${key.toUpperCase()}` : key.toLowerCase();
  // A sign's own shift is part of the sign ("?"); a named key's is not.
  return shiftKey && key.length > 1 ? `Shift+${key}` : key;
};

const MODS = new Set(['Mod+K', 'Mod+Enter', 'Shift+Mod+Enter', 'Mod+A']);

/** Whether our commands may be bound to it: with Ctrl or ⌘ only K, Enter and A, so that nothing of the browser's is taken away. */
export const isBindable = (keys: string): boolean => keys.split(' ').every((key) => !key.includes('Mod+') || MODS.has(key));

/** A key that types a character: what WCAG 2.1.4 is about. */
export const isCharacterKey = (keys: string): boolean => keys.split(' ').some((key) => [...key.replace('Shift+', '')].length === 1 && !key.includes('Mod+'));

const isMac = (): boolean => typeof navigator !== 'undefined' && /Mac|iP(?:hone|ad)/.test(navigator.userAgent);

const faces: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', Shift: '⇧' };

/** The caps that a key is drawn as: `Shift+E` → ["⇧", "E"], `g q` → ["G", "Q"]. */
export const keyCaps = (keys: string): string[] =>
  keys.split(' ').flatMap((key) => key.split(/\+(?=.)/).map((part) => (part === 'Mod' ? (isMac() ? '⌘' : 'Ctrl') : (faces[part] ?? (part.length === 1 ? part.toUpperCase() : part)))));

/** For `aria-keyshortcuts`; keys one after the other have no form there. */
export const ariaKeys = (keys: string | undefined): string | undefined => (keys === undefined || keys.includes(' ') ? undefined : keys.replace('Mod', isMac() ? 'Meta' : 'Control'));
