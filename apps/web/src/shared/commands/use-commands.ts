import { useLayoutEffect, useRef } from 'react';
import { addCommands, commandsChanged, type CommandSource } from './registry';
import { mayRun, type Command } from './types';

/** What is drawn of commands; while it is the same, nothing needs to be drawn again. */
const faceOf = (commands: readonly Command[]): string =>
  commands.map((command) => [command.id, command.keys?.join(), command.label, command.object, JSON.stringify(mayRun(command))].join(' ')).join('\n');

/**
 * Offers commands while the component stands. They may be made anew at each render: what runs is always the last one.
 * A page gives those of its screen and of the item in hand in one call.
 */
export const useCommands = (commands: readonly Command[]): void => {
  const source = useRef<CommandSource>({ commands });
  const face = useRef('');
  // With the drawing that shows what they act on: a key may be pressed before the browser has painted it.
  useLayoutEffect(() => addCommands(source.current), []);
  useLayoutEffect(() => {
    source.current.commands = commands;
    const next = faceOf(commands);
    if (next === face.current) return;
    face.current = next;
    commandsChanged();
  });
};
