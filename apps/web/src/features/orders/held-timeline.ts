import type { Order } from './api';

type Entry = Order['timeline'][number];

interface Held {
  /** What is drawn: rows keep their place, only their words are renewed. */
  rows: readonly Entry[];
  /** How many things happened that are not drawn yet. */
  waiting: number;
  /** Rows came or went. */
  isChanged: boolean;
}

/** Told by rules, anew at each reading: their coming and going is no event. */
const derived: ReadonlySet<string> = new Set(['silence', 'expected', 'folded']);

const single = (rows: readonly Entry[]): Entry[] => rows.flatMap((row): Entry[] => (row.folded ? row.folded.map((each) => ({ ...each, folded: null })) : [row]));

/**
 * Holds a timeline that is being read: what is new waits for a press of a button instead of pushing rows away from under the eye.
 * `isOwn`: what the reader has just done, which they want to see.
 */
export const holdTimeline = (held: readonly Entry[], live: readonly Entry[], isOwn: (row: Entry) => boolean): Held => {
  const isSame = held.length === live.length && live.every((row, i) => row.id === held[i]?.id);
  if (isSame) return { rows: live, waiting: 0, isChanged: false };
  const known = new Set(single(held).map((row) => row.id));
  const news = single(live).filter((row) => !known.has(row.id) && !derived.has(row.kind));
  if (news.length > 0 && news.every(isOwn)) return { rows: live, waiting: 0, isChanged: false };
  const latest = new Map(live.map((row) => [row.id, row]));
  return { rows: held.map((row) => latest.get(row.id) ?? row), waiting: news.length, isChanged: true };
};
