import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { QueueQuery } from '../../gql';
import { queryKeys } from '../query-keys';
import type { CaseFull, CaseRow } from './types';

type QueueData = InfiniteData<QueueQuery['queue']>;

const replaceIn = (data: QueueData, id: string, change: (row: CaseRow) => CaseRow): QueueData => {
  let isHit = false;
  const pages = data.pages.map((page) => {
    if (!page.rows.some((row) => row.id === id)) return page;
    isHit = true;
    return { ...page, rows: page.rows.map((row) => (row.id === id ? change(row) : row)) };
  });
  return isHit ? { ...data, pages } : data;
};

/** Changes the cells of a row wherever it is listed. Never inserts, removes or reorders. */
export const changeCaseRow = (client: QueryClient, id: string, change: (row: CaseRow) => CaseRow): void => {
  client.setQueriesData<QueueData>({ queryKey: queryKeys.queue }, (data) => (data?.pages ? replaceIn(data, id, change) : data));
  client.setQueryData<CaseFull | null>(queryKeys.exceptionCase(id), (data) => (data ? { ...data, row: change(data.row) } : data));
};

/** Takes a newer row from the socket or from an answer; an older or equal one is dropped. */
export const patchCaseRow = (client: QueryClient, next: Partial<CaseRow> & { id: string; version: number }): void =>
  changeCaseRow(client, next.id, (row) => (next.version > row.version ? { ...row, ...next } : row));

/** Takes a whole case from the answer to one's own act. */
export const putCase = (client: QueryClient, next: CaseFull): void => {
  client.setQueryData<CaseFull | null>(queryKeys.exceptionCase(next.row.id), (data) => (data && data.row.version > next.row.version ? data : next));
  changeCaseRow(client, next.row.id, (row) => (next.row.version >= row.version ? next.row : row));
};
