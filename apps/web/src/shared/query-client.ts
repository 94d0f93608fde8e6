import { QueryClient } from '@tanstack/react-query';
import { RequestError } from './graphql';
import { liveStatus } from './live-status';

const isFinal = (error: Error): boolean => error instanceof RequestError && (error.kind === 'signed-out' || error.kind === 'forbidden');

/** The socket says when something is stale; the clock is only a backstop. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      // Spread by the query's name, not by chance: another value at each render would start the wait anew.
      refetchInterval: (query) => (liveStatus().state === 'live' ? 60_000 : 15_000) * (0.8 + (query.queryHash.length % 11) * 0.04),
      retry: (count, error) => !isFinal(error) && count < 2,
    },
    mutations: { retry: false },
  },
});
