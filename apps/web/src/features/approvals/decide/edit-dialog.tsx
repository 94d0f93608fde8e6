import { Button, EmptyState, SkeletonRows } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { draftOf } from '../../../shared/cases/drafts';
import { Dialog } from '../../../shared/dialog';
import { useText } from '../../../shared/i18n';
import { movesMoney, subjectOf, type Content, type Draft } from '../../../shared/remedies/draft';
import { ownDelivery } from '../../../shared/remedies/delivery';
import { evidenceChoices } from '../../../shared/remedies/evidence';
import { digitsOf, minorText } from '../../../shared/remedies/minor';
import { RemedyForm } from '../../../shared/remedies/remedy-form';
import { orderToEditQuery, type OrderToEdit } from '../api';
import type { Remedy } from './decisions';
import { draftKey, title } from '../words';

interface EditDialogProps {
  remedy: Remedy;
  refusal: string | undefined;
  isBusy: boolean;
  onDone: (content: Content) => void;
  onClose: () => void;
}

/** As the form of the order's page, in pixels. */
const WIDTH = 860;

type Attached = Remedy['evidence'][number];
const isFact = (item: Attached): item is Attached & { factId: string } => item.factId !== null;

const fill = (remedy: Remedy, order: OrderToEdit) => {
  const attached = remedy.evidence.filter(isFact);
  const others = evidenceChoices(order.timeline).choices.filter((choice) => !attached.some(({ factId }) => factId === choice.factId));
  const subject = subjectOf(order, remedy.kind, [...attached, ...others]);
  const draft: Draft = {
    amount: movesMoney(remedy.kind) && remedy.amount ? minorText(remedy.amount.minor, digitsOf(remedy.amount.currency)) : '',
    pieces: Object.fromEntries(remedy.lines.map((line) => [line.lineId, line.quantity])),
    reasonCode: remedy.reasonCode,
    reason: draftOf(draftKey('edit', remedy.id)) || remedy.reason,
    factIds: attached.map(({ factId }) => factId),
    ...(remedy.delivery ? { delivery: { ...ownDelivery, where: 'kept' } } : {}),
  };
  return { subject, draft };
};

const Filled = ({ remedy, order, refusal, isBusy, onDone, onClose }: EditDialogProps & { order: OrderToEdit }) => {
  const t = useText();
  const [{ subject, draft }] = useState(() => fill(remedy, order));
  return (
    <RemedyForm
      subject={subject}
      orderVersion={order.version}
      remedyId={remedy.id}
      {...(remedy.delivery ? { keptAddress: remedy.delivery.address } : {})}
      initial={draft}
      draftKey={draftKey('edit', remedy.id)}
      action={(what) => t('approvals:edit.now', { what })}
      refusal={refusal}
      isBusy={isBusy}
      onSubmit={onDone}
      onCancel={onClose}
    />
  );
};

/** One's own proposal, as it should rather be; whoever approved it does so anew. */
export const EditDialog = (props: EditDialogProps) => {
  const t = useText();
  const { remedy, onClose } = props;
  const { data, error, isPending, refetch } = useQuery(orderToEditQuery(remedy.orderId));
  return (
    <Dialog title={t('approvals:edit.title', { title: title(remedy), order: remedy.orderName })} size={WIDTH} onClose={onClose}>
      {data ? (
        <Filled {...props} order={data} />
      ) : isPending ? (
        <SkeletonRows rows={6} rowHeight={36} />
      ) : (
        <EmptyState kind="nothing" title={t('approvals:edit.notRead')} action={<Button onClick={() => void refetch()}>{t('approvals:retry')}</Button>}>
          {error?.message}
        </EmptyState>
      )}
    </Dialog>
  );
};
