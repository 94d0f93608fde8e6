import type { KeyboardPreferences } from '../preferences/types';
import { isCharacterKey, keyName, type KeyPress } from './key-names';
import { mayRun, type Command } from './types';

/** Longest time between two keys that belong together, in milliseconds. */
const CHORD_MS = 1200;

/** Where the keyboard is while a key is pressed. */
export interface Focus {
  /** In something that takes text. */
  isInField: boolean;
  /** A dialog is open. */
  isInDialog: boolean;
  /** In a form of the case in hand, as the list of outcomes. */
  isInForm: boolean;
  /** In a list, a timeline or a board. */
  isOnSurface: boolean;
}

interface Surroundings {
  commands: () => readonly Command[];
  keysOf: (command: Command) => readonly string[];
  keyboard: () => KeyboardPreferences;
  /** Told when a command's key was pressed that may not run now. */
  onRefused?: (command: Command, why: string | null | undefined) => void;
}

/** Works while the focus is where it is, and is not switched off. */
const isLive = (command: Command, keys: string, focus: Focus, keyboard: KeyboardPreferences): boolean => {
  if (command.isBuiltIn) return false;
  if (command.scope === 'item') return focus.isOnSurface;
  if (!isCharacterKey(keys)) return true;
  const isOn = keys.includes(' ') ? keyboard.chords : keyboard.singles;
  // A screen's keys with the focus in its list are keys of the list, which need no switch.
  return isOn || (command.scope === 'screen' && focus.isOnSurface && !keys.includes(' '));
};

/** Finds the command that a press means. Knows nothing of the document, so that it can be tested by itself. */
export class KeyDispatcher {
  private begun: { key: string; at: number; isOnSurface: boolean } | undefined;

  constructor(private readonly surroundings: Surroundings) {}

  /** True when the key was taken; `at` in milliseconds, from any beginning. */
  press(event: KeyPress, focus: Focus, at: number): boolean {
    const key = keyName(event);
    if (key === undefined) return false;
    const before = this.begun;
    this.begun = undefined;
    if (focus.isInDialog || (focus.isInField && !key.includes('Mod+'))) return false;
    if (before && at - before.at < CHORD_MS) {
      // Where the first key was pressed decides: it may itself have moved the focus, as `h` does before the second one.
      const second = this.find(`${before.key} ${key}`, { ...focus, isOnSurface: focus.isOnSurface || before.isOnSurface });
      if (second) return this.run(second, key);
    }
    if (focus.isInForm && !key.includes('Mod+')) return false;
    const command = this.find(key, focus);
    const isBeginning = this.begins(key, focus);
    if (isBeginning) this.begun = { key, at, isOnSurface: focus.isOnSurface };
    if (command) return this.run(command, key) || isBeginning;
    return isBeginning;
  }

  private find(keys: string, focus: Focus): Command | undefined {
    const { commands, keysOf, keyboard } = this.surroundings;
    return commands().find((command) => keysOf(command).includes(keys) && isLive(command, keys, focus, keyboard()));
  }

  private begins(key: string, focus: Focus): boolean {
    const { commands, keysOf, keyboard } = this.surroundings;
    return commands().some((command) => keysOf(command).some((keys) => keys.startsWith(`${key} `) && isLive(command, keys, focus, keyboard())));
  }

  private run(command: Command, key: string): boolean {
    const { allowed, why } = mayRun(command);
    if (allowed) return command.run(key) !== false;
    this.surroundings.onRefused?.(command, why);
    return true;
  }
}
