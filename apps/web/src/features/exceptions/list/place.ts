import { useLocation } from '@tanstack/react-router';
import { useLayoutEffect, useState } from 'react';
import type { CaseRow } from '../../../shared/cases/types';
import { rememberList } from '../../../shared/last-list';

/** The list as it was left: what the address does not hold. */
export interface Place {
  /** View and filter it belongs to. */
  queryKey: string;
  order: readonly string[];
  isHeld: boolean;
  rows: ReadonlyMap<string, CaseRow>;
  /** The row in hand; the address follows it only when hands have come to rest. */
  focusedId: string | null;
  selectedIds: ReadonlySet<string>;
  isPeekOpen: boolean;
  /** Pixels. */
  scrollTop: number;
}

const KEPT = 20;
const places = new Map<string, Place>();

const keep = (key: string, place: Place): void => {
  places.delete(key);
  places.set(key, place);
  const [oldest] = places.keys();
  if (places.size > KEPT && oldest !== undefined) places.delete(oldest);
};

const keyOf = (state: object): string | undefined => ('__TSR_key' in state && typeof state.__TSR_key === 'string' ? state.__TSR_key : undefined);

/** Where one was on this page when it was left by the step one has come back to; another question has no such place. */
export const usePlace = (queryKey: string): Place | undefined => {
  const location = useLocation();
  const [place] = useState(() => {
    const found = places.get(keyOf(location.state) ?? '');
    return found?.queryKey === queryKey ? found : undefined;
  });
  return place;
};

export const scrollerOf = (body: HTMLElement | null): HTMLElement | null => body?.querySelector<HTMLElement>('.ow-grid-scroll') ?? null;

/** Keeps the place when the page is left, under the step of the browser's history that shows the queue. */
export const useKeepPlace = (now: Omit<Place, 'scrollTop'>): void => {
  const { pathname, state } = useLocation();
  const [left] = useState<{ step: string | undefined; now: typeof now }>(() => ({ step: undefined, now }));
  useLayoutEffect(() => {
    Object.assign(left, { now });
    // While the page is being left, the location is already another one's.
    if (pathname !== '/queue') return;
    Object.assign(left, { step: keyOf(state) });
    rememberList(state);
  });
  useLayoutEffect(
    () => () => {
      const scrollTop = scrollerOf(document.querySelector<HTMLElement>('.queue-body'))?.scrollTop ?? 0;
      if (left.step !== undefined) keep(left.step, { ...left.now, scrollTop });
    },
    [left],
  );
};
