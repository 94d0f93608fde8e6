import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** `up`: what the client sends. `down`: what the server answers. */
export type Direction = 'up' | 'down';
const BOTH: readonly Direction[] = ['up', 'down'];

/** A peer whose keepalives stay unanswered ends the link by itself; with the settings that the product asks of its database, after about that long. */
const KEEPALIVE_MS = 11_000;

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  /** Directions in which bytes vanish. An end of either side is then not told to the other. */
  readonly dead: Set<Direction>;
}

/**
 * A TCP link that can be slow, deaf or cut: between our server and its database, or between a source and our server. What it
 * does wrong, both sides see as a network would do it: a black hole acknowledges and swallows, without any FIN.
 */
export class Proxy {
  private readonly links = new Set<Link>();
  private readonly deadAtBirth = new Set<Direction>();
  private readonly latency: Record<Direction, number> = { up: 0, down: 0 };
  private isRefusing = false;

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {}

  /** Listens on a free port of 127.0.0.1 and hands on to the target port. */
  static async to(target: number): Promise<Proxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    const proxy = new Proxy(server, target);
    server.on('connection', (client) => proxy.join(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Open links. */
  get size(): number {
    return this.links.size;
  }

  /** Milliseconds every byte is late from now on. */
  delay(milliseconds: number, directions: readonly Direction[] = BOTH): void {
    for (const direction of directions) this.latency[direction] = milliseconds;
  }

  /** The links there are now die without a word. New ones work, unless told otherwise. */
  blackHole({ directions = BOTH, alsoNew = false }: { readonly directions?: readonly Direction[]; readonly alsoNew?: boolean } = {}): void {
    for (const link of this.links) this.kill(link, directions);
    if (alsoNew) for (const direction of directions) this.deadAtBirth.add(direction);
  }

  /** New links work again. Dead ones stay dead. */
  heal(): void {
    this.deadAtBirth.clear();
    this.isRefusing = false;
    this.delay(0);
  }

  /** Resets the links there are now. */
  reset(): void {
    for (const { client, server } of this.links) for (const socket of [client, server]) socket.resetAndDestroy();
  }

  /** New links are reset at once, until healed. */
  refuse(): void {
    this.isRefusing = true;
  }

  async close(): Promise<void> {
    for (const { client, server } of this.links) for (const socket of [client, server]) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    client.on('error', () => undefined);
    if (this.isRefusing) return void client.resetAndDestroy();
    const server = connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const link: Link = { client, server, dead: new Set() };
    this.links.add(link);
    this.kill(link, [...this.deadAtBirth]);
    this.carry(link, 'up', client, server);
    this.carry(link, 'down', server, client);
  }

  /** Our own sockets would answer the target's keepalives for ever: it must notice by itself, as it would on a network. The client is told nothing. */
  private kill(link: Link, directions: readonly Direction[]): void {
    if (directions.length === 0 || link.server.destroyed) return;
    for (const direction of directions) link.dead.add(direction);
    const notices = setTimeout(() => {
      for (const direction of BOTH) link.dead.add(direction);
      link.server.resetAndDestroy();
      if (link.client.readableEnded) link.client.destroy();
    }, KEEPALIVE_MS);
    notices.unref();
    link.server.once('close', () => clearTimeout(notices));
  }

  private carry(link: Link, direction: Direction, from: Socket, to: Socket): void {
    // In their order, each as late as it was told to be when it came.
    let last = Promise.resolve();
    const later = (work: () => void): void => {
      const ms = this.latency[direction];
      if (ms > 0) last = Promise.all([last, new Promise((resolve) => setTimeout(resolve, ms))]).then(() => undefined);
      last = last.then(() => (link.dead.has(direction) ? undefined : work()));
    };
    from.on('data', (chunk: Buffer) => {
      if (link.dead.has(direction)) return;
      later(() => {
        if (to.writable && !to.write(chunk)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      });
    });
    from.on('end', () => (to.destroyed ? from.destroy() : later(() => to.end())));
    from.on('error', () => later(() => void to.resetAndDestroy()));
    from.on('close', () => {
      if (link.client.destroyed && link.server.destroyed) this.links.delete(link);
      later(() => void to.destroySoon());
    });
  }
}
