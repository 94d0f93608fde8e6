import { useMemo, useState, type FocusEvent } from 'react';

interface InHand {
  /** A pointer is over the list or a key would act on it. */
  isInHand: boolean;
  /** For the element around the list. */
  handlers: {
    onPointerEnter: () => void;
    onPointerLeave: () => void;
    onFocus: () => void;
    onBlur: (event: FocusEvent<HTMLElement>) => void;
  };
}

/** Tells whether a list is being used. One that is not may take news at once; one that is must not move. */
export const useInHand = (): InHand => {
  const [isOver, setOver] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  const handlers = useMemo(
    () => ({
      onPointerEnter: () => setOver(true),
      onPointerLeave: () => setOver(false),
      onFocus: () => setFocus(true),
      onBlur: (event: FocusEvent<HTMLElement>) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocus(false);
      },
    }),
    [],
  );
  return { isInHand: isOver || hasFocus, handlers };
};
