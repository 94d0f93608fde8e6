import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { OrderDetailDocument, OrdersDocument, RawDeliveryDocument, RemedyPreviewDocument, type OrderDetailQuery, type OrderFilter, type RemedyKind, type RemedyLineInput } from '../../gql';
import { execute } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';

export type Order = NonNullable<OrderDetailQuery['order']>;

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.order(id), 'full'],
    queryFn: async ({ signal }) => (await execute(OrderDetailDocument, { id }, signal)).order,
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

interface Wish {
  orderId: string;
  kind: RemedyKind;
  amountMinor: number | null;
  lines: RemedyLineInput[] | null;
}

export const previewQuery = (wish: Wish) =>
  queryOptions({
    queryKey: [...queryKeys.remedyPreview, wish],
    queryFn: async ({ signal }) => (await execute(RemedyPreviewDocument, wish, signal)).remedyPreview,
    placeholderData: keepPreviousData,
    refetchInterval: false,
  });
