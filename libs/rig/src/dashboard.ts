import { compareSeq, LIVE_EVENTS, type Change, type ResumeAnswer, type Seq, type SubscribeAnswer, type Topic } from '@orderwatch/contract';
import { RawSocket } from './raw-socket.js';

/** What a client checks: each message names the one before it, and positions only grow. */
export class Chain {
  /** Messages that came, and the position after the last of them. */
  count = 0;
  /** What came other than it should have. */
  readonly breaks: string[] = [];

  constructor(public at: Seq | null) {}

  take({ seq, prev }: Pick<Change, 'seq' | 'prev'>): void {
    if (seq === undefined) return;
    if ((prev ?? null) !== this.at) this.breaks.push(`after ${this.at} came ${seq}, which stands after ${prev}`);
    if (this.at !== null && compareSeq(seq, this.at) <= 0) this.breaks.push(`${seq} came after ${this.at}`);
    this.at = seq;
    this.count += 1;
  }
}

/** A signed-in dashboard that follows one topic and keeps the books of what it was told. */
export class Dashboard {
  private constructor(
    private readonly socket: RawSocket,
    readonly topic: Topic,
    /** Complete as long as it has no breaks. */
    readonly chain: Chain,
  ) {}

  static async open({ port, cookie, topic }: { readonly port: number; readonly cookie: string; readonly topic: Topic }): Promise<Dashboard> {
    const socket = await RawSocket.open(port, cookie);
    const early: Buffer[] = [];
    socket.onEvent = (packet) => void early.push(packet);
    const { joined } = (await socket.ask(LIVE_EVENTS.subscribe, { topics: [topic] })) as SubscribeAnswer;
    const at = joined[topic];
    if (at === undefined) throw new Error(`the dashboard may not follow ${topic}`);
    const dashboard = new Dashboard(socket, topic, new Chain(at));
    for (const packet of early) dashboard.read(packet);
    socket.onEvent = (packet) => dashboard.read(packet);
    return dashboard;
  }

  /** What it missed since that position: it is asked as a client does that was away. */
  async missedSince(seq: Seq): Promise<ResumeAnswer> {
    return (await this.socket.ask(LIVE_EVENTS.resume, { topic: this.topic, seq })) as ResumeAnswer;
  }

  stopReading(): void {
    this.socket.stopReading();
  }

  readAgain(): void {
    this.socket.readAgain();
  }

  get isOpen(): boolean {
    return this.socket.isOpen;
  }

  get closed(): Promise<unknown> {
    return this.socket.closed;
  }

  end(): void {
    this.socket.end();
  }

  private read(packet: Buffer): void {
    const [event, message] = JSON.parse(packet.toString('utf8', 2)) as [string, Change];
    if (event === LIVE_EVENTS.change && message.topic === this.topic) this.chain.take(message);
  }
}
