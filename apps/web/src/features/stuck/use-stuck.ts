import { useHeldOrder } from '@orderwatch/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { StuckDocument, type StuckQuery } from '../../gql';
import { execute } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';

export type StuckRow = StuckQuery['stuck']['rows'][number];
export type StuckGroup = StuckQuery['stuck']['groups'][number];

export interface StuckSearch {
  carrier?: string;
  facility?: string;
  feedLate?: boolean;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads the address; what is not understood is left out. */
export const stuckSearch = (search: Record<string, unknown>): StuckSearch => {
  const carrier = text(search['carrier']);
  const facility = text(search['facility']);
  return { ...(carrier ? { carrier } : {}), ...(facility ? { facility } : {}), ...(search['feedLate'] === true ? { feedLate: true } : {}) };
};

export const rowId = (row: Pick<StuckRow, 'orderId' | 'parcelId'>): string => `${row.orderId} ${row.parcelId}`;

interface StuckOptions {
  search: StuckSearch;
  focusedId: string | null;
  isFree: boolean;
}

export const useStuck = ({ search, focusedId, isFree }: StuckOptions) => {
  const { carrier, facility, feedLate = false } = search;
  const key = JSON.stringify([carrier, facility, feedLate]);
  const query = useInfiniteQuery({
    queryKey: [...queryKeys.stuck, key],
    queryFn: async ({ signal, pageParam }) =>
      (await execute(StuckDocument, { carrier: carrier ?? null, facility: facility ?? null, includeFeedLate: feedLate, first: 100, after: pageParam }, signal)).stuck,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.hasMore ? last.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const fresh = useMemo(() => rows.map(rowId), [rows]);
  const held = useHeldOrder({ fresh, queryKey: query.isPlaceholderData ? 'waiting' : key, focusedId, follow: isFree });
  const byId = useMemo(() => new Map(rows.map((row) => [rowId(row), row])), [rows]);
  // What has left is still drawn where it stood.
  const [known, setKnown] = useState({ byId, all: byId });
  if (known.byId !== byId) setKnown({ byId, all: new Map([...known.all, ...byId]) });
  const goneIds = useMemo(() => new Set(held.order.filter((id) => !byId.has(id))), [held.order, byId]);
  const fetchMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { page: data?.pages[0], error: query.error, isPending: query.isPending, isNewQuestion: query.isPlaceholderData, refetch: () => void query.refetch(), held, byId: known.all, goneIds, fetchMore };
};
