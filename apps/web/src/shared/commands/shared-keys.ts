import type { LabelKey } from '../i18n';

export interface SharedKey {
  id: string;
  keys: readonly string[];
  label: LabelKey;
}

/**
 * Keys that mean the same on every screen. A page that offers one of these spreads it into its command:
 * `{ ...sharedKeys.copy, section: 'item', scope: 'screen', run }`. The settings list all of them.
 */
export const sharedKeys = {
  search: { id: 'search', keys: ['/'], label: 'frame:command.search' },
  keys: { id: 'keys', keys: ['?'], label: 'frame:command.keys' },
  undo: { id: 'undo', keys: ['z'], label: 'frame:command.undo' },
  copy: { id: 'copy', keys: ['y'], label: 'frame:command.copy' },
  previous: { id: 'previous', keys: ['['], label: 'frame:command.previous' },
  next: { id: 'next', keys: [']'], label: 'frame:command.next' },
  apply: { id: 'apply', keys: ['.'], label: 'frame:command.apply' },
  zone: { id: 'zone', keys: ['Shift+T'], label: 'frame:command.zone' },
  activity: { id: 'go.activity', keys: ['g t'], label: 'frame:command.activity' },
} as const satisfies Readonly<Record<string, SharedKey>>;
