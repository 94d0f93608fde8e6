import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OutsideKind, OutsideSystem } from '@orderwatch/db';

interface HandedOrder {
  readonly orderNumber: string;
  readonly orderKey: string;
  readonly orderStatus: string;
}

/** What the three are sent, as far as it is read here. */
interface Body extends Partial<HandedOrder> {
  readonly channel?: string;
  readonly body_text?: string;
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly ticket?: { readonly comment?: { readonly body: string; readonly public: boolean } };
}

/** On which side of the effect the next acts go wrong; look-ups fail when it is `down`. */
export type OutsideTrouble = 'none' | 'down' | 'reply_lost' | 'refuses';

/** As much of ShipStation, Gorgias and Zendesk as remedies need, with what really happened there. */
export class OutsideStandIn {
  readonly orders: HandedOrder[] = [];
  readonly notes: { readonly ticket: string; readonly text: string; readonly isPublic: boolean }[] = [];
  readonly tags: string[] = [];
  trouble: OutsideTrouble = 'none';
  /** Number of the order that the warehouse sent in the first place. */
  original: string | null = null;
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const isAct = request.method !== 'GET';
      if (this.trouble === 'down') return void response.writeHead(503).end();
      if (this.trouble === 'refuses' && isAct) return void response.writeHead(400).end('{}');
      const answer = this.answer(request, chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as Body) : {});
      if (this.trouble === 'reply_lost' && isAct) return void request.socket.destroy();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  system(kind: OutsideKind): OutsideSystem {
    return { name: kind, kind, serves: null, access: { baseUrl: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`, account: 'me@x.test', secret: 'hush' } };
  }

  private answer({ method = '', url = '' }: IncomingMessage, body: Body): object {
    const { pathname, searchParams } = new URL(url, 'http://stand-in');
    const ticket = /\/tickets\/([^/.]+)/.exec(pathname)?.[1] ?? searchParams.get('ticket_id') ?? '';
    const number = searchParams.get('orderNumber') ?? '';
    const written = this.notes.filter((note) => note.ticket === ticket);
    switch (`${method} ${pathname.replace(/\/tickets\/[^/.]+/, '/tickets/{id}')}`) {
      case 'GET /orders':
        return { orders: [...this.orders.filter((order) => order.orderNumber.startsWith(number)), ...(number === this.original ? [{ ...ORIGINAL, orderNumber: number }] : [])].map((order, n) => ({ orderId: n, ...order })) };
      case 'POST /orders/createorder':
        return this.handOver(body as HandedOrder);
      case 'GET /api/messages':
        return { data: written.map(({ text }) => ({ body_text: text })) };
      case 'POST /api/tickets/{id}/messages':
        this.notes.push({ ticket, text: body.body_text ?? '', isPublic: body.channel !== 'internal-note' });
        return { id: this.notes.length };
      case 'GET /api/tags':
        return { data: [] };
      case 'POST /api/tags':
        return { id: this.tags.push(body.name ?? ''), name: body.name };
      case 'GET /api/v2/tickets/{id}/comments.json':
        return { comments: written.map(({ text }) => ({ body: text })) };
      case 'PUT /api/v2/tickets/{id}.json': {
        const { body: text = '', public: isPublic = true } = body.ticket?.comment ?? {};
        this.notes.push({ ticket, text, isPublic });
        return { ticket: { id: 1 } };
      }
      case 'PUT /api/v2/tickets/{id}/tags.json':
        this.tags.push(...(body.tags ?? []));
        return { tags: this.tags };
      default:
        return {};
    }
  }

  /** A known key changes the order that is there. */
  private handOver(order: HandedOrder): object {
    if (!this.orders.some((known) => known.orderKey === order.orderKey)) this.orders.push(order);
    return { ...order, orderId: 1_000 + this.orders.length };
  }
}

/** What the warehouse sent in the first place. */
const ORIGINAL = {
  orderId: 1, orderKey: 'first', orderStatus: 'shipped', customerEmail: 'a@example.test',
  shipTo: { name: 'Ada Lane', street1: 'Road 1', city: 'Ghent', postalCode: '9000', country: 'BE' },
};
