import { useState } from 'react';
import { changePreferences, usePreferences } from '../../../shared/preferences';
import { PEEK } from './peek-handle';

/** How wide the panel is, the same on every machine; while it is dragged only here. */
export const usePeekWidth = (): { width: number; onChange: (width: number) => void; onDone: (width: number) => void } => {
  const { peekWidth } = usePreferences();
  const [dragged, setDragged] = useState<number | null>(null);
  const onDone = (width: number): void => {
    setDragged(null);
    if (width !== peekWidth) changePreferences({ peekWidth: width });
  };
  return { width: dragged ?? peekWidth ?? PEEK.usual, onChange: setDragged, onDone };
};
