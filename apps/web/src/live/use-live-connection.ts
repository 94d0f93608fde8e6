import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { notReachedSince, onReachability } from '../shared/api/reachability';
import { setLiveStatus } from '../shared/live-status';
import { queryKeys } from '../shared/query-keys';
import { CacheSync } from './cache-sync';
import { browserClock } from './clock';
import { current, setCurrent } from './current';
import { connectionState, nextCheck, type Connection } from './freshness';
import { LiveClient } from './live-client';
import { openLiveSocket } from './socket';

const SLEEP_MS = 5000;
const WATCH_MS = 2000;

const start = (queryClient: QueryClient): (() => void) => {
  const clock = browserClock;
  const cache = new CacheSync(queryClient, clock);
  let cancel: (() => void) | undefined;

  const publish = (): void => {
    const now = clock.now();
    const connection: Connection = { ...client.connection, isOnline: navigator.onLine, unreachableSince: notReachedSince() };
    setLiveStatus({ ...connectionState(connection, now), offsetMs: client.offset.ms });
    cancel?.();
    cancel = clock.after(nextCheck(connection, now), publish);
  };
  const client: LiveClient = new LiveClient({
    open: openLiveSocket,
    clock,
    onChange: (change) => cache.apply(change),
    onGap: (topic) => cache.refresh(topic),
    onJoined: (topic, position) => cache.catchUp(topic, position),
    onStatus: publish,
    // A request will find out whether the session is over, and say so on the page.
    onRefused: () => void queryClient.invalidateQueries({ queryKey: queryKeys.me }),
  });

  const check = (): void => {
    publish();
    void client.check();
  };
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') check();
  };
  let lastTick = clock.now();
  const watch = setInterval(() => {
    const now = clock.now();
    if (now - lastTick > WATCH_MS + SLEEP_MS) check();
    lastTick = now;
  }, WATCH_MS);
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', check);
  window.addEventListener('offline', publish);
  const stopReachability = onReachability(publish);
  setCurrent(client);
  client.start();

  return () => {
    setCurrent(undefined);
    clearInterval(watch);
    cancel?.();
    stopReachability();
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('online', check);
    window.removeEventListener('offline', publish);
    client.stop();
    cache.stop();
  };
};

/** Opens the one socket for as long as the frame stands, and joins what every page shows: the counts in the rail. */
export const useLiveConnection = (): void => {
  const queryClient = useQueryClient();
  useEffect(() => {
    const stop = start(queryClient);
    const leave = (['queue', 'approvals', 'health'] as const).map((topic) => current()?.want(topic));
    return () => {
      for (const each of leave) each?.();
      stop();
    };
  }, [queryClient]);
};
