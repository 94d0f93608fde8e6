import { QueryClient } from '@tanstack/react-query';
import { RequestError } from './graphql';

const isFinal = (error: Error): boolean => error instanceof RequestError && (error.kind === 'signed-out' || error.kind === 'forbidden');

/** The socket says when something is stale; the clock is only a backstop. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      refetchInterval: (query) => 60_000 + (query.queryHash.length % 10) * 2400 - 12_000,
      retry: (count, error) => !isFinal(error) && count < 2,
    },
    mutations: { retry: false },
  },
});
