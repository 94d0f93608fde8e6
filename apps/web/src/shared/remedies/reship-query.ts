import { queryOptions } from '@tanstack/react-query';
import { ReshipBasisDocument, type ReshipBasisQuery } from '../../gql';
import { execute } from '../graphql';
import { queryKeys } from '../query-keys';

export type ReshipBasis = ReshipBasisQuery['reshipBasis'];

/** Milliseconds for which the shop is not asked again: what it tells is told with the form, and checked when it is sent. */
const FRESH = 60_000;

/** What shop and warehouse know before goods are sent again. */
export const reshipBasisQuery = (orderId: string) =>
  queryOptions({
    queryKey: [...queryKeys.remedyPreview, 'reship', orderId],
    queryFn: async ({ signal }) => (await execute(ReshipBasisDocument, { orderId }, signal)).reshipBasis,
    staleTime: FRESH,
    refetchInterval: false,
  });
