import { useEffect, useRef } from 'react';
import { preferences } from '../shared/preferences';
import { playTone } from '../shared/tone';

/** A tone for those who asked for one, when one more of their own deadlines has passed; what had passed when the page was opened is no news. */
export const useBreachSound = (late: number | undefined): void => {
  const before = useRef(late);
  useEffect(() => {
    if (late !== undefined && before.current !== undefined && late > before.current && preferences().sound) playTone();
    before.current = late;
  }, [late]);
};
