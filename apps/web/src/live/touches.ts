/** What hands do at a page, also by way of what presses and writes without a key or a pointer: a switch, dictation, a screen reader. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'click', 'input'] as const;

/** Calls at every sign of hands. A pointer that lies still is none, though the browser says that it moved when the page moves under it. */
export const watchTouches = (onTouch: () => void, target: Pick<Window, 'addEventListener' | 'removeEventListener'> = window): (() => void) => {
  let place: string | undefined;
  const onSign = (event: Event): void => {
    if (event.type === 'pointermove') {
      const { screenX, screenY } = event as PointerEvent;
      const before = place;
      place = `${screenX} ${screenY}`;
      if (before === undefined || before === place) return;
    }
    onTouch();
  };
  for (const sign of SIGNS) target.addEventListener(sign, onSign, { passive: true, capture: true });
  return () => {
    for (const sign of SIGNS) target.removeEventListener(sign, onSign, { capture: true });
  };
};
