import type { QueryClient } from '@tanstack/react-query';
import { queueQuery } from './api';
import { filterOf, validateQueueSearch } from './search';

/** Asks for the list that an address names before its page is drawn. */
export const askQueue = (client: QueryClient, address: Record<string, unknown>): Promise<void> => {
  const search = validateQueueSearch(address);
  return client.prefetchInfiniteQuery({ ...queueQuery(search.view, filterOf(search), search.sort), retry: false });
};
