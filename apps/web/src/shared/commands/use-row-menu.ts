import { keyCaps } from './key-names';
import { keysOf } from './registry';
import { mayRun } from './types';
import { useCommandsOf } from './use-commands-of';
import { useText } from '../i18n';

interface MenuItem {
  id: string;
  label: string;
  kbd?: string | undefined;
  onSelect: () => void;
  reason?: string | undefined;
}

/** The menu of the row in hand: the very commands that its keys run. */
export const useRowMenu = (): (() => readonly MenuItem[]) => {
  const t = useText();
  const commands = useCommandsOf('item');
  return () =>
    commands.map((command): MenuItem => {
      const { allowed, why } = mayRun(command);
      const key = keysOf(command)[0];
      return { id: command.id, label: t(command.label), kbd: key === undefined ? undefined : keyCaps(key).join(' '), onSelect: () => void command.run(), reason: allowed ? undefined : (why ?? '') };
    });
};
