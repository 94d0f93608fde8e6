import { lazy, Suspense, type ComponentProps } from 'react';
import { HoldKeys } from '../../shared/hold-keys';
import type { BatchSheet } from './decide/batch-sheet';
import type { BudgetsDialog } from './budgets/budgets-dialog';
import type { EditDialog } from './decide/edit-dialog';
import type { SteadDialog } from './stand-ins/stead-dialog';

// They come when somebody wants them: most who open the inbox read and decide.
const Batch = lazy(async () => ({ default: (await import('./decide/batch-sheet')).BatchSheet }));
const Budgets = lazy(async () => ({ default: (await import('./budgets/budgets-dialog')).BudgetsDialog }));
const Edit = lazy(async () => ({ default: (await import('./decide/edit-dialog')).EditDialog }));
const Stead = lazy(async () => ({ default: (await import('./stand-ins/stead-dialog')).SteadDialog }));

export const LateBatch = (props: ComponentProps<typeof BatchSheet>) => (
  <Suspense fallback={<HoldKeys />}>
    <Batch {...props} />
  </Suspense>
);

export const LateBudgets = (props: ComponentProps<typeof BudgetsDialog>) => (
  <Suspense fallback={<HoldKeys />}>
    <Budgets {...props} />
  </Suspense>
);

export const LateEdit = (props: ComponentProps<typeof EditDialog>) => (
  <Suspense fallback={<HoldKeys />}>
    <Edit {...props} />
  </Suspense>
);

export const LateStead = (props: ComponentProps<typeof SteadDialog>) => (
  <Suspense fallback={<HoldKeys />}>
    <Stead {...props} />
  </Suspense>
);
