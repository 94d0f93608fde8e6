import { lazy, Suspense, type ComponentProps } from 'react';
import { loadTexts } from '../../shared/i18n';
import type { Claims } from './remedy-claims';

const Loaded = lazy(async () => {
  const [{ Claims: component }] = await Promise.all([import('./remedy-claims'), loadTexts('remedies')]);
  return { default: component };
});

/** Comes after the page: who reads an order first wants to know where it is. */
export const LazyClaims = (props: ComponentProps<typeof Claims>) => (
  <Suspense fallback={null}>
    <Loaded {...props} />
  </Suspense>
);
