import type { AuditEntry } from './api';

/** Entries that one request made stand together. */
export interface EntryGroup {
  key: string;
  /** Id of the request; null for what no request did, or one that did a single thing. */
  request: string | null;
  entries: readonly AuditEntry[];
}

/** In the order given: a run of entries of the same request becomes one group. */
export const byRequest = (entries: readonly AuditEntry[]): readonly EntryGroup[] => {
  const groups: { request: string | null; entries: AuditEntry[] }[] = [];
  for (const entry of entries) {
    const request = entry.request ?? null;
    const last = groups.at(-1);
    if (last && request !== null && last.request === request) last.entries.push(entry);
    else groups.push({ request, entries: [entry] });
  }
  return groups.map(({ request, entries: own }) => ({ key: own[0]?.id ?? '', request: own.length > 1 ? request : null, entries: own }));
};
