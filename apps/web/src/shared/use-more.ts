import { hashKey, useQueryClient, type InfiniteData, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { idle } from './when-idle';

/** So often the next page is asked for when something else takes its place. */
const TRIES = 3;

interface List {
  readonly hasNextPage: boolean;
  readonly fetchNextPage: () => Promise<{ readonly isError: boolean }>;
}

/**
 * Reads the next page of a list, after whatever is being read of it. Asking for more takes the place of a reading that is under way: what
 * had changed would stay unread, though it counts as read.
 */
export const readMore = async (client: QueryClient, queryHash: string, fetchNextPage: List['fetchNextPage']): Promise<void> => {
  const pages = (): number => client.getQueryCache().get<InfiniteData<unknown>>(queryHash)?.state.data?.pages.length ?? 0;
  const before = pages();
  for (let tries = 0; tries < TRIES; tries += 1) {
    await idle(client, { predicate: (query) => query.queryHash === queryHash });
    if (pages() > before || (await fetchNextPage()).isError || pages() > before) return;
  }
};

/** What a list calls when its end comes near. */
export const useMore = (queryKey: QueryKey, { hasNextPage, fetchNextPage }: List): (() => void) => {
  const client = useQueryClient();
  const queryHash = hashKey(queryKey);
  /** The list whose next page is on its way. */
  const asked = useRef<string>(undefined);
  return useCallback(() => {
    if (!hasNextPage || asked.current === queryHash) return;
    asked.current = queryHash;
    void readMore(client, queryHash, fetchNextPage).finally(() => {
      if (asked.current === queryHash) asked.current = undefined;
    });
  }, [client, queryHash, hasNextPage, fetchNextPage]);
};
