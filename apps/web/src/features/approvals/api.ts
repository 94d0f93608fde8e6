import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ApprovalsDocument, EvidenceTraceDocument, OrderToEditDocument, type OrderToEditQuery } from '../../gql';
import { record, type UndoOutcome } from '../../shared/activity';
import { keepDraft } from '../../shared/cases/drafts';
import { execute, newMutationId, RequestError } from '../../shared/graphql';
import { t } from '../../shared/i18n';
import { queryKeys } from '../../shared/query-keys';
import { runDecision, type Decision, type Remedy } from './decide/decisions';
import { doneWords, draftKey } from './words';

export type { Decision, Remedy } from './decide/decisions';

export const approvalsQuery = queryOptions({
  queryKey: queryKeys.approvals,
  queryFn: async ({ signal }) => (await execute(ApprovalsDocument, {}, signal)).approvals,
});

export type OrderToEdit = NonNullable<OrderToEditQuery['order']>;

export const orderToEditQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.order(id), 'to-edit'],
    queryFn: async ({ signal }) => (await execute(OrderToEditDocument, { id }, signal)).order,
  });

/** What a source sent, and what was made of it. It never changes, so it is read once. */
export const traceQuery = (inboxId: string) =>
  queryOptions({
    queryKey: [...queryKeys.raw(inboxId), 'trace'],
    queryFn: async ({ signal }) => (await execute(EvidenceTraceDocument, { id: inboxId }, signal)).rawDelivery,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false,
  });

/** What came of a decision, to stand beside what was decided on. */
export interface DecisionOutcome {
  remedyId: string;
  refused?: string | undefined;
  /** Nothing was done: the sign-in is too long ago for it. Says why. */
  needsSignIn?: string | undefined;
  /** The remedy as it is after one's own act, which is no news to whoever did it. */
  remedy?: Remedy | undefined;
}

const isOwnHold = (decision: Decision, remedy: Remedy): boolean => decision.kind === 'approve' && remedy.state === 'approved' && remedy.executeAfter !== null;

export const useDecide = (onOutcome: (outcome: DecisionOutcome) => void) => {
  const client = useQueryClient();
  const refresh = (orderId: string): Promise<unknown> =>
    Promise.all([queryKeys.approvals, queryKeys.counts, queryKeys.order(orderId), queryKeys.remedyPreview].map((queryKey) => client.invalidateQueries({ queryKey })));
  const objectOf = ({ number, id }: Remedy): { label: string; href: string } => ({ label: number, href: `/approvals?item=${id}` });
  const refuse = ({ mutationId, remedy }: Decision, message: string): void => {
    record({ mutationId, what: t('approvals:notDone', { number: remedy.number }), object: objectOf(remedy), result: { state: 'failed', message } });
    onOutcome({ remedyId: remedy.id, refused: message });
  };
  /** While it is held, its approval is taken back like any other own act. */
  const callBack = async (remedy: Remedy): Promise<UndoOutcome> => {
    const result = await runDecision({ kind: 'call_back', remedy, mutationId: newMutationId() });
    await refresh(remedy.orderId);
    if (result.__typename === 'RemedyDone') {
      onOutcome({ remedyId: remedy.id, remedy: result.remedy });
      return { isUndone: true };
    }
    return { isUndone: false, message: result.__typename === 'RemedyConflict' ? result.message : result.reason };
  };
  return useMutation({
    mutationFn: runDecision,
    onSuccess: (result, decision) => {
      if (result.__typename === 'NeedsSignIn') {
        onOutcome({ remedyId: decision.remedy.id, needsSignIn: result.reason });
        return;
      }
      if (result.__typename !== 'RemedyDone') {
        refuse(decision, result.__typename === 'RemedyConflict' ? result.message : result.reason);
        return;
      }
      const { remedy } = result;
      keepDraft(draftKey(decision.kind, remedy.id), '');
      record({
        mutationId: decision.mutationId,
        what: doneWords(decision.kind, remedy),
        object: objectOf(remedy),
        undo: isOwnHold(decision, remedy) ? () => callBack(remedy) : undefined,
        result: { state: 'done' },
      });
      onOutcome({ remedyId: remedy.id, remedy });
    },
    onError: (error, decision) => {
      const id = error instanceof RequestError ? error.requestId : undefined;
      refuse(decision, id ? t('approvals:withRef', { why: error.message, id }) : error.message);
    },
    onSettled: (_result, _error, { remedy }) => refresh(remedy.orderId),
  });
};
