import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import type { QueueQuery } from '../../gql';
import { queryKeys } from '../../shared/query-keys';

export interface Neighbours {
  /** This one as it is listed, to be shown while its page is read. */
  row: QueueQuery['queue']['rows'][number];
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
    const rows = data.pages.flatMap((page) => page.rows);
    const at = rows.findIndex((row) => row.orderId === orderId);
    const row = rows[at];
    if (row) return { row, position: at + 1, total: data.pages[0]?.total ?? rows.length, previous: rows[at - 1]?.orderId, next: rows[at + 1]?.orderId };
  }
  return undefined;
};
