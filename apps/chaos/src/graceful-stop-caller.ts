import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What became of a request that was written on a connection that was open. */
export interface Told {
  readonly id: string;
  /** When its last byte was handed to the connection, ms of `performance.now()`. */
  readonly writtenAt: number;
  readonly answeredAt: number;
  /** 0: the connection ended, and nobody answered. */
  readonly status: number;
  readonly retryAfter: string | null;
  /** The answer says that no further request is taken on the connection. */
  readonly isLast: boolean;
}

interface Pending {
  readonly id: string;
  readonly writtenAt: number;
}

/** One keep-alive connection of a source. It never connects again: what happens to this one is what counts. */
export class Caller {
  readonly told: Told[] = [];
  private pending: Pending | undefined;
  private received = '';
  private answered: (() => void) | undefined;
  readonly closed: Promise<unknown>;
  /** Code of the error with which the connection ended, if any. */
  error: string | undefined;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => (this.error = error.code ?? error.message));
    // It may have been closed by whoever was to answer: then nobody does.
    this.closed = once(socket, 'close').then(() => this.settle(0, null, false));
    socket.on('end', () => socket.end());
  }

  static async open(port: number): Promise<Caller> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new Caller(socket);
  }

  /** Nothing is owed, and more may be asked. */
  get isFree(): boolean {
    return this.pending === undefined && this.socket.writable && !this.told.at(-1)?.isLast;
  }

  /** Resolves when it is answered, or never will be. */
  async send(id: string, request: Buffer): Promise<void> {
    this.begin(request);
    await this.finish(id, Buffer.alloc(0));
  }

  /** The first part of a request. */
  begin(part: Buffer): void {
    this.socket.write(part);
  }

  /** The rest of it; resolves when it is answered, or never will be. */
  async finish(id: string, part: Buffer): Promise<void> {
    const answered = new Promise<void>((resolve) => (this.answered = resolve));
    this.pending = { id, writtenAt: performance.now() };
    if (part.length > 0) this.socket.write(part);
    if (this.socket.destroyed) this.settle(0, null, false);
    await answered;
  }

  close(): void {
    this.socket.destroy();
  }

  private settle(status: number, retryAfter: string | null, isLast: boolean): void {
    const { pending } = this;
    this.pending = undefined;
    if (pending) this.told.push({ ...pending, answeredAt: performance.now(), status, retryAfter, isLast });
    this.answered?.();
  }

  private read(chunk: Buffer): void {
    this.received += chunk.toString('latin1');
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.received.slice(0, end).toLowerCase();
    const length = Number(/\r\ncontent-length: *(\d+)/.exec(head)?.[1] ?? 0);
    if (this.received.length < end + 4 + length) return;
    this.received = this.received.slice(end + 4 + length);
    this.settle(Number(head.slice(9, 12)), /\r\nretry-after: *(\d+)/.exec(head)?.[1] ?? null, /\r\nconnection: *close/.test(head));
  }
}
