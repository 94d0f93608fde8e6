import { once } from 'node:events';
import WebSocket from 'ws';

/** First bytes of engine.io 4 packets with socket.io 5 packets in them. */
const PING = 0x32;
const MESSAGE = 0x34;
const CONNECTED = 0x30;
const EVENT = 0x32;
const ACK = 0x33;
const REFUSED = 0x34;

/**
 * engine.io 4 and socket.io 5 spoken by hand over a bare WebSocket: it can stop reading, as a browser whose machine sleeps, and
 * does not come back by itself when it was cut.
 */
export class RawSocket {
  /** Every event, as it came: `42["change",{…}]`. */
  onEvent: (packet: Buffer) => void = () => undefined;
  private readonly acks = new Map<number, (answer: unknown) => void>();
  private asked = 0;
  private readonly connected = Promise.withResolvers<undefined>();
  /** Resolves when the connection has ended, as far as this side has noticed: one that does not read does not. */
  readonly closed: Promise<unknown>;

  private constructor(private readonly ws: WebSocket) {
    this.connected.promise.catch(() => undefined);
    ws.on('message', (packet: Buffer) => this.read(packet));
    ws.on('error', (error) => this.connected.reject(error));
    this.closed = new Promise((resolve) => ws.on('close', resolve));
    void this.closed.then(() => this.connected.reject(new Error('the server closed the socket')));
  }

  /** Resolves when the server has let it in. */
  static async open(port: number, cookie: string): Promise<RawSocket> {
    const ws = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, { headers: { cookie }, perMessageDeflate: false, skipUTF8Validation: true });
    const socket = new RawSocket(ws);
    await once(ws, 'open');
    ws.send('40');
    await socket.connected.promise;
    return socket;
  }

  /** Sends an event; resolves with its acknowledgement, rejects when the connection ends first. */
  async ask(event: string, message: unknown): Promise<unknown> {
    this.asked += 1;
    const id = this.asked;
    const answer = new Promise<unknown>((resolve) => this.acks.set(id, resolve));
    this.ws.send(`42${id}${JSON.stringify([event, message])}`);
    return Promise.race([answer, this.closed.then(() => Promise.reject(new Error(`the socket was closed before ${event} was answered`)))]);
  }

  /** From now on it reads nothing and says nothing. */
  stopReading(): void {
    this.ws.pause();
  }

  readAgain(): void {
    this.ws.resume();
  }

  get isOpen(): boolean {
    return this.ws.readyState === WebSocket.OPEN;
  }

  end(): void {
    this.ws.terminate();
  }

  private read(packet: Buffer): void {
    if (packet[0] === MESSAGE && packet[1] === EVENT) this.onEvent(packet);
    else if (packet[0] === PING) this.ws.send('3');
    else if (packet[0] === MESSAGE) this.control(packet);
  }

  private control(packet: Buffer): void {
    if (packet[1] === CONNECTED) this.connected.resolve(undefined);
    else if (packet[1] === REFUSED) this.connected.reject(new Error(`refused: ${packet.toString()}`));
    else if (packet[1] === ACK) {
      const [, id = '', answer = ''] = /^43(\d+)(.*)$/s.exec(packet.toString()) ?? [];
      this.acks.get(Number(id))?.((JSON.parse(answer) as unknown[])[0]);
      this.acks.delete(Number(id));
    }
  }
}
