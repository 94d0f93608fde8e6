import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { NextCaseDocument } from '../../gql';
import { record } from '../../shared/activity';
import { announce } from '../../shared/announce';
import { putCase } from '../../shared/cases/case-cache';
import { execute, newMutationId } from '../../shared/graphql';
import { t } from '../../shared/i18n';
import { nextQuestion } from '../../shared/last-list';
import { queryKeys } from '../../shared/query-keys';
import { orderQuery } from './api';

/** The best free case of the list one came from, picked and claimed by the server; its order is opened, and that of the one after it is read already. */
export const useNextOrder = (): { run: () => void; isPending: boolean } => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const next = useMutation({
    mutationFn: async () => (await execute(NextCaseDocument, { ...nextQuestion(), mutationId: newMutationId() })).nextCase,
    onSuccess: (result) => {
      if (result.__typename !== 'Done') {
        announce(result.__typename === 'Conflict' ? result.message : result.reason, 'assertive');
        return;
      }
      if (!result.case) {
        announce(t('order:next.none'));
        return;
      }
      const { row } = result.case;
      putCase(client, result.case);
      for (const coming of result.upNext) {
        putCase(client, coming);
        void client.prefetchQuery(orderQuery(coming.row.orderId));
      }
      record({ mutationId: result.mutationId, what: t('cases:act.claimed', { name: row.number }), object: { label: row.number, href: `/orders/${row.orderId}` }, undo: 'server', result: { state: 'done' } });
      void navigate({ to: '/orders/$orderId', params: { orderId: row.orderId } });
    },
    onError: (error) => announce(t('order:next.failed', { why: error.message }), 'assertive'),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: queryKeys.queue }), client.invalidateQueries({ queryKey: queryKeys.counts })]),
  });
  return { run: () => next.mutate(), isPending: next.isPending };
};
