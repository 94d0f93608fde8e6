import { QueryClient } from '@tanstack/react-query';
import { backstopMs } from './backstop';
import { RequestError } from './graphql';
import { liveStatus } from './live-status';

const isFinal = (error: Error): boolean => error instanceof RequestError && (error.kind === 'signed-out' || error.kind === 'forbidden');

const window = crypto.randomUUID();

/** The socket says when something is stale; the clock is only a backstop. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      refetchInterval: (query) => backstopMs(liveStatus().state === 'live', window, query.queryHash),
      retry: (count, error) => !isFinal(error) && count < 2,
    },
    mutations: { retry: false },
  },
});

/** The wait of each list is planned when it is drawn or read; a change between live and not must not wait for that. */
export const replanBackstop = (): void => {
  for (const query of queryClient.getQueryCache().findAll({ type: 'active' })) for (const observer of query.observers) observer.setOptions(observer.options);
};
