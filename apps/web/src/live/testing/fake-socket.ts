import type { PresenceSaid, ResumeAnswer, Seq, SubscribeAnswer, Topic } from '@orderwatch/contract';
import type { LiveSocket, LiveSocketEvents } from '../socket';

/** A socket whose other end is the test. */
export class FakeSocket implements LiveSocket {
  readonly asked: string[] = [];
  positions: Record<string, Seq | null> = {};
  answers: Record<string, ResumeAnswer> = {};
  isDead = false;
  private isUp = false;

  constructor(readonly events: LiveSocketEvents) {}

  connect(): void {
    this.asked.push('connect');
  }

  reconnect(): void {
    this.asked.push('reconnect');
    this.drop();
  }

  close(): void {
    this.isUp = false;
  }

  isConnected(): boolean {
    return this.isUp;
  }

  /** The connection stands. */
  open(): void {
    this.isUp = true;
    this.events.onConnect();
  }

  drop(): void {
    this.isUp = false;
    this.events.onDisconnect();
  }

  subscribe(topics: readonly Topic[]): Promise<SubscribeAnswer> {
    this.asked.push(`subscribe ${topics.join()}`);
    if (this.isDead) return Promise.reject(new Error('no answer'));
    const joined = Object.fromEntries(topics.filter((topic) => topic in this.positions).map((topic) => [topic, this.positions[topic] ?? null]));
    return Promise.resolve({ joined, refused: topics.filter((topic) => !(topic in this.positions)) });
  }

  unsubscribe(topics: readonly Topic[]): void {
    this.asked.push(`unsubscribe ${topics.join()}`);
  }

  resume(topic: Topic, seq: Seq): Promise<ResumeAnswer> {
    this.asked.push(`resume ${topic} ${seq}`);
    return Promise.resolve(this.answers[topic] ?? { gap: true });
  }

  sayPresence({ orderId, state }: PresenceSaid): void {
    this.asked.push(`presence ${orderId} ${state}`);
  }

  ping(): Promise<unknown> {
    this.asked.push('ping');
    return this.isDead ? Promise.reject(new Error('no pong')) : Promise.resolve({});
  }
}
