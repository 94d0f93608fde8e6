import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { RemedyPrecedentsDocument, type PrecedentsInput, type RemedyPrecedentsQuery } from '../../gql';
import { execute } from '../graphql';
import { queryKeys } from '../query-keys';

export type Precedents = RemedyPrecedentsQuery['remedyPrecedents'];

/** What may be the same done twice, and how people decided on the like. Falls under what a remedy's act refreshes, as the policy does. */
export const precedentsQuery = (of: PrecedentsInput, as?: number) =>
  queryOptions({
    queryKey: [...queryKeys.remedyPreview, 'precedents', of, as ?? 0],
    queryFn: async ({ signal }) => (await execute(RemedyPrecedentsDocument, { of }, signal)).remedyPrecedents,
    placeholderData: (before, query) => ((query?.queryKey[2] as PrecedentsInput | undefined)?.orderId === of.orderId ? keepPreviousData(before) : undefined),
    refetchInterval: false,
  });
