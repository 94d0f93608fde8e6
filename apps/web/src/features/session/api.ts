import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { execute, post } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';
import { MeDocument } from '../../gql';

export const meQuery = queryOptions({
  queryKey: queryKeys.me,
  queryFn: async ({ signal }) => (await execute(MeDocument, {}, signal)).me,
  staleTime: 5 * 60_000,
  refetchInterval: false,
});

/** The person who is signed in. Only below the shell, which has made sure that there is one. */
export const useMe = () => useSuspenseQuery(meQuery).data;

interface Credentials {
  email: string;
  password: string;
}

export const useSignIn = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) => post('/auth/sign-in', credentials),
    onSuccess: () => client.invalidateQueries(),
  });
};

export const signOut = (): Promise<void> => post('/auth/sign-out', {});
