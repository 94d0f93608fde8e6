import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { MeDocument } from '../gql';
import { execute } from './graphql';
import { takeServerPreferences } from './preferences';
import { queryKeys } from './query-keys';

export const meQuery = queryOptions({
  queryKey: queryKeys.me,
  queryFn: async ({ signal }) => {
    const { preferences, ...me } = (await execute(MeDocument, {}, signal)).me;
    takeServerPreferences(preferences);
    return me;
  },
  staleTime: 5 * 60_000,
  refetchInterval: false,
});

/** The person who is signed in. Only below the shell, which has made sure that there is one. */
export const useMe = () => useSuspenseQuery(meQuery).data;
