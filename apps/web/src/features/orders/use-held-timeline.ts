import { useEffect, useRef, useState } from 'react';
import type { Order } from './api';
import { holdTimeline } from './held-timeline';

type Entry = Order['timeline'][number];

export interface HeldTimeline {
  rows: readonly Entry[];
  waiting: number;
  isChanged: boolean;
  /** Shows what waits, with the newest row in view and in hand. */
  apply: () => void;
}

/** The timeline as it stood when it was opened, or when what waited was last asked for. */
export const useHeldTimeline = (live: readonly Entry[], ownName: string): HeldTimeline => {
  const [kept, setKept] = useState(live);
  const [asked, setAsked] = useState(0);
  const isFirst = useRef(true);
  const held = holdTimeline(kept, live, (row) => row.kind === 'person' && row.actor === ownName);
  if (!held.isChanged && kept !== live) setKept(live);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    // The button that was pressed is gone; the keyboard goes on with the news.
    const first = document.querySelector<HTMLElement>('.ow-tl [data-item]');
    first?.scrollIntoView({ block: 'nearest' });
    document.querySelector<HTMLElement>('.ow-tl [data-item][tabindex="0"]')?.focus({ preventScroll: true });
  }, [asked]);
  return {
    ...held,
    apply: () => {
      setKept(live);
      setAsked((n) => n + 1);
    },
  };
};
