import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import type { QueueQuery } from '../../gql';
import { queryKeys } from '../../shared/query-keys';

interface Neighbours {
  position: number;
  total: number;
  previous: string | undefined;
  next: string | undefined;
}

/** The orders before and after this one in the list one came from, as that list stands in the cache. */
export const useNeighbours = (orderId: string): Neighbours | undefined => {
  const client = useQueryClient();
  const lists = client
    .getQueryCache()
    .findAll({ queryKey: queryKeys.queue })
    .filter((query) => query.state.data !== undefined)
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt);
  for (const query of lists) {
    const data = query.state.data as InfiniteData<QueueQuery['queue']>;
    const ids = data.pages.flatMap((page) => page.rows.map((row) => row.orderId));
    const at = ids.indexOf(orderId);
    if (at >= 0) return { position: at + 1, total: data.pages[0]?.total ?? ids.length, previous: ids[at - 1], next: ids[at + 1] };
  }
  return undefined;
};
