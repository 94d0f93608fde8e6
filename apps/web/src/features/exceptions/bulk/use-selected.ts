import { useCallback, useState } from 'react';
import { SelectMatchingDocument, type BulkSelection, type QueueFilter, type QueueView } from '../../../gql';
import { announce } from '../../../shared/announce';
import { execute } from '../../../shared/graphql';
import { t } from '../../../shared/i18n';

/** All that matched at one moment, kept by the server for ten minutes. */
interface Matching {
  token: string;
  count: number;
  isCapped: boolean;
}

interface Selected {
  key: string;
  ids: ReadonlySet<string>;
  matching: Matching | null;
}

const none: ReadonlySet<string> = new Set();

/** What is selected: ids, or all that matched. Another question begins with nothing selected; rows that come later never join. */
export const useSelected = (view: QueueView, filter: QueueFilter | undefined, initial?: ReadonlySet<string>) => {
  const key = JSON.stringify([view, filter ?? null]);
  const [kept, setKept] = useState<Selected>({ key, ids: initial ?? none, matching: null });
  const isOfThis = kept.key === key;
  const ids = isOfThis ? kept.ids : none;
  const matching = isOfThis ? kept.matching : null;
  const setIds = useCallback((next: ReadonlySet<string>) => setKept({ key, ids: next, matching: null }), [key]);
  const clear = useCallback(() => setKept({ key, ids: none, matching: null }), [key]);
  const selectMatching = useCallback(async () => {
    try {
      const { selectMatching: found } = await execute(SelectMatchingDocument, { view, filter: filter ?? null });
      setKept((old) => (old.key === key ? { ...old, matching: found } : old));
    } catch (error) {
      announce(t('queue:bulk.failed', { why: error instanceof Error ? error.message : '' }), 'assertive');
    }
  }, [key, view, filter]);
  const count = matching?.count ?? ids.size;
  const selection: BulkSelection = matching ? { token: matching.token } : { ids: [...ids] };
  return { ids, matching, count, selection, setIds, clear, selectMatching };
};

export type SelectedCases = ReturnType<typeof useSelected>;
