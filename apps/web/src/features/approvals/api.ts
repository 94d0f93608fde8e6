import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ApprovalsDocument, ApproveRemedyDocument, DeclineRemedyDocument, TakeBackRemedyDocument, type RemedyPartsFragment, type RemedyResultPartsFragment } from '../../gql';
import { announce } from '../../shared/announce';
import { execute, RequestError } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';
import { doneWords } from './words';

export type Remedy = RemedyPartsFragment;

export const approvalsQuery = queryOptions({
  queryKey: queryKeys.approvals,
  queryFn: async ({ signal }) => (await execute(ApprovalsDocument, {}, signal)).approvals,
});

/** One decision. `mutationId` is made when the control opens, so that trying again cannot decide twice. */
export type Decision =
  | { kind: 'approve'; remedy: Remedy; mutationId: string }
  | { kind: 'decline'; remedy: Remedy; mutationId: string; reason: string }
  | { kind: 'take-back'; remedy: Remedy; mutationId: string };

const run = async (decision: Decision): Promise<RemedyResultPartsFragment> => {
  const { remedy, mutationId } = decision;
  const { id, revision } = remedy;
  if (decision.kind === 'approve') return (await execute(ApproveRemedyDocument, { id, revision, amountMinor: remedy.amount?.minor ?? null, mutationId })).approveRemedy;
  if (decision.kind === 'decline') return (await execute(DeclineRemedyDocument, { id, revision, reason: decision.reason, mutationId })).declineRemedy;
  return (await execute(TakeBackRemedyDocument, { id, mutationId })).callBackRemedy;
};

/** What came of a decision, to stand beside what was decided on. */
export interface DecisionOutcome {
  remedyId: string;
  refused?: string | undefined;
}

export const useDecide = (onOutcome: (outcome: DecisionOutcome) => void) => {
  const client = useQueryClient();
  const refuse = (decision: Decision, refused: string): void => {
    announce(`${decision.remedy.number}: ${refused}`, 'assertive');
    onOutcome({ remedyId: decision.remedy.id, refused });
  };
  return useMutation({
    mutationFn: run,
    onSuccess: (result, decision) => {
      if (result.__typename === 'RemedyDone') {
        announce(doneWords(decision.kind, result.remedy));
        onOutcome({ remedyId: decision.remedy.id });
      } else {
        refuse(decision, result.__typename === 'RemedyConflict' ? result.message : result.reason);
      }
    },
    onError: (error, decision) => {
      const reference = error instanceof RequestError && error.requestId ? ` (ref ${error.requestId})` : '';
      refuse(decision, `Not done. ${error.message}${reference}`);
    },
    onSettled: (_result, _error, { remedy }) =>
      Promise.all([queryKeys.approvals, queryKeys.counts, queryKeys.order(remedy.orderId)].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
};
