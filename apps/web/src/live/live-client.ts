import type { Beat, Change, PresenceSaid, Present, Seq, Topic } from '@orderwatch/contract';
import type { Clock } from './clock';
import { ClockOffset, type Connection } from './freshness';
import { SequenceTracker, type Step } from './sequence';
import type { LiveSocket, LiveSocketEvents } from './socket';

interface LiveClientOptions {
  open: (events: LiveSocketEvents) => LiveSocket;
  clock: Clock;
  onChange: (change: Change) => void;
  /** Everything of the topic must be read again. */
  onGap: (topic: Topic) => void;
  /** A topic was joined for the first time, at this position. */
  onJoined: (topic: Topic, position: Seq | null) => void;
  /** Everybody who is at an order now; undefined: nothing is known any more of any order. */
  onPresent?: (present: Present | undefined) => void;
  onStatus: () => void;
  onRefused: () => void;
}

const LEAVE_MS = 5000;
const REJOIN_MS = 2000;

/** Holds the one connection: which topics are wanted, what was missed, and how far what comes can be trusted. */
export class LiveClient {
  readonly offset = new ClockOffset();
  private readonly socket: LiveSocket;
  private readonly tracker = new SequenceTracker();
  private readonly wanted = new Map<Topic, number>();
  private readonly joined = new Set<Topic>();
  private readonly leaving = new Map<Topic, () => void>();
  private readonly resuming = new Set<Topic>();
  /** What this window was last said to do at each order where it is: whoever takes the connection anew knows nothing of it. */
  private readonly whereabouts = new Map<string, PresenceSaid>();
  private heardAt: number | undefined;
  private isConnected = false;
  private readonly startedAt: number;

  constructor(private readonly options: LiveClientOptions) {
    this.startedAt = options.clock.now();
    this.socket = options.open({
      onConnect: () => this.connected(),
      onDisconnect: () => this.disconnected(),
      onRefused: options.onRefused,
      onChange: (change) => this.take(change),
      onBeat: (beat) => this.beat(beat),
      onPresent: (present) => options.onPresent?.(present),
    });
  }

  start(): void {
    this.socket.connect();
  }

  stop(): void {
    for (const cancel of this.leaving.values()) cancel();
    this.socket.close();
  }

  /** What is known about the way to the server, except what the browser itself knows. */
  get connection(): Omit<Connection, 'isOnline' | 'unreachableSince'> {
    return { isConnected: this.isConnected, heardAt: this.heardAt, isCatchingUp: this.resuming.size > 0, startedAt: this.startedAt };
  }

  /** Listens to a topic until the returned function is called; leaving waits a little, for pages come and go. */
  want(topic: Topic): () => void {
    this.leaving.get(topic)?.();
    this.leaving.delete(topic);
    const count = this.wanted.get(topic) ?? 0;
    this.wanted.set(topic, count + 1);
    if (count === 0 && this.isConnected && !this.joined.has(topic)) void this.join([topic]);
    return () => {
      const rest = (this.wanted.get(topic) ?? 1) - 1;
      this.wanted.set(topic, rest);
      if (rest === 0) this.leaving.set(topic, this.options.clock.after(LEAVE_MS, () => this.leave(topic)));
    };
  }

  /** After sleep or a hidden tab a socket may be dead without knowing it: ask, and open another when nobody answers. */
  async check(): Promise<void> {
    if (!this.isConnected) {
      this.socket.connect();
      return;
    }
    try {
      await this.socket.ping();
      this.heard();
    } catch {
      this.socket.reconnect();
    }
  }

  sayPresence(said: PresenceSaid): void {
    if (said.state === 'gone') this.whereabouts.delete(said.orderId);
    else this.whereabouts.set(said.orderId, said);
    if (this.isConnected) this.socket.sayPresence(said);
  }

  private leave(topic: Topic): void {
    this.leaving.delete(topic);
    this.wanted.delete(topic);
    this.joined.delete(topic);
    this.tracker.forget(topic);
    if (this.isConnected) this.socket.unsubscribe([topic]);
  }

  private heard(): void {
    this.heardAt = this.options.clock.now();
    this.options.onStatus();
  }

  private connected(): void {
    this.isConnected = true;
    this.heard();
    for (const said of this.whereabouts.values()) this.socket.sayPresence(said);
    void this.join([...this.wanted.keys()]);
  }

  private disconnected(): void {
    this.isConnected = false;
    this.joined.clear();
    this.resuming.clear();
    this.tracker.interrupt();
    this.options.onPresent?.(undefined);
    this.options.onStatus();
  }

  private async join(topics: readonly Topic[]): Promise<void> {
    if (topics.length === 0) return;
    try {
      const answer = await this.socket.subscribe(topics);
      this.heard();
      for (const topic of topics) {
        const position = answer.joined[topic];
        if (position === undefined) continue;
        this.joined.add(topic);
        const isFirst = this.tracker.last(topic) === undefined;
        this.step(topic, this.tracker.joined(topic, position));
        if (isFirst) this.options.onJoined(topic, position);
      }
    } catch {
      // No answer, or none that can be used: a new connection joins again, not at once, for the server may be in trouble.
      this.options.clock.after(REJOIN_MS, () => this.isConnected && topics.some((topic) => !this.joined.has(topic)) && this.socket.reconnect());
    }
  }

  private take(change: Change): void {
    this.heard();
    this.step(change.topic, this.tracker.take(change));
  }

  private beat(beat: Beat): void {
    this.offset.add(beat.serverTime, this.options.clock.now());
    this.heard();
    for (const [topic, position] of Object.entries(beat.seq)) {
      if (beat.refetch) this.options.onGap(topic as Topic);
      this.step(topic as Topic, this.tracker.beat(topic, position), position);
    }
  }

  private step(topic: Topic, step: Step, position?: Seq | null): void {
    for (const change of step.apply) this.options.onChange(change);
    if (step.resumeFrom === undefined) return;
    if (step.resumeFrom === null) this.lost(topic, position ?? undefined);
    else void this.resume(topic, step.resumeFrom);
  }

  private async resume(topic: Topic, from: Seq): Promise<void> {
    this.resuming.add(topic);
    this.options.onStatus();
    try {
      const answer = await this.socket.resume(topic, from);
      if ('gap' in answer) this.lost(topic);
      else this.step(topic, this.tracker.resumed(topic, answer.changes));
    } catch {
      this.lost(topic);
    } finally {
      this.resuming.delete(topic);
      this.options.onStatus();
    }
  }

  private lost(topic: Topic, position?: Seq): void {
    this.tracker.gap(topic, position);
    this.options.onGap(topic);
  }
}
