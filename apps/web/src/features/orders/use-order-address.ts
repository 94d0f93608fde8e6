import { useNavigate, useSearch } from '@tanstack/react-router';
import { validateOrderSearch, type OrderSearch } from './search';

/** What the address says of the page of an order: the instant that is looked at, and what is shown of it. */
export const useOrderAddress = () => {
  const navigate = useNavigate();
  // The router keeps what the page's reader left out: an instant that is none must not reach the page.
  const { at, show } = validateOrderSearch(useSearch({ strict: false }));
  const change = (next: OrderSearch, replace = false): void =>
    void navigate({ to: '.', search: ((old: Record<string, unknown>) => ({ ...old, ...next })) as never, replace, resetScroll: false });
  return {
    /** ISO; null is now. */
    at: at ?? null,
    show: show ?? null,
    /** Each step is one of the way back, but a walk through the past is one step. */
    lookAt: (instant: number | null): void => change({ at: instant === null ? undefined : new Date(instant).toISOString() } as OrderSearch, at !== undefined && instant !== null),
    /** No step of its own: the way back leads to the list, not through what one had opened and closed. */
    showInstead: (next: OrderSearch['show'] | null): void => change({ show: next ?? undefined } as OrderSearch, true),
  };
};

export type OrderAddress = ReturnType<typeof useOrderAddress>;
