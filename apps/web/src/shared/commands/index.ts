/**
 * The one list of what a person can do. A page offers its commands with `useCommands([...])`; from there the keyboard, `CommandButton`, the
 * row menu (`useCommandsOf('item')`), the palette and the sheet of keys take them. Two ids are shared by screens, so that a person's own key
 * holds on all of them: see `sharedKeys`.
 */
export { CommandButton } from './command-button';
export { ariaKeys, isBindable, isCharacterKey, keyCaps, keyName } from './key-names';
export { listKeys } from './list-keys';
export { allCommands, findCommand, keysOf, useCommandsVersion } from './registry';
export { sharedKeys, type SharedKey } from './shared-keys';
export { allowedBy, mayRun, type Allowed, type Command, type CommandScope, type CommandSection } from './types';
export { useCommandKeys } from './use-command-keys';
export { useCommands } from './use-commands';
export { useCommandsOf } from './use-commands-of';
export { useRowMenu } from './use-row-menu';
