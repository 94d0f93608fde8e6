import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { NextCaseDocument, type QueueFilter, type QueueSort, type QueueView } from '../../gql';
import { announce } from '../../shared/announce';
import { begin, end, record } from '../../shared/activity';
import { putCase } from '../../shared/cases/case-cache';
import { execute, newMutationId } from '../../shared/graphql';
import { t } from '../../shared/i18n';
import { freeView } from '../../shared/last-list';
import { queryKeys } from '../../shared/query-keys';
import { peekOrderQuery } from './api';
import type { QueueList } from './list/use-queue';

interface NextInput {
  list: QueueList;
  view: QueueView;
  filter: QueueFilter | undefined;
  sort: QueueSort | undefined;
  /** The case is there: show its panel and give it the keyboard. */
  onTaken: (id: string) => void;
}

interface Asked {
  narrowed: QueueFilter | null;
  mutationId: string;
}

/** The best free case of this view, the first in its order, picked and claimed by the server, so that two people never get the same; the two after it are read at once. */
export const useNextCase = ({ list, view, filter, sort, onTaken }: NextInput) => {
  const client = useQueryClient();
  const latest = useRef({ list, onTaken });
  useEffect(() => {
    latest.current = { list, onTaken };
  });
  const next = useMutation({
    mutationFn: async ({ narrowed, mutationId }: Asked) => {
      return (await execute(NextCaseDocument, { view: freeView(view), filter: filter || narrowed ? { ...filter, ...narrowed } : null, sort: sort ?? null, mutationId })).nextCase;
    },
    onMutate: ({ mutationId }) => begin(mutationId),
    onSuccess: (result) => {
      if (result.__typename !== 'Done') {
        announce(result.__typename === 'Conflict' ? result.message : result.reason, 'assertive');
        return;
      }
      if (!result.case) {
        announce(t('queue:next.none'));
        return;
      }
      const { row } = result.case;
      putCase(client, result.case);
      for (const coming of result.upNext) {
        putCase(client, coming);
        void client.prefetchQuery(peekOrderQuery(coming.row.orderId));
      }
      record({ mutationId: result.mutationId, what: t('cases:act.claimed', { name: row.number }), object: { label: row.number, href: `/orders/${row.orderId}` }, undo: 'server', result: { state: 'done' } });
      latest.current.list.take(row);
      latest.current.onTaken(row.id);
    },
    onError: (error) => announce(t('queue:next.failed', { why: error.message }), 'assertive'),
    onSettled: (_result, _error, { mutationId }) => {
      end(mutationId);
      return Promise.all([client.invalidateQueries({ queryKey: queryKeys.queue }), client.invalidateQueries({ queryKey: queryKeys.counts })]);
    },
  });
  return {
    run: () => next.mutate({ narrowed: null, mutationId: newMutationId() }),
    /** The next one of a part of what is listed. */
    runIn: (narrowed: QueueFilter) => next.mutate({ narrowed, mutationId: newMutationId() }),
    isPending: next.isPending,
  };
};
