import type { CaseRow } from '../../../shared/cases/types';

/** So many rows that the list no longer holds stay known; a window that is open all day would know every case of the day. */
const KEPT = 500;

export const trim = (map: ReadonlyMap<string, CaseRow>, listed: readonly string[]): ReadonlyMap<string, CaseRow> => {
  if (map.size <= listed.length + 2 * KEPT) return map;
  const held = new Set(listed);
  const others = [...map.keys()].filter((id) => !held.has(id));
  const forgotten = new Set(others.slice(0, Math.max(0, others.length - KEPT)));
  return new Map([...map].filter(([id]) => !forgotten.has(id)));
};

/**
 * What is known of rows after some were read. A list that was asked for before one's own act may come after its answer: what is known already
 * in a newer version stays, or the next act would go out with a version that is over and conflict with oneself.
 */
export const learn = (before: ReadonlyMap<string, CaseRow>, ...read: readonly (readonly CaseRow[])[]): Map<string, CaseRow> => {
  const map = new Map(before);
  for (const row of read.flat()) if ((map.get(row.id)?.version ?? -1) <= row.version) map.set(row.id, row);
  return map;
};
