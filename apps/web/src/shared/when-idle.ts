import type { QueryClient, QueryFilters } from '@tanstack/react-query';

/** Runs once nothing of these queries is being read; at once when nothing is. */
export const whenIdle = (client: QueryClient, queries: QueryFilters, run: () => unknown): void => {
  const isBusy = (): boolean => client.isFetching(queries) > 0;
  if (!isBusy()) {
    run();
    return;
  }
  const stop = client.getQueryCache().subscribe(() => {
    if (isBusy()) return;
    stop();
    run();
  });
};

/** The same as a promise. */
export const idle = (client: QueryClient, queries: QueryFilters): Promise<void> => new Promise((resolve) => whenIdle(client, queries, resolve));
