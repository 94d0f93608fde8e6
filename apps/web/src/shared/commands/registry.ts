import { useSyncExternalStore } from 'react';
import { preferences } from '../preferences/store';
import type { Command } from './types';

/** Where one component keeps its commands; read when they are needed, so that they always act on what is in hand now. */
export interface CommandSource {
  commands: readonly Command[];
}

const sources = new Set<CommandSource>();
const listeners = new Set<() => void>();
let version = 0;

const changed = (): void => {
  version += 1;
  for (const listener of listeners) listener();
};

/** Adds a component's commands until the returned function is called. */
export const addCommands = (source: CommandSource): (() => void) => {
  sources.add(source);
  changed();
  return () => {
    sources.delete(source);
    changed();
  };
};

/** What is shown of a source's commands is no longer the same. */
export const commandsChanged = changed;

/** Every command of this moment, the latest source first: what lies on top is meant. Of two with one id the upper one counts. */
export const allCommands = (): Command[] => {
  const byId = new Map<string, Command>();
  for (const source of [...sources].reverse()) for (const command of source.commands) if (!byId.has(command.id)) byId.set(command.id, command);
  return [...byId.values()];
};

export const findCommand = (id: string): Command | undefined => allCommands().find((command) => command.id === id);

/** The keys that run a command: the person's own before the built-in ones. An empty own key takes the key away. */
export const keysOf = (command: Pick<Command, 'id' | 'keys'>): readonly string[] => {
  const own = preferences().keyboard.own[command.id];
  if (own === undefined) return command.keys ?? [];
  return own === '' ? [] : [own];
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Draws again when commands come, go, or may no longer run. */
export const useCommandsVersion = (): number => useSyncExternalStore(subscribe, () => version);
