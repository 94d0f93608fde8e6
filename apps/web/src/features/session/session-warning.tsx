import './session.css';
import { Button, formatDuration, useNow } from '@orderwatch/ui';
import { useEffect, useRef, useState } from 'react';
import { browserClock, watchTouches } from '../../live';
import { announce } from '../../shared/announce';
import { useText, type Translate } from '../../shared/i18n';
import { unitWords } from '../../shared/unit-words';
import { sayHands } from './api';
import { SessionWatch, type EndWarning } from './session-watch';

/** Said once, when it begins and when it is over: a countdown read aloud would drown everything else. */
const useSaid = (warning: EndWarning | null, t: Translate): void => {
  const before = useRef<EndWarning['kind']>(undefined);
  useEffect(() => {
    const wasIdle = before.current === 'idle';
    if (before.current === warning?.kind) return;
    before.current = warning?.kind;
    const count = warning ? Math.max(1, Math.ceil((warning.at - Date.now()) / 60_000)) : 0;
    if (warning) announce(t(warning.kind === 'idle' ? 'session:idleSaid' : 'session:lastSaid', { count }));
    else if (wasIdle) announce(t('session:stays'));
  }, [warning, t]);
};

const Left = ({ warning, t }: { warning: EndWarning; t: Translate }) => {
  const seconds = Math.max(0, Math.ceil((warning.at - useNow(1000)) / 1000));
  const words = unitWords();
  const left = [...(seconds >= 60 ? [seconds] : []), seconds % 60].map((each) => formatDuration(each * 1000, words)).join(' ');
  return <span>{t(warning.kind === 'idle' ? 'session:idle' : 'session:last', { left })}</span>;
};

/** Tells the server while hands are at work on the page, and says over its foot when the session is about to end. */
export const SessionWarning = ({ onSignIn }: { onSignIn: () => void }) => {
  const t = useText();
  const [warning, setWarning] = useState<EndWarning | null>(null);
  const current = useRef<SessionWatch>(undefined);
  useEffect(() => {
    const watch = new SessionWatch({ clock: browserClock, say: sayHands, onWarning: setWarning });
    current.current = watch;
    const onVisible = (): void => {
      if (document.visibilityState === 'visible') watch.ask();
    };
    const stopTouches = watchTouches(() => watch.touch());
    document.addEventListener('visibilitychange', onVisible);
    watch.ask();
    return () => {
      stopTouches();
      document.removeEventListener('visibilitychange', onVisible);
      watch.stop();
    };
  }, []);
  useSaid(warning, t);
  if (!warning) return null;
  return (
    <div className="frame-note session-warning" role="group" aria-label={t('session:warning')}>
      <Left warning={warning} t={t} />
      {warning.kind === 'idle' ? <Button onClick={() => current.current?.touch()}>{t('session:stay')}</Button> : <Button onClick={onSignIn}>{t('session:again')}</Button>}
    </div>
  );
};
