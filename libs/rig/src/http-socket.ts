import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/**
 * One keep-alive connection that sends one request at a time and reads no more of the answer than it must: a load generator
 * shares its two cores with what it measures, so it has to be cheap. It connects again when the other side hung up.
 */
export class HttpSocket {
  private socket: Socket | undefined;
  private waiting: Waiting | undefined;
  private received = '';

  constructor(private readonly port: number) {}

  /** Sends one request, whole. Rejects when the connection breaks before the answer is complete: then nobody knows. */
  send(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.waiting) throw new Error('one request at a time');
      this.waiting = { resolve, reject };
      this.opened().write(request);
    });
  }

  close(): void {
    this.socket?.destroy();
  }

  private opened(): Socket {
    if (this.socket && !this.socket.destroyed && this.socket.writable) return this.socket;
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    this.received = '';
    socket.on('data', (chunk: Buffer) => this.read(chunk, socket));
    const broke = (error?: Error): void => {
      if (this.socket !== socket) return;
      this.socket = undefined;
      this.settle((w) => w.reject(error ?? new Error('the connection was closed')));
    };
    socket.on('error', broke);
    socket.on('close', () => broke());
    this.socket = socket;
    return socket;
  }

  private settle(work: (waiting: Waiting) => void): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting) work(waiting);
  }

  private read(chunk: Buffer, socket: Socket): void {
    this.received += chunk.toString('latin1');
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.received.slice(0, end).toLowerCase();
    const length = Number(/\r\ncontent-length: *(\d+)/.exec(head)?.[1] ?? 0);
    if (this.received.length < end + 4 + length) return;
    this.received = this.received.slice(end + 4 + length);
    if (head.includes('\r\nconnection: close')) {
      this.socket = undefined;
      socket.destroy();
    }
    this.settle((w) => w.resolve({ status: Number(head.slice(9, 12)), retryAfter: /\r\nretry-after: *(\d+)/.exec(head)?.[1] ?? null }));
  }
}
