import { once } from 'node:events';
import WebSocket from 'ws';

/** First bytes of engine.io 4 packets with socket.io 5 packets in them. */
const PING = 0x32;
const MESSAGE = 0x34;
const CONNECTED = 0x30;
const EVENT = 0x32;
const ACK = 0x33;
const REFUSED = 0x34;
/** `42["change",…]`: the letter after the quote. */
const OF_CHANGE = 0x63;

/**
 * A dashboard as the server sees it: engine.io 4 and socket.io 5 spoken by hand over a bare WebSocket. It shares its cores with
 * the server it measures, so it looks at no more bytes than it must.
 */
export class DashboardSocket {
  /** Every `change`, as it came: `42["change",{…}]`. */
  onChange: (packet: Buffer) => void = () => undefined;
  private readonly acks = new Map<number, (answer: unknown) => void>();
  private asked = 0;
  private readonly connected = Promise.withResolvers<undefined>();

  private constructor(private readonly ws: WebSocket) {
    this.connected.promise.catch(() => undefined);
    ws.on('message', (packet: Buffer) => this.read(packet));
    ws.on('error', (error) => this.connected.reject(error));
    ws.on('close', () => this.connected.reject(new Error('the server closed the socket')));
  }

  static async open(port: number, cookie: string): Promise<DashboardSocket> {
    const ws = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, { headers: { cookie }, perMessageDeflate: false, skipUTF8Validation: true });
    const socket = new DashboardSocket(ws);
    await once(ws, 'open');
    ws.send('40');
    await socket.connected.promise;
    return socket;
  }

  /** Sends an event and waits for its acknowledgement. */
  ask(event: string, message: unknown): Promise<unknown> {
    return new Promise((resolve) => {
      this.asked += 1;
      this.acks.set(this.asked, resolve);
      this.ws.send(`42${this.asked}${JSON.stringify([event, message])}`);
    });
  }

  /** From now on it reads nothing, and says nothing. */
  stopReading(): void {
    this.ws.pause();
  }

  get isOpen(): boolean {
    return this.ws.readyState === WebSocket.OPEN;
  }

  end(): void {
    this.ws.terminate();
  }

  private read(packet: Buffer): void {
    if (packet[0] === MESSAGE && packet[1] === EVENT) {
      if (packet[4] === OF_CHANGE) this.onChange(packet);
    } else if (packet[0] === PING) this.ws.send('3');
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
