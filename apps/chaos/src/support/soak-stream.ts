import { setTimeout as wait } from 'node:timers/promises';
import { HttpSocket, signedRequest } from '@orderwatch/rig';

const BATCHES_PER_SECOND = 5;
/** Of so many events one begins or ends an order; the others are scans of those that are open. */
const TURN = 25;
/** Orders with an open case at any time: each lives for some forty seconds at fifty events a second. */
const OPEN = 80;

interface Event {
  readonly type: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * A day in a store that does not grow: cases open, say something else, and end, as many as before. Whatever grows in a window that
 * watches it, grows for ever.
 */
export class SoakStream {
  private readonly http: HttpSocket;
  private readonly open: string[] = [];
  private begun = 0;
  private sent = 0;
  private isOver = false;
  private running: Promise<void> | undefined;

  constructor(
    port: number,
    private readonly perSecond: number,
  ) {
    this.http = new HttpSocket(port);
  }

  get count(): number {
    return this.sent;
  }

  /** Opens the first cases, then goes on by itself. */
  async start(): Promise<void> {
    while (this.open.length < OPEN) await this.send(this.beginning());
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.running;
    this.http.close();
  }

  private async run(): Promise<void> {
    const started = performance.now();
    for (let batch = 1; !this.isOver; batch += 1) {
      const events: Event[] = [];
      while (events.length < this.perSecond / BATCHES_PER_SECOND) events.push(...this.next());
      await this.send(events);
      await wait(Math.max(0, started + (batch * 1000) / BATCHES_PER_SECOND - performance.now()));
    }
  }

  private next(): Event[] {
    const n = this.sent;
    if (n % TURN === 0) return [...this.ending(), ...this.beginning()];
    const order = this.open[n % this.open.length] ?? '';
    return [this.event(order, 'shipment.exception', { description: `Scan ${n}` })];
  }

  private beginning(): Event[] {
    this.begun += 1;
    const order = `soak-${this.begun}`;
    this.open.push(order);
    const placed = { name: `#S${this.begun}`, currency: 'EUR', total: '129.00', lines: [{ id: `${order}-l`, sku: 'LAMP-1', title: 'Desk lamp', quantity: 1, price: '129.00' }] };
    return [{ type: 'order.placed', subject: order, data: placed }, this.event(order, 'shipment.accepted', {}), this.event(order, 'shipment.lost', {})];
  }

  private ending(): Event[] {
    const order = this.open.shift();
    return order === undefined ? [] : [this.event(order, 'shipment.delivered', {})];
  }

  private event(order: string, type: string, more: Readonly<Record<string, unknown>>): Event {
    return { type, subject: order, data: { shipmentId: `${order}-s`, carrier: 'DHL', trackingNumber: `T${order}`, facility: 'Leipzig', ...more } };
  }

  private async send(events: readonly Event[]): Promise<void> {
    // One after the other, so that what an order says last is what was said last.
    const now = Date.now() - events.length;
    const told = events.map((event, i) => ({ specversion: '1.0', id: `soak-${this.sent + i}`, source: 'soak', datacontenttype: 'application/json', time: new Date(now + i).toISOString(), ...event }));
    this.sent += events.length;
    const { status } = await this.http.send(signedRequest({ connection: 'events', body: Buffer.from(JSON.stringify(told)) }, `soak-batch-${this.sent}`, Date.now()));
    if (status >= 300) throw new Error(`a batch was answered ${status}`);
  }
}
