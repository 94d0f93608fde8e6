import { useCallback, useState } from 'react';
import { SelectStuckDocument } from '../../gql';
import { announce } from '../../shared/announce';
import type { MeantCases } from '../../shared/cases/bulk/bulk-dialog';
import { execute } from '../../shared/graphql';
import { t } from '../../shared/i18n';
import type { Place } from './search';
import type { StuckRow } from './use-stuck';

const none: ReadonlySet<string> = new Set();

/** Cases of parcels, each once: two parcels of an order share one. What is unknown has none that one could act on for being stuck. */
export const casesOf = (rows: readonly StuckRow[]): string[] => [...new Set(rows.flatMap((row) => (row.caseId && !row.feedLate ? [row.caseId] : [])))];

/** All cases of a place at one moment, kept by the server for ten minutes. */
interface AllHere {
  token: string;
  count: number;
  isCapped: boolean;
}

interface Chosen {
  queryKey: string;
  ids: ReadonlySet<string>;
  all: AllHere | null;
}

/** What is selected: rows, or all that is stuck at the place that is listed. Another question begins with nothing selected; rows that come later never join. */
export const useChosen = (queryKey: string, { carrier, facility, lane }: Place) => {
  const [kept, setKept] = useState<Chosen>({ queryKey, ids: none, all: null });
  const { ids, all } = kept.queryKey === queryKey ? kept : { ids: none, all: null };
  const setIds = useCallback((next: ReadonlySet<string>) => setKept({ queryKey, ids: next, all: null }), [queryKey]);
  const clear = useCallback(() => setKept({ queryKey, ids: none, all: null }), [queryKey]);
  const selectAll = useCallback(async () => {
    try {
      const { selectStuck } = await execute(SelectStuckDocument, { carrier: carrier ?? null, facility: facility ?? null, lane: lane ?? null });
      setKept((old) => (old.queryKey === queryKey ? { ...old, all: selectStuck } : old));
    } catch (error) {
      announce(t('queue:bulk.failed', { why: error instanceof Error ? error.message : '' }), 'assertive');
    }
  }, [queryKey, carrier, facility, lane]);
  return { ids, all, setIds, clear, selectAll };
};

export type Selected = ReturnType<typeof useChosen>;

/** As the dialog takes them: all that the server keeps, or the cases of rows. */
export const meant = (rows: readonly StuckRow[], { all, clear }: Pick<Selected, 'all' | 'clear'>): MeantCases => {
  if (all) return { selection: { token: all.token }, count: all.count, clear };
  const ids = casesOf(rows);
  return { selection: { ids }, count: ids.length, clear };
};
