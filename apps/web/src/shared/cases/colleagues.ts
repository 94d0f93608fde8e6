import { queryOptions } from '@tanstack/react-query';
import { ColleaguesDocument } from '../../gql';
import { execute } from '../graphql';
import { queryKeys } from '../query-keys';

/** Who can be given a case: an admin runs the house and moves none. */
export const colleaguesQuery = queryOptions({
  queryKey: [...queryKeys.people, 'colleagues'],
  queryFn: async ({ signal }) => (await execute(ColleaguesDocument, {}, signal)).people.filter(({ role }) => role !== 'admin'),
  staleTime: 5 * 60_000,
  refetchInterval: false,
});
