import type { Command } from './types';

const shown = { section: 'list', scope: 'item', isKeyOnly: true, isBuiltIn: true, run: () => undefined } as const;

/** What every list does by itself; a page adds it to its commands so that its keys are on the sheet. */
export const listKeys: readonly Command[] = [
  { ...shown, id: 'list.move', keys: ['j', 'k'], label: 'frame:list.move' },
  { ...shown, id: 'list.ends', keys: ['Home', 'End'], label: 'frame:list.ends' },
  { ...shown, id: 'list.open', keys: ['Enter', 'o'], label: 'frame:list.open' },
];
