import { isBeat, isChange, isPresent, LIVE_EVENTS, type Beat, type Change, type PresenceSaid, type Present, type ResumeAnswer, type Seq, type SubscribeAnswer, type Topic } from '@orderwatch/contract';
import { io } from 'socket.io-client';

/** The way to the server as the live client sees it. */
export interface LiveSocket {
  connect: () => void;
  /** Drops a connection that may be dead and opens another. */
  reconnect: () => void;
  close: () => void;
  isConnected: () => boolean;
  subscribe: (topics: readonly Topic[]) => Promise<SubscribeAnswer>;
  unsubscribe: (topics: readonly Topic[]) => void;
  resume: (topic: Topic, seq: Seq) => Promise<ResumeAnswer>;
  ping: () => Promise<unknown>;
  /** Tells what this window does at an order; nobody waits for the answer. */
  sayPresence: (said: PresenceSaid) => void;
}

export interface LiveSocketEvents {
  onConnect: () => void;
  onDisconnect: () => void;
  /** The server does not take this session. */
  onRefused: () => void;
  onChange: (change: Change) => void;
  onBeat: (beat: Beat) => void;
  onPresent: (present: Present) => void;
}

const ANSWER_MS = 5000;
const PONG_MS = 3000;
const REFUSED_RETRY_MS = 5000;

export const openLiveSocket = (events: LiveSocketEvents): LiveSocket => {
  const socket = io({ transports: ['websocket'], autoConnect: false, withCredentials: true, reconnectionDelay: 300, reconnectionDelayMax: 5000, timeout: 8000 });
  let retry: ReturnType<typeof setTimeout> | undefined;
  const again = (): void => {
    clearTimeout(retry);
    retry = setTimeout(() => socket.connect(), REFUSED_RETRY_MS);
  };
  socket.on('connect', events.onConnect);
  socket.on('disconnect', (reason) => {
    events.onDisconnect();
    // The library does not come back by itself when the server has closed the door.
    if (reason === 'io server disconnect') again();
  });
  socket.on('connect_error', () => {
    events.onDisconnect();
    if (socket.active) return;
    events.onRefused();
    again();
  });
  socket.on(LIVE_EVENTS.change, (message: unknown) => {
    if (isChange(message)) events.onChange(message);
  });
  socket.on(LIVE_EVENTS.beat, (message: unknown) => {
    if (isBeat(message)) events.onBeat(message);
  });
  socket.on(LIVE_EVENTS.presence, (message: unknown) => {
    if (isPresent(message)) events.onPresent(message);
  });
  const ask = <Answer>(event: string, message: unknown, ms = ANSWER_MS): Promise<Answer> => socket.timeout(ms).emitWithAck(event, message) as Promise<Answer>;
  return {
    connect: () => socket.connect(),
    reconnect: () => {
      socket.disconnect();
      socket.connect();
    },
    close: () => {
      clearTimeout(retry);
      socket.disconnect();
    },
    isConnected: () => socket.connected,
    subscribe: (topics) => ask<SubscribeAnswer>(LIVE_EVENTS.subscribe, { topics }),
    unsubscribe: (topics) => void socket.emit(LIVE_EVENTS.unsubscribe, { topics }),
    resume: (topic, seq) => ask<ResumeAnswer>(LIVE_EVENTS.resume, { topic, seq }),
    sayPresence: (said) => void socket.emit(LIVE_EVENTS.presence, said, () => undefined),
    ping: () => ask<unknown>(LIVE_EVENTS.ping, {}, PONG_MS),
  };
};
