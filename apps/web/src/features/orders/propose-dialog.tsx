import { lazy, Suspense } from 'react';
import type { RemedyKind } from '../../gql';
import { HoldKeys } from '../../shared/hold-keys';
import { loadTexts } from '../../shared/i18n';
import type { Order } from './api';

const ProposeForm = lazy(async () => {
  const [{ ProposeForm: component }] = await Promise.all([import('./propose/propose-form'), loadTexts('remedies')]);
  return { default: component };
});

interface ProposeDialogProps {
  order: Order;
  kind: RemedyKind;
  onClose: () => void;
}

/** Asks for money or goods. Its form comes when somebody wants it: most who read an order do not. */
export const ProposeDialog = (props: ProposeDialogProps) => (
  <Suspense fallback={<HoldKeys />}>
    <ProposeForm {...props} />
  </Suspense>
);
