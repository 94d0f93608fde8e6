import { goneFrom, useHeldOrder } from '@orderwatch/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { StuckDocument, type StuckQuery } from '../../gql';
import { execute } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';
import { useMore } from '../../shared/use-more';
import type { StuckSearch } from './search';

export type StuckRow = StuckQuery['stuck']['rows'][number];
export type StuckGroup = StuckQuery['stuck']['groups'][number];
export type StuckPage = StuckQuery['stuck'];

const PAGE = 100;

/** A parcel's name in lists and addresses. */
export const rowId = ({ orderId, parcelId }: Pick<StuckRow, 'orderId' | 'parcelId'>): string => `${orderId} ${parcelId}`;

interface StuckOptions {
  search: StuckSearch;
  focusedId: string | null;
  /** Nothing is in hand: news may be taken as it comes. */
  isFree: boolean;
}

/** The list as it is held on the screen: rows keep their place, what left stays and says so. */
export const useStuck = ({ search, focusedId, isFree }: StuckOptions) => {
  const { carrier = null, facility = null, lane = null, feedLate = false } = search;
  const byPlace = search.group !== 'none';
  const key = JSON.stringify([carrier, facility, lane, feedLate, byPlace]);
  const queryKey = [...queryKeys.stuck, key];
  const query = useInfiniteQuery({
    queryKey,
    queryFn: async ({ signal, pageParam }) => (await execute(StuckDocument, { carrier, facility, lane, includeFeedLate: feedLate, byPlace, first: PAGE, after: pageParam }, signal)).stuck,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.hasMore ? last.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const { data, fetchNextPage, hasNextPage } = query;
  const pages = data?.pages;
  const byId = useMemo(() => new Map((pages ?? []).flatMap((page) => page.rows).map((row) => [rowId(row), row])), [pages]);
  const fresh = useMemo(() => [...byId.keys()], [byId]);
  const held = useHeldOrder({ fresh, queryKey: query.isPlaceholderData ? 'waiting' : key, focusedId, follow: isFree, isPartial: hasNextPage });
  // More of the same list is no news: what follows the last held row is appended at once.
  const { extend } = held;
  const pageCount = pages?.length ?? 0;
  const pagesBefore = useRef(pageCount);
  useEffect(() => {
    if (hasNextPage || pageCount > pagesBefore.current) extend();
    pagesBefore.current = pageCount;
  }, [fresh, pageCount, hasNextPage, extend]);
  // What has left is still drawn where it stood.
  const [known, setKnown] = useState({ byId, all: byId });
  if (known.byId !== byId) setKnown({ byId, all: new Map([...known.all, ...byId]) });
  const goneIds = useMemo(() => new Set(goneFrom(held.order, fresh, hasNextPage)), [held.order, fresh, hasNextPage]);
  const fetchMore = useMore(queryKey, { hasNextPage, fetchNextPage });
  return { key, page: pages?.[0], error: query.error, isPending: query.isPending, isNewQuestion: query.isPlaceholderData, refetch: () => void query.refetch(), held, byId: known.all, goneIds, fetchMore };
};

export type StuckList = ReturnType<typeof useStuck>;
