import { goneFrom, hasPending, useHeldOrder } from '@orderwatch/ui';
import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { QueueFilter, QueueView } from '../../gql';
import { caseQuery } from '../../shared/cases/case-query';
import type { CaseFull, CaseRow } from '../../shared/cases/types';
import { queueQuery } from './api';

/** How many rows that have left are asked what became of them. */
const ASKED_GONE = 20;

interface Known {
  rows: readonly CaseRow[];
  gone: readonly CaseRow[];
  map: ReadonlyMap<string, CaseRow>;
}

const isSameOrder = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((id, i) => id === b[i]);

const combineGone = (results: readonly { data?: CaseFull | null | undefined }[]): CaseRow[] => results.flatMap(({ data }) => (data ? [data.row] : []));

const learn = (before: ReadonlyMap<string, CaseRow>, rows: readonly CaseRow[], gone: readonly CaseRow[]): Map<string, CaseRow> => {
  const map = new Map(before);
  for (const row of rows) map.set(row.id, row);
  for (const row of gone) if ((map.get(row.id)?.version ?? -1) <= row.version) map.set(row.id, row);
  return map;
};

const wide = (): boolean => window.matchMedia('(min-width: 1200px)').matches;

/** The queue as it is held on the screen: rows keep their place, what left stays and says why. */
export const useQueue = (view: QueueView, filter: QueueFilter | undefined, wantedId: string | null) => {
  const query = useInfiniteQuery(queueQuery(view, filter));
  const { data, error, isPlaceholderData, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = query;
  const queryKey = JSON.stringify([view, filter ?? null]);
  const pages = data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  const listed = useMemo(() => rows.filter((row) => view === 'resolved' || row.state !== 'resolved'), [rows, view]);
  const freshIds = useMemo(() => listed.map((row) => row.id), [listed]);
  // Equal orders are the same order: a refetch that moved nothing must not look like news.
  const [fresh, setFresh] = useState<readonly string[]>(freshIds);
  if (fresh !== freshIds && !isSameOrder(fresh, freshIds)) setFresh(freshIds);

  const [focus, setFocus] = useState<{ key: string; id: string | null }>({ key: queryKey, id: wantedId });
  const focusedId = focus.key === queryKey ? focus.id : wantedId;
  const setFocusedId = useCallback((id: string | null) => setFocus({ key: queryKey, id }), [queryKey]);
  const heldKey = isPlaceholderData ? 'waiting' : queryKey;
  const [shownKey, setShownKey] = useState(heldKey);
  if (!isPlaceholderData && shownKey !== heldKey) setShownKey(heldKey);
  const isPartial = hasNextPage;
  // Until someone lays hands on it the list follows the server; from then on it is held, until told otherwise.
  const [isHeld, setHeld] = useState(false);
  const [isUnderPointer, setUnderPointer] = useState(false);
  const held = useHeldOrder({ fresh, queryKey: shownKey, focusedId, isPartial, follow: !isHeld && !isUnderPointer });

  // More of the same list is no news: what follows the last held row is appended at once.
  const { extend } = held;
  useEffect(extend, [fresh, extend]);

  useEffect(() => {
    const first = held.order[0];
    if (focusedId === null && first !== undefined && !isPlaceholderData && wide()) setFocusedId(first);
  }, [focusedId, held.order, isPlaceholderData, setFocusedId]);

  const goneList = useMemo(() => goneFrom(held.order, fresh, isPartial), [held.order, fresh, isPartial]);
  const gone = useQueries({
    queries: goneList.slice(0, ASKED_GONE).map((id) => ({ ...caseQuery(id), staleTime: 5000 })),
    combine: combineGone,
  });
  // What has been seen stays known: a row that left is drawn from here.
  const [known, setKnown] = useState<Known>({ rows: [], gone: [], map: new Map() });
  const isNews = known.rows !== rows || known.gone !== gone;
  if (isNews) setKnown({ rows, gone, map: learn(known.map, rows, gone) });
  const rowsById = known.map;

  const fetchMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const goneIds = useMemo(() => new Set(goneList), [goneList]);
  const carriers = useMemo(() => [...new Set(rows.map((row) => row.carrier).filter((name): name is string => Boolean(name)))].sort(), [rows]);
  return {
    page: pages?.at(0),
    error,
    isFirstLoad: data === undefined && error === null,
    isNewQuestion: isPlaceholderData,
    refetch: () => void refetch(),
    held,
    isHeld,
    setHeld,
    hands: {
      onPointerEnter: () => setUnderPointer(true),
      onPointerLeave: () => setUnderPointer(false),
      onPointerDown: () => setHeld(true),
      onKeyDown: () => setHeld(true),
    },
    hasPending: hasPending(held.pending),
    rowsById,
    goneIds,
    focusedId,
    setFocusedId,
    fetchMore,
    carriers,
  };
};

export type QueueList = ReturnType<typeof useQueue>;
