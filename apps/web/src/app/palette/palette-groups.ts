import type { Allowed, Command, CommandSection } from '../../shared/commands';
import type { LabelKey } from '../../shared/i18n';
import type { Recent } from '../../shared/recent';
import type { Hit } from '../lookup';

/** One line of the palette. */
export type Choice =
  | { kind: 'command'; id: string; command: Command; label: string; allowed: Allowed }
  | { kind: 'recent'; id: string; recent: Recent }
  | { kind: 'hit'; id: string; hit: Hit };

export type GroupId = 'item' | 'list' | 'recent' | 'go' | 'found' | 'general';

export interface Group {
  id: GroupId;
  choices: readonly Choice[];
}

interface Material {
  text: string;
  commands: readonly Command[];
  recent: readonly Recent[];
  hits: readonly Hit[];
  mayRun: (command: Command) => Allowed;
  words: (key: LabelKey) => string;
}

const fold = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Every word typed begins a word of the label, in any order; so that "res" finds "Resolve" and "go q" finds "Go to queue". */
export const fits = (label: string, text: string): boolean => {
  const words = fold(label).split(/[\s/·:,]+/);
  return fold(text).split(/\s+/).filter(Boolean).every((typed) => words.some((word) => word.startsWith(typed) || word.replace(/^#/, '').startsWith(typed)));
};

const MOST_RECENT = 5;

/**
 * What is offered for a text, in the order of what is probably meant: acts on the item in hand, the screen's, what was opened lately,
 * pages, what the server found, settings.
 */
export const paletteGroups = ({ text, commands, recent, hits, mayRun, words }: Material): Group[] => {
  const choose = (...sections: readonly CommandSection[]): Choice[] =>
    commands
      .filter((command) => sections.includes(command.section) && !command.isKeyOnly)
      .map((command): Choice & { kind: 'command' } => ({ kind: 'command', id: command.id, command, label: words(command.label), allowed: mayRun(command) }))
      .filter((choice) => fits(`${choice.label} ${choice.command.object ?? ''}`, text))
      // What may not run stays, with its reason, after what may.
      .sort((a, b) => Number(b.allowed.allowed) - Number(a.allowed.allowed));
  const lately = recent.filter((item) => fits(item.label, text)).slice(0, MOST_RECENT);
  const groups: Group[] = [
    { id: 'item', choices: choose('item') },
    { id: 'list', choices: choose('list') },
    { id: 'recent', choices: lately.map((item) => ({ kind: 'recent', id: item.href, recent: item })) },
    { id: 'go', choices: choose('go') },
    { id: 'found', choices: hits.map((hit) => ({ kind: 'hit', id: `${hit.kind}/${hit.id}`, hit })) },
    { id: 'general', choices: choose('general', 'settings') },
  ];
  return groups.filter((group) => group.choices.length > 0);
};
