import type { Doing } from '@orderwatch/contract';
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { useAway } from './at-work';
import { browserClock } from './clock';
import { current, onCurrent } from './current';
import { onPeopleAt, peopleAt, type PersonAt } from './presence';
import { Whereabouts } from './whereabouts';

/** Tells the others that this window is at an order while the component stands: reading, or `doing` something with a form open. */
export const usePresence = (orderId: string | undefined, doing: Doing | null = null): void => {
  const client = useSyncExternalStore(onCurrent, current);
  const isAway = useAway();
  const here = useRef<Whereabouts>(undefined);
  useEffect(() => {
    if (orderId === undefined || !client) return;
    const whereabouts = new Whereabouts(orderId, (said) => client.sayPresence(said), browserClock);
    here.current = whereabouts;
    return () => {
      here.current = undefined;
      whereabouts.stop();
    };
  }, [client, orderId]);
  useEffect(() => here.current?.change(doing, isAway), [client, orderId, doing, isAway]);
};

/** Who else is at an order. Informs; only the lease decides. */
export const usePeopleAt = (orderId: string): readonly PersonAt[] =>
  useSyncExternalStore(
    useCallback((listener: () => void) => onPeopleAt(orderId, listener), [orderId]),
    () => peopleAt(orderId),
  );
