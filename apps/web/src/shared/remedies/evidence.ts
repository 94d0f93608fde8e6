import type { EntryPartsFragment } from '../../gql';

type Entry = Pick<EntryPartsFragment, 'id' | 'kind' | 'at' | 'title' | 'rawText' | 'detail' | 'sourceLabel' | 'tone'> & { folded?: readonly Entry[] | null };

/** One fact that a proposal can lean on. */
export interface EvidenceChoice {
  factId: string;
  text: string;
  source: string | null;
  at: string | null;
}

const CONTRADICTION = 'contradiction:';
const MOST = 5;
const MOST_CHECKED = 3;

const tellsAlone = (entry: Entry): boolean => entry.kind === 'contradiction' || entry.tone === 'problem' || entry.tone === 'contact';
const isFact = (entry: Entry): boolean => entry.kind === 'contradiction' || (entry.kind === 'event' && entry.tone !== 'money');

/** The row of the timeline on which a fact is shown, also inside a fold; a contradiction is one row about two facts. */
export const entryOfFact = <E extends { id: string; folded?: readonly Omit<E, 'folded'>[] | null }>(timeline: readonly E[], factId: string): E | undefined =>
  timeline.flatMap((entry) => (entry.folded ? (entry.folded as readonly E[]) : [entry])).find(({ id }) => id === factId || id === `${CONTRADICTION}${factId}`);

/** The order's latest facts, what speaks for a remedy first; folds and what people did are no facts. */
export const evidenceChoices = (timeline: readonly Entry[]): { choices: EvidenceChoice[]; checked: string[] } => {
  const facts = timeline.flatMap((entry) => (entry.folded ? entry.folded : [entry])).filter(isFact);
  const telling = facts.filter(tellsAlone);
  const delivered = facts.filter((entry) => entry.tone === 'delivered');
  const rest = facts.filter((entry) => !telling.includes(entry) && !delivered.includes(entry));
  const idOf = (entry: Entry): string => entry.id.replace(CONTRADICTION, '');
  const picked = [...telling, ...delivered, ...rest].slice(0, MOST);
  // With nothing that speaks for itself, the last word about the order is what is leaned on.
  const leaned = telling.length > 0 ? [...telling, ...delivered] : (delivered.length > 0 ? delivered : rest.slice(0, 1));
  const choices = picked.map((entry) => ({ factId: idOf(entry), text: entry.rawText && !entry.title.toLowerCase().startsWith(entry.rawText.toLowerCase()) ? `${entry.title}, “${entry.rawText}”` : entry.title, source: entry.sourceLabel, at: entry.at }));
  return { choices, checked: leaned.slice(0, MOST_CHECKED).map(idOf).filter((id) => choices.some((choice) => choice.factId === id)) };
};
