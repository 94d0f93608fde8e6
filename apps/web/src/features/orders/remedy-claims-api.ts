import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ClaimsOfOrderDocument, MoveClaimDocument, OpenClaimDocument, type ClaimPartsFragment, type ClaimState, type MoveClaimInput, type OpenClaimInput } from '../../gql';
import { record } from '../../shared/activity';
import { execute, newMutationId } from '../../shared/graphql';
import { t } from '../../shared/i18n';
import { queryKeys } from '../../shared/query-keys';

export type Claim = ClaimPartsFragment;
export type Step = Exclude<ClaimState, 'open'>;

/** Read anew with the order: its news are news of its claims too. */
export const claimsQuery = (orderId: string) =>
  queryOptions({
    queryKey: [...queryKeys.order(orderId), 'claims'],
    queryFn: async ({ signal }) => (await execute(ClaimsOfOrderDocument, { orderId }, signal)).claimsOfOrder,
  });

/** Where a file can go from where it is; the carrier's answer ends it. */
export const stepsFrom: Readonly<Record<ClaimState, readonly Step[]>> = {
  open: ['submitted', 'rejected'],
  submitted: ['in_review', 'credited', 'rejected'],
  in_review: ['credited', 'rejected'],
  credited: [],
  rejected: [],
};

export type ClaimAct = { kind: 'open'; input: Omit<OpenClaimInput, 'mutationId'> } | { kind: 'move'; input: Omit<MoveClaimInput, 'mutationId'> };

/** Opens a file or moves it along; what was refused stays in the form, with the server's words. */
export const useClaimAct = (orderId: string, onDone: () => void) => {
  const client = useQueryClient();
  const [mutationId, setMutationId] = useState(newMutationId);
  const act = useMutation({
    mutationFn: async (asked: ClaimAct) =>
      asked.kind === 'open' ? (await execute(OpenClaimDocument, { input: { ...asked.input, mutationId } })).openClaim : (await execute(MoveClaimDocument, { input: { ...asked.input, mutationId } })).moveClaim,
    onSuccess: async (result) => {
      setMutationId(newMutationId());
      if (result.__typename === 'ClaimDone') {
        const { number, state } = result.claim;
        record({ mutationId, what: t(`remedies:claim.done.${state}`, { number }), object: { label: number, href: `/orders/${orderId}` }, result: { state: 'done' } });
        onDone();
      }
      await client.invalidateQueries({ queryKey: queryKeys.order(orderId) });
    },
  });
  const { data, error } = act;
  const refusal = data && data.__typename !== 'ClaimDone' ? (data.__typename === 'ClaimConflict' ? data.message : data.reason) : error?.message;
  return { run: act.mutate, isBusy: act.isPending, refusal };
};
