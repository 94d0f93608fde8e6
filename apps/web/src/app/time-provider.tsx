import { setDefaultZone, TimeViewContext } from '@orderwatch/ui';
import { useMemo, type ReactNode } from 'react';
import { useLiveStatus } from '../shared/live-status';
import { useShownZone } from '../shared/zone';

/** One zone and one way of writing times for the whole screen. Ages stop once the screen is old: one that counts on looks alive. */
export const TimeProvider = ({ children }: { children: ReactNode }) => {
  const { timeZone } = useShownZone();
  const { state, offsetMs } = useLiveStatus();
  const isAbsolute = state === 'stale' || state === 'offline';
  const view = useMemo(() => {
    setDefaultZone(timeZone);
    return { timeZone, isAbsolute, offsetMs };
  }, [timeZone, isAbsolute, offsetMs]);
  return <TimeViewContext.Provider value={view}>{children}</TimeViewContext.Provider>;
};
