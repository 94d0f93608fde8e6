import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { PeekOrderDocument, QueueDocument, type QueueFilter, type QueueView } from '../../gql';
import { execute } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';

const PAGE = 100;

export const queueQuery = (view: QueueView, filter: QueueFilter | undefined) =>
  infiniteQueryOptions({
    queryKey: [...queryKeys.queue, view, filter ?? null],
    queryFn: async ({ pageParam, signal }) => (await execute(QueueDocument, { view, filter: filter ?? null, first: PAGE, after: pageParam }, signal)).queue,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.hasMore ? page.endCursor : undefined),
    placeholderData: keepPreviousData,
  });

export const peekOrderQuery = (orderId: string) =>
  queryOptions({
    queryKey: [...queryKeys.order(orderId), 'peek'],
    queryFn: async ({ signal }) => (await execute(PeekOrderDocument, { id: orderId }, signal)).order,
    refetchInterval: false,
  });
