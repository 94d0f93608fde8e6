import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { OrderDetailDocument, OrdersDocument, RawDeliveryDocument, TryMappingDocument, UnmaskDeliveryDocument, type OrderDetailQuery, type OrderFilter, type RawDeliveryQuery, type TryMappingQuery } from '../../gql';
import { execute, newMutationId } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';

export type Order = NonNullable<OrderDetailQuery['order']>;

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.order(id), 'full'],
    queryFn: async ({ signal }) => (await execute(OrderDetailDocument, { id }, signal)).order,
  });

/** The order as it was known at an instant. What was known then never changes, so it is read once, and no news refreshes it. */
export const orderAtQuery = (id: string, at: string) =>
  queryOptions({
    queryKey: ['orderAt', id, at],
    queryFn: async ({ signal }) => (await execute(OrderDetailDocument, { id, knownAt: at }, signal)).order,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false,
  });

export const ordersQuery = (filter: OrderFilter | null) =>
  infiniteQueryOptions({
    queryKey: [...queryKeys.orders, filter],
    queryFn: async ({ pageParam, signal }) => (await execute(OrdersDocument, { filter, first: 100, after: pageParam }, signal)).orders,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.hasMore ? page.endCursor : undefined),
    placeholderData: keepPreviousData,
  });

export const rawQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.raw(id),
    queryFn: async ({ signal }) => (await execute(RawDeliveryDocument, { id }, signal)).rawDelivery,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false,
  });

export type Raw = NonNullable<RawDeliveryQuery['rawDelivery']>;
export type TraceStep = Raw['trace'][number];
export type Trial = NonNullable<TryMappingQuery['tryMapping']>;

/** What today's code would make of a delivery; asked only when somebody wants it, and never kept. */
export const trialQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.raw(id), 'trial'],
    queryFn: async ({ signal }) => (await execute(TryMappingDocument, { id }, signal)).tryMapping,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false,
  });

/** Shows the personal data of a delivery; each look is in the audit log. */
export const unmask = async (id: string, reason: string): Promise<Raw> => {
  const { unmaskDelivery } = await execute(UnmaskDeliveryDocument, { id, reason, mutationId: newMutationId() });
  if (unmaskDelivery.__typename === 'NotAllowed') throw new Error(unmaskDelivery.reason);
  return unmaskDelivery.delivery;
};
