import { isBindable, isCharacterKey, keyName, type SharedKey } from '../../shared/commands';

export type KeyAnswer = { kind: 'taken'; by: SharedKey } | { kind: 'not-possible' } | { kind: 'fine'; key: string } | { kind: 'nothing' };

type KeyPress = Parameters<typeof keyName>[0];

/**
 * What pressing a key means for a command that wants one. `before` is the `g` that a chord begins with, or nothing.
 * Keys that move the focus or belong to the browser are never taken.
 */
export const answerTo = (press: KeyPress, command: SharedKey, others: readonly SharedKey[], keysOf: (of: SharedKey) => readonly string[]): KeyAnswer => {
  if (press.altKey) return { kind: 'not-possible' };
  const name = keyName(press);
  if (name === undefined || ['Tab', 'Shift+Tab', 'Enter', 'Space', 'Escape'].includes(name)) return { kind: 'nothing' };
  if (name.includes('Mod+') || !isBindable(name) || (!isCharacterKey(name) && !/^(?:Shift\+)?F\d+$/.test(name))) return { kind: 'not-possible' };
  const key = command.keys[0]?.startsWith('g ') ? `g ${name}` : name;
  const by = others.find((other) => other.id !== command.id && keysOf(other).some((each) => each === key || each.startsWith(`${key} `)));
  return by ? { kind: 'taken', by } : { kind: 'fine', key };
};
