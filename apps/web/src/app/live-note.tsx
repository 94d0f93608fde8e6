import { formatTime } from '@orderwatch/ui';
import { useEffect, useRef } from 'react';
import { announce } from '../shared/announce';
import { useText } from '../shared/i18n';
import { useLiveStatus } from '../shared/live-status';

/** Tells the ear once when the screen is no longer live, and the eye when there is no way to the server at all. */
export const LiveNote = () => {
  const t = useText();
  const { state, since } = useLiveStatus();
  const told = useRef(state);
  useEffect(() => {
    if (told.current === state || state === 'catching-up') return;
    const wasBad = told.current === 'stale' || told.current === 'offline';
    told.current = state;
    if (state === 'offline') announce(t('frame:live.saidOffline'), 'assertive');
    else if (state === 'stale') announce(t('frame:live.saidStale', { clock: since === undefined ? '' : formatTime(since, 'clock') }), 'assertive');
    else if (wasBad) announce(t('frame:live.saidLive'));
  }, [state, since, t]);
  return state === 'offline' ? (
    <div className="frame-note" data-tone="red">
      {t('frame:live.offline')}
    </div>
  ) : null;
};
