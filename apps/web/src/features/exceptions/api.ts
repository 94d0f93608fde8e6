import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { FirstWakingDocument, PeekOrderDocument, QueueDocument, QueueFacetDocument, QueuePaceDocument, QueueReliefDocument, type QueueField, type QueueFilter, type QueueSort, type QueueView } from '../../gql';
import { handsFree } from '../../live';
import { execute } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';
import { sameRows } from './list/same-rows';

const PAGE = 100;

export const queueQuery = (view: QueueView, filter: QueueFilter | undefined, sort: QueueSort = 'due') =>
  infiniteQueryOptions({
    queryKey: [...queryKeys.queue, view, filter ?? null, sort],
    queryFn: async ({ pageParam, signal }) => {
      const { queue } = await execute(QueueDocument, { view, filter: filter ?? null, sort, first: PAGE, after: pageParam }, signal);
      await handsFree();
      return queue;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.hasMore ? page.endCursor : undefined),
    placeholderData: keepPreviousData,
    structuralSharing: sameRows,
  });

export const peekOrderQuery = (orderId: string) =>
  queryOptions({
    queryKey: [...queryKeys.order(orderId), 'peek'],
    queryFn: async ({ signal }) => (await execute(PeekOrderDocument, { id: orderId }, signal)).order,
    refetchInterval: false,
  });

/** When the first case that is put off comes back: what an empty queue waits for. */
export const firstWakingQuery = queryOptions({
  queryKey: [...queryKeys.counts, 'waking'],
  queryFn: async ({ signal }) => (await execute(FirstWakingDocument, {}, signal)).queue.rows[0]?.snoozedUntil ?? null,
});

/** How many cases each option of a field would leave. Below the counts, so that whatever renews those renews these. */
export const facetQuery = (view: QueueView, filter: QueueFilter | undefined, field: QueueField) =>
  queryOptions({
    queryKey: [...queryKeys.counts, 'facet', view, filter ?? null, field],
    queryFn: async ({ signal }) => (await execute(QueueFacetDocument, { view, filter: filter ?? null, field }, signal)).queueFacet,
    placeholderData: (before, query) => (query?.queryKey.at(-1) === field ? before : undefined),
  });

/** How many of a list may be our own feed's silence. By itself and not with the counts: in a mass event it must not be counted with every change. */
export const feedLateQuery = (view: QueueView, filter: QueueFilter | undefined) =>
  queryOptions({
    queryKey: ['feedLate', view, filter ?? null],
    queryFn: async ({ signal }) => {
      const { options } = (await execute(QueueFacetDocument, { view, filter: filter ?? null, field: 'feed' }, signal)).queueFacet;
      return options.find(({ value }) => value === 'true')?.count ?? 0;
    },
    staleTime: 15_000,
  });

/** How many cases there would be without each of the filters. */
export const reliefQuery = (view: QueueView, filter: QueueFilter) =>
  queryOptions({
    queryKey: [...queryKeys.counts, 'relief', view, filter],
    queryFn: async ({ signal }) => (await execute(QueueReliefDocument, { view, filter }, signal)).queueRelief,
  });

const PACE_MS = 5 * 60_000;

/** Cases that the team settles per hour. */
export const paceQuery = queryOptions({
  queryKey: ['queuePace'],
  queryFn: async ({ signal }) => (await execute(QueuePaceDocument, {}, signal)).queuePace,
  staleTime: PACE_MS,
  refetchInterval: PACE_MS,
});
