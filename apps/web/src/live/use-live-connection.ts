import type { Topic } from '@orderwatch/contract';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { notReachedSince, onReachability } from '../shared/api/reachability';
import { liveStatus, setLiveStatus } from '../shared/live-status';
import { replanBackstop } from '../shared/query-client';
import { queryKeys } from '../shared/query-keys';
import { CacheSync } from './cache-sync';
import { browserClock } from './clock';
import { current, setCurrent } from './current';
import { connectionState, nextCheck, type Connection } from './freshness';
import { watchHands } from './hands';
import { setHands } from './hands-free';
import { LiveClient } from './live-client';
import { loadSocket } from './load-socket';
import { showPresent } from './presence';
import type { LiveSocket, LiveSocketEvents } from './socket';
import { watchSleep } from './wake';

const RETRY_MS = 3000;

type OpenSocket = (events: LiveSocketEvents) => LiveSocket;

const start = (queryClient: QueryClient, open: OpenSocket): (() => void) => {
  const clock = browserClock;
  const hands = watchHands(clock);
  const cache = new CacheSync(queryClient, clock, hands);
  let cancel: (() => void) | undefined;
  /** Topics of which too much was missed, by when that was found; until they are read again the screen is catching up. */
  const gaps = new Map<Topic, number>();

  const publish = (): void => {
    const now = clock.now();
    for (const [topic, at] of gaps) if (cache.isReadSince(topic, at)) gaps.delete(topic);
    const { isCatchingUp, ...rest } = client.connection;
    const connection: Connection = { ...rest, isCatchingUp: isCatchingUp || gaps.size > 0, isOnline: navigator.onLine, unreachableSince: notReachedSince() };
    const before = liveStatus().state;
    const next = connectionState(connection, now);
    setLiveStatus({ ...next, offsetMs: client.offset.ms });
    if ((before === 'live') !== (next.state === 'live')) replanBackstop();
    cancel?.();
    cancel = clock.after(nextCheck(connection, now), publish);
  };
  const client: LiveClient = new LiveClient({
    open,
    clock,
    onChange: (change) => cache.apply(change),
    onGap: (topic) => {
      gaps.set(topic, clock.now());
      cache.refresh(topic);
      publish();
    },
    onJoined: (topic, position) => cache.catchUp(topic, position),
    onPresent: showPresent,
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
  // Requests open connections of their own: what is shown is right again long before a dead socket is given up.
  const stopWatching = watchSleep(clock, () => {
    void queryClient.invalidateQueries();
    check();
  });
  const stopReading = queryClient.getQueryCache().subscribe(({ type }) => {
    if (gaps.size > 0 && type === 'updated') publish();
  });
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', check);
  window.addEventListener('offline', publish);
  const stopReachability = onReachability(publish);
  setCurrent(client);
  setHands(hands);
  client.start();

  return () => {
    setCurrent(undefined);
    stopWatching();
    stopReading();
    cancel?.();
    stopReachability();
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('online', check);
    window.removeEventListener('offline', publish);
    client.stop();
    cache.stop();
    setHands(undefined);
    hands.stop();
  };
};

/** Calls once the socket's code is here, and asks for it again while it cannot be had; lists are read by the clock meanwhile. */
const openWhenHere = (then: (open: OpenSocket) => void): (() => void) => {
  let isOver = false;
  let cancel: (() => void) | undefined;
  const wait = (): void =>
    void loadSocket().then(
      ({ openLiveSocket }) => isOver || then(openLiveSocket),
      () => {
        if (!isOver) cancel = browserClock.after(RETRY_MS, wait);
      },
    );
  wait();
  return () => {
    isOver = true;
    cancel?.();
  };
};

/** Opens the one socket for as long as the frame stands, and joins what every page shows: the counts in the rail. */
export const useLiveConnection = (): void => {
  const queryClient = useQueryClient();
  useEffect(() => {
    const stops: (() => void)[] = [];
    const forget = openWhenHere((open) => {
      stops.push(start(queryClient, open));
      for (const topic of ['queue', 'approvals', 'health'] as const) stops.unshift(current()?.want(topic) ?? (() => undefined));
    });
    return () => {
      forget();
      for (const stop of stops) stop();
    };
  }, [queryClient]);
};
