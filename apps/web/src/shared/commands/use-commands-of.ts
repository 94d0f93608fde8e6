import { allCommands, useCommandsVersion } from './registry';
import type { Command, CommandSection } from './types';

/** The commands of a section that can be chosen from a menu. */
export const useCommandsOf = (section: CommandSection): Command[] => {
  useCommandsVersion();
  return allCommands().filter((command) => command.section === section && !command.isKeyOnly);
};
