export type FreshnessState = 'live' | 'catching-up' | 'stale' | 'offline' | 'error';

/** What is known about the way to the server at an instant. Times are this machine's. */
export interface Connection {
  isConnected: boolean;
  /** The last beat, message or joining. */
  heardAt: number | undefined;
  /** Missed messages are being fetched. */
  isCatchingUp: boolean;
  /** The browser says that there is a network. */
  isOnline: boolean;
  /** Since when requests have found no server. */
  unreachableSince: number | undefined;
  /** When this page began to listen. */
  startedAt: number;
}

export const LATE_MS = 25_000;
export const STALE_MS = 30_000;
/** An answer older than this is stale whatever the socket says. */
export const ANSWER_STALE_MS = 120_000;

export interface ConnectionState {
  state: Exclude<FreshnessState, 'error'>;
  /** Since when it is not live. */
  since?: number | undefined;
}

/** How far the connection can be trusted at `now`. */
export const connectionState = (connection: Connection, now: number): ConnectionState => {
  const heard = connection.heardAt ?? connection.startedAt;
  const silence = now - heard;
  if (!connection.isOnline) return { state: 'offline', since: heard };
  if (connection.unreachableSince !== undefined && !connection.isConnected) return { state: 'offline', since: Math.min(connection.unreachableSince, heard) };
  if (silence >= STALE_MS) return { state: 'stale', since: heard };
  if (!connection.isConnected || silence >= LATE_MS || connection.isCatchingUp) return { state: 'catching-up', since: heard };
  return { state: 'live' };
};

/** When `connectionState` may next change by the clock alone. */
export const nextCheck = (connection: Connection, now: number): number => {
  const silence = now - (connection.heardAt ?? connection.startedAt);
  if (silence < LATE_MS) return LATE_MS - silence;
  return silence < STALE_MS ? STALE_MS - silence : 10_000;
};

/** One list's freshness: the connection's, made worse by an old or failed answer, never better. */
export const answerState = (connection: ConnectionState, answer: { at: number | undefined; isFailed: boolean }, now: number): { state: FreshnessState; since?: number | undefined } => {
  if (connection.state === 'offline' || connection.state === 'stale') return connection;
  if (answer.isFailed) return { state: 'error', since: answer.at };
  if (answer.at !== undefined && now - answer.at > ANSWER_STALE_MS) return { state: 'stale', since: answer.at };
  return connection;
};

const KEPT = 6;

/** The server's clock minus ours. A beat can only be late, so the largest of the last few is the nearest to the truth. */
export class ClockOffset {
  private readonly seen: number[] = [];

  add(serverTime: string, receivedAt: number): void {
    const offset = Date.parse(serverTime) - receivedAt;
    if (Number.isNaN(offset)) return;
    this.seen.push(offset);
    if (this.seen.length > KEPT) this.seen.shift();
  }

  get ms(): number {
    return this.seen.length === 0 ? 0 : Math.max(...this.seen);
  }
}
