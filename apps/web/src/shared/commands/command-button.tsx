import { Button } from '@orderwatch/ui';
import type { ReactNode } from 'react';
import { useText } from '../i18n';
import { keyCaps } from './key-names';
import { findCommand, keysOf, useCommandsVersion } from './registry';
import { mayRun } from './types';

interface CommandButtonProps {
  /** The command's id; while nobody offers it, nothing is drawn. */
  id: string;
  variant?: 'primary' | 'default' | 'danger' | 'quiet' | undefined;
  compact?: boolean | undefined;
  /** Drawn instead of the label, where the button says more ("Refund €129.00"). */
  children?: ReactNode;
}

/** A command as a button: its label, its key, and why it may not run. */
export const CommandButton = ({ id, variant, compact, children }: CommandButtonProps) => {
  useCommandsVersion();
  const t = useText();
  const command = findCommand(id);
  if (!command) return null;
  const { allowed, why } = mayRun(command);
  const key = keysOf(command)[0];
  return (
    <Button variant={variant} compact={compact} kbd={key === undefined ? undefined : keyCaps(key).join(' ')} disabled={!allowed} reason={why ?? undefined} onClick={() => command.run()}>
      {children ?? t(command.label)}
    </Button>
  );
};
