import { DashboardSocket } from '@orderwatch/rig';

export interface CrowdOptions {
  readonly port: number;
  /** People who look; each has the same number of windows. */
  readonly cookies: readonly string[];
  readonly sockets: number;
  readonly topic: string;
}

/** What has arrived so far. */
export interface CrowdLook {
  /** Of those that read. */
  readonly deliveries: number;
  readonly open: number;
  /** The last message, as it came. */
  readonly last: string;
}

const AT_ONCE = 25;

/** Many dashboards in one room: they count what comes and do nothing else. */
export class Crowd {
  private deliveries = 0;
  private last: Buffer = Buffer.alloc(0);
  private waiting: { readonly deliveries: number; readonly resolve: () => void }[] = [];

  private constructor(private readonly sockets: readonly DashboardSocket[]) {
    for (const socket of sockets) socket.onChange = (packet) => this.count(packet);
  }

  static async open({ port, cookies, sockets, topic }: CrowdOptions): Promise<Crowd> {
    const open: DashboardSocket[] = [];
    const one = async (n: number): Promise<void> => {
      const socket = await DashboardSocket.open(port, cookies[n % cookies.length] ?? '');
      const { joined } = (await socket.ask('subscribe', { topics: [topic] })) as { joined: Record<string, unknown> };
      if (!(topic in joined)) throw new Error(`a dashboard could not join ${topic}`);
      open.push(socket);
    };
    for (let from = 0; from < sockets; from += AT_ONCE) await Promise.all(Array.from({ length: Math.min(AT_ONCE, sockets - from) }, (_, i) => one(from + i)));
    return new Crowd(open);
  }

  /** The first ones read nothing any more. */
  stopReading(sockets: number): void {
    for (const socket of this.sockets.slice(0, sockets)) socket.stopReading();
  }

  /** Resolves when so many messages have come in all. */
  reached(deliveries: number): Promise<void> | void {
    if (this.deliveries < deliveries) return new Promise((resolve) => void this.waiting.push({ deliveries, resolve }));
  }

  look(): CrowdLook {
    return { deliveries: this.deliveries, open: this.sockets.filter((socket) => socket.isOpen).length, last: this.last.toString() };
  }

  end(): void {
    for (const socket of this.sockets) socket.end();
  }

  private count(packet: Buffer): void {
    this.deliveries += 1;
    this.last = packet;
    const [first] = this.waiting;
    if (first && this.deliveries >= first.deliveries) {
      this.waiting = this.waiting.filter((waiting) => waiting.deliveries > this.deliveries || void waiting.resolve());
    }
  }
}
