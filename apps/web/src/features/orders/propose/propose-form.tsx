import { Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CohortsToJoinDocument, ProposeRemedyDocument, type RemedyKind } from '../../../gql';
import { record } from '../../../shared/activity';
import { draftOf, keepDraft } from '../../../shared/cases/drafts';
import { Dialog } from '../../../shared/dialog';
import { execute, newMutationId } from '../../../shared/graphql';
import { useText } from '../../../shared/i18n';
import { queryKeys } from '../../../shared/query-keys';
import { subjectOf, type Content, type Draft } from '../../../shared/remedies/draft';
import type { Exception } from '../../../shared/remedies/exception-field';
import { evidenceChoices } from '../../../shared/remedies/evidence';
import { digitsOf, minorText } from '../../../shared/remedies/minor';
import { RemedyForm } from '../../../shared/remedies/remedy-form';
import type { Order } from '../api';

interface ProposeFormProps {
  order: Order;
  kind: RemedyKind;
  onClose: () => void;
}

/** Wide enough for the fields and the policy beside each other, in pixels. */
const WIDTH = 860;

export const ProposeForm = ({ order, kind, onClose }: ProposeFormProps) => {
  const t = useText();
  const client = useQueryClient();
  const draftKey = `propose:${kind}:${order.id}`;
  // As it was when the form opened: what changes meanwhile is told by the server, and the fields do not move under the hand.
  const [{ subject, initial }] = useState(() => {
    const { choices, checked } = evidenceChoices(order.timeline);
    const made = subjectOf(order, kind, choices);
    const amount = kind !== 'refund' || made.refundableMinor === null || made.refundableMinor <= 0 ? '' : minorText(made.refundableMinor, digitsOf(made.currency));
    const pieces = kind === 'reship' ? Object.fromEntries(made.lines.map((line) => [line.id, line.pieces])) : {};
    const draft: Draft = { amount, pieces, reasonCode: null, reason: draftOf(draftKey), factIds: checked };
    return { subject: made, initial: draft };
  });
  const { data: cohorts = [] } = useQuery({ queryKey: [...queryKeys.approvals, 'cohorts'], queryFn: async ({ signal }) => (await execute(CohortsToJoinDocument, {}, signal)).remedyCohorts });
  const joinable = cohorts.filter((cohort) => cohort.open && cohort.kind === kind);
  const [cohortId, setCohortId] = useState<string | null>(null);
  const [mutationId, setMutationId] = useState(newMutationId);
  const propose = useMutation({
    mutationFn: async ({ content, exception }: { content: Content; exception: Exception | null }) =>
      (await execute(ProposeRemedyDocument, { input: { ...content, ...(exception ? { exception } : {}), ...(cohortId === null ? {} : { cohortId }), orderId: order.id, kind, expectedOrderVersion: order.version, mutationId } })).proposeRemedy,
    onSuccess: async (result) => {
      if (result.__typename !== 'RemedyDone') {
        // Asked differently, it is another act.
        setMutationId(newMutationId());
        return;
      }
      keepDraft(draftKey, '');
      record({ mutationId, what: t('remedies:waits', { name: result.remedy.number }), object: { label: result.remedy.number, href: `/approvals?tab=others&item=${result.remedy.id}` }, result: { state: 'done' } });
      onClose();
      await Promise.all([queryKeys.order(order.id), queryKeys.approvals, queryKeys.counts, queryKeys.remedyPreview].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
  const { data, error } = propose;
  const refusal = data && data.__typename !== 'RemedyDone' ? (data.__typename === 'RemedyConflict' ? data.message : data.reason) : error?.message;
  return (
    <Dialog title={t(`remedies:propose.${kind}`, { name: order.name })} size={WIDTH} onClose={onClose}>
      <RemedyForm
        subject={subject}
        orderVersion={order.version}
        initial={initial}
        draftKey={draftKey}
        action={(what) => t('remedies:form.ask', { what })}
        refusal={refusal}
        isBusy={propose.isPending}
        canExcept
        more={
          joinable.length > 0 ? (
            <Select label={t('remedies:form.cohort')} placeholder={t('remedies:form.noCohort')} data={joinable.map(({ id, sentence }) => ({ value: id, label: sentence }))} value={cohortId} onChange={setCohortId} clearable comboboxProps={{ transitionProps: { duration: 0 } }} />
          ) : null
        }
        onSubmit={(content, exception) => propose.mutate({ content, exception })}
        onCancel={onClose}
      />
    </Dialog>
  );
};
