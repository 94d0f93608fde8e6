import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CloseCohortDocument, CreateCohortDocument, DelegateDocument, DelegationsDocument, EndDelegationDocument, RaiseCohortDocument, type CohortInput, type CohortPartsFragment, type DelegateInput, type DelegationPartsFragment } from '../../../gql';
import { record } from '../../../shared/activity';
import { execute, newMutationId } from '../../../shared/graphql';
import { t } from '../../../shared/i18n';
import { queryKeys } from '../../../shared/query-keys';

export type Cohort = CohortPartsFragment;
export type Delegation = DelegationPartsFragment;

export const delegationsQuery = queryOptions({
  queryKey: [...queryKeys.approvals, 'delegations'],
  queryFn: async ({ signal }) => (await execute(DelegationsDocument, {}, signal)).delegations,
});

export type ManagerAct =
  | { kind: 'cohort.create'; input: Omit<CohortInput, 'mutationId'> }
  | { kind: 'cohort.raise'; cohort: Cohort; budgetMinor: number; reason: string }
  | { kind: 'cohort.close'; cohort: Cohort; reason: string }
  | { kind: 'delegate'; input: Omit<DelegateInput, 'mutationId'>; name: string }
  | { kind: 'delegation.end'; delegation: Delegation };

const send = async (act: ManagerAct, mutationId: string): Promise<{ __typename: string; reason?: string }> => {
  switch (act.kind) {
    case 'cohort.create':
      return (await execute(CreateCohortDocument, { input: { ...act.input, mutationId } })).createCohort;
    case 'cohort.raise':
      return (await execute(RaiseCohortDocument, { id: act.cohort.id, expectedVersion: act.cohort.version, budgetMinor: act.budgetMinor, reason: act.reason, mutationId })).raiseCohort;
    case 'cohort.close':
      return (await execute(CloseCohortDocument, { id: act.cohort.id, expectedVersion: act.cohort.version, reason: act.reason, mutationId })).closeCohort;
    case 'delegate':
      return (await execute(DelegateDocument, { input: { ...act.input, mutationId } })).delegate;
    case 'delegation.end':
      return (await execute(EndDelegationDocument, { id: act.delegation.id, mutationId })).endDelegation;
  }
};

const whatOf = (act: ManagerAct): string => {
  switch (act.kind) {
    case 'cohort.create':
      return t('approvals:cohort.created', { cause: act.input.cause });
    case 'cohort.raise':
      return t('approvals:cohort.raised', { cause: act.cohort.cause });
    case 'cohort.close':
      return t('approvals:cohort.closed', { cause: act.cohort.cause });
    case 'delegate':
      return t('approvals:stead.named', { name: act.name });
    case 'delegation.end':
      return t('approvals:stead.ended', { name: act.delegation.delegate.name });
  }
};

/** What managers arrange around the decisions themselves: budgets, and who stands in for them. What needs a fresh sign-in says so, and is pressed anew. */
export const useManagerAct = (onDone: () => void) => {
  const client = useQueryClient();
  const [mutationId, setMutationId] = useState(newMutationId);
  const [needsSignIn, setNeedsSignIn] = useState<string | null>(null);
  const run = useMutation({
    mutationFn: (act: ManagerAct) => send(act, mutationId),
    onSuccess: async ({ __typename, reason }, act) => {
      if (__typename === 'NeedsSignIn') {
        setNeedsSignIn(reason ?? '');
        return;
      }
      // Asked differently, it is another act.
      setMutationId(newMutationId());
      if (__typename === 'NotAllowed') return;
      record({ mutationId, what: whatOf(act), result: { state: 'done' } });
      onDone();
      await client.invalidateQueries({ queryKey: queryKeys.approvals });
    },
  });
  const refusal = run.data?.__typename === 'NotAllowed' ? run.data.reason : run.error?.message;
  return { run: run.mutate, isBusy: run.isPending, refusal, needsSignIn, closeSignIn: () => setNeedsSignIn(null) };
};
