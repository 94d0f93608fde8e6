import { goneFrom, hasPending, useHeldOrder } from '@orderwatch/ui';
import { useInfiniteQuery, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { QueueFilter, QueueSort, QueueView } from '../../../gql';
import { caseQuery } from '../../../shared/cases/case-query';
import type { CaseFull, CaseRow } from '../../../shared/cases/types';
import { glance, GLANCE_MS } from '../../../shared/glance';
import { useMore } from '../../../shared/use-more';
import { queueQuery } from '../api';
import { learn, trim } from './known-rows';
import type { Place } from './place';
import { prefetchPeek } from '../peek/prefetch';

/** A walk through the list reads nothing ahead; resting on a row does, in milliseconds. */
const PREFETCH_MS = 150;
/** How many rows that have left are asked what became of them. */
const ASKED_GONE = 20;

interface Known {
  rows: readonly CaseRow[];
  gone: readonly CaseRow[];
  map: ReadonlyMap<string, CaseRow>;
}

const isSameOrder = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((id, i) => id === b[i]);

const combineGone = (results: readonly { data?: CaseFull | null | undefined }[]): CaseRow[] => results.flatMap(({ data }) => (data ? [data.row] : []));

const wide = (): boolean => window.matchMedia('(min-width: 1200px)').matches;

interface QueueInput {
  view: QueueView;
  filter: QueueFilter | undefined;
  sort: QueueSort | undefined;
  /** The case that the address names. */
  wantedId: string | null;
  meId: string;
  /** As the list was left, when one comes back to it. */
  place?: Place | undefined;
}

/** A case that one holds oneself is in hand, whatever view it has left by being taken. */
const isInHand = (row: CaseRow | undefined, meId: string): boolean => row?.state === 'claimed' && row.owner?.id === meId;

/** The queue as it is held on the screen: rows keep their place, what left stays and says why. */
export const useQueue = ({ view, filter, sort, wantedId, meId, place }: QueueInput) => {
  const client = useQueryClient();
  const asked = queueQuery(view, filter, sort);
  const { data, error, isPlaceholderData, fetchNextPage, hasNextPage, refetch } = useInfiniteQuery(asked);
  const queryKey = JSON.stringify([view, filter ?? null, sort ?? null]);
  const pages = data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  const listed = useMemo(() => rows.filter((row) => view === 'resolved' || row.state !== 'resolved'), [rows, view]);
  const freshIds = useMemo(() => listed.map((row) => row.id), [listed]);
  // Equal orders are the same order: a refetch that moved nothing must not look like news.
  const [fresh, setFresh] = useState<readonly string[]>(freshIds);
  if (fresh !== freshIds && !isSameOrder(fresh, freshIds)) setFresh(freshIds);

  const [focus, setFocus] = useState<{ key: string; id: string | null }>({ key: queryKey, id: place?.focusedId ?? wantedId });
  const focusedId = focus.key === queryKey ? focus.id : wantedId;
  const setFocusedId = useCallback((id: string | null) => setFocus({ key: queryKey, id }), [queryKey]);
  const heldKey = isPlaceholderData ? 'waiting' : queryKey;
  const [shownKey, setShownKey] = useState(heldKey);
  if (!isPlaceholderData && shownKey !== heldKey) setShownKey(heldKey);
  const isPartial = hasNextPage;
  // Until someone lays hands on it the list follows the server; from then on it is held, until told otherwise.
  const [isHeld, setHeld] = useState(place?.isHeld ?? false);
  const [isUnderPointer, setUnderPointer] = useState(false);
  const held = useHeldOrder({ fresh, queryKey: shownKey, focusedId, isPartial, follow: !isHeld && !isUnderPointer, initial: data && place?.isHeld ? place.order : undefined });

  // More of the same list is no news: what follows the last held row is appended at once. Where the list is all here, or that row is no
  // longer in what was read, it is news and waits.
  const { extend, order: heldOrder } = held;
  const pageCount = pages?.length ?? 0;
  const pagesBefore = useRef(pageCount);
  useEffect(() => {
    const lastHeld = heldOrder.at(-1);
    const isMore = isPartial && lastHeld !== undefined && fresh.includes(lastHeld);
    if (isMore || pageCount > pagesBefore.current) extend();
    pagesBefore.current = pageCount;
  }, [fresh, heldOrder, pageCount, isPartial, extend]);

  // What one took with "next" and the list does not hold: it stands on top until it is let go.
  const [taken, setTaken] = useState<{ key: string; ids: readonly string[] }>({ key: queryKey, ids: [] });
  const order = useMemo(() => {
    const extra = taken.key === queryKey ? taken.ids.filter((id) => !heldOrder.includes(id)) : [];
    return extra.length === 0 ? heldOrder : [...extra, ...heldOrder];
  }, [taken, queryKey, heldOrder]);

  useEffect(() => {
    const first = order[0];
    if (focusedId === null && first !== undefined && !isPlaceholderData && wide()) setFocusedId(first);
  }, [focusedId, order, isPlaceholderData, setFocusedId]);

  const goneList = useMemo(() => goneFrom(order, fresh, isPartial), [order, fresh, isPartial]);
  const gone = useQueries({
    queries: goneList.slice(0, ASKED_GONE).map((id) => ({ ...caseQuery(id), staleTime: GLANCE_MS, meta: glance })),
    combine: combineGone,
  });
  // What has been seen stays known: a row that left is drawn from here.
  const [known, setKnown] = useState<Known>({ rows: [], gone: [], map: place?.rows ?? new Map<string, CaseRow>() });
  const isNews = known.rows !== rows || known.gone !== gone;
  if (isNews) setKnown({ rows, gone, map: learn(trim(known.map, order), rows, gone) });
  const rowsById = known.map;

  const fetchMore = useMore(asked.queryKey, { hasNextPage, fetchNextPage });
  const goneIds = useMemo(() => new Set(goneList.filter((id) => !isInHand(rowsById.get(id), meId))), [goneList, rowsById, meId]);

  // The case after the one in hand is there before it is asked for.
  const following = focusedId === null ? undefined : order.slice(order.indexOf(focusedId) + 1).find((id) => !goneIds.has(id));
  const followingOrder = following === undefined ? undefined : rowsById.get(following)?.orderId;
  useEffect(() => {
    if (following === undefined || followingOrder === undefined) return;
    const timer = setTimeout(() => prefetchPeek(client, following, followingOrder), PREFETCH_MS);
    return () => clearTimeout(timer);
  }, [client, following, followingOrder]);

  /** Puts a case that one has just taken into hand. */
  const take = useCallback(
    (row: CaseRow) => {
      setKnown((old) => ({ ...old, map: learn(old.map, [], [row]) }));
      setTaken((old) => ({ key: queryKey, ids: [row.id, ...(old.key === queryKey ? old.ids : [])] }));
      setHeld(true);
      setFocusedId(row.id);
    },
    [queryKey, setFocusedId],
  );
  const { apply: applyHeld } = held;
  const apply = useCallback(() => {
    const kept = focusedId !== null && isInHand(rowsById.get(focusedId), meId) ? [focusedId] : [];
    setTaken({ key: queryKey, ids: kept });
    applyHeld();
  }, [applyHeld, focusedId, rowsById, meId, queryKey]);
  return {
    queryKey,
    page: pages?.at(0),
    error,
    isFirstLoad: data === undefined && error === null,
    isNewQuestion: isPlaceholderData,
    refetch: () => void refetch(),
    order,
    pending: held.pending,
    apply,
    take,
    onRowPointerDown: held.onRowPointerDown,
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
  };
};

export type QueueList = ReturnType<typeof useQueue>;
