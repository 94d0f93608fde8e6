import type { LabelKey } from '../i18n';

/**
 * Where a command's letter keys work.
 * `global`: anywhere. `screen`: on its screen, anywhere but in fields. Both can be switched off in the settings; then a screen's keys still
 * work while a list has the focus. `item`: only while a list, a timeline or a board has the focus.
 */
export type CommandScope = 'global' | 'screen' | 'item';

/** How commands are grouped in the palette and on the sheet of keys. */
export type CommandSection = 'item' | 'list' | 'go' | 'general' | 'settings';

export interface Allowed {
  allowed: boolean;
  /** Why not, or what the policy says, in the server's words. */
  why?: string | null | undefined;
  needsApproval?: boolean | undefined;
}

/** One thing a person can do. Buttons, row menu, palette and sheet of keys are drawn from it, so that it cannot exist in only one of them. */
export interface Command {
  id: string;
  /** `c`, `Shift+E`, `/`, `g q` (one after the other), `Mod+K` (Ctrl or ⌘). The first is the one that is shown. */
  keys?: readonly string[] | undefined;
  label: LabelKey;
  section: CommandSection;
  scope: CommandScope;
  /** What it acts on, as people call it: "EX-8123". */
  object?: string | undefined;
  /** Says whether it may run now, from the server's `allowedActions`; absent: always. */
  isAllowed?: (() => Allowed) | undefined;
  /** Of use only by its key (moving in a list): on the sheet, but not in the palette or a menu. */
  isKeyOnly?: boolean | undefined;
  /** The list itself takes the key, as grids do with arrows: here only to be shown. */
  isBuiltIn?: boolean | undefined;
  /** Gets the key by which it was called, or nothing. `false`: the key was not meant for it here, and goes on to what has the focus. */
  run: (key?: string) => unknown;
}

/** Said by the server about one act, as in GraphQL's `allowedActions`. */
interface AllowedAction {
  action: string;
  allowed: boolean;
  why?: string | null;
  needsApproval: boolean;
}

/** `isAllowed` from what the server sent with the item; an act it does not name is not allowed. */
export const allowedBy = (actions: readonly AllowedAction[] | undefined, action: string): Allowed => actions?.find((each) => each.action === action) ?? { allowed: false };

export const mayRun = (command: Command): Allowed => command.isAllowed?.() ?? { allowed: true };
