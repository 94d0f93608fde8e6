import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';

export const SECRETS = { events: `whsec_${Buffer.from('feed secret for tests').toString('base64')}`, shopify: 'shopify secret', easypost: 'sécret' } as const;

/** A delivery as it arrived. */
export interface Arrival {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isGenuine: boolean;
}

/** Recomputes each vendor's signature from its documentation, independently of the code that signs. */
export function isGenuine(path: string, headers: Readonly<Record<string, string>>, body: string): boolean {
  if (path.startsWith('/webhooks/shopify/')) return headers['x-shopify-hmac-sha256'] === createHmac('sha256', SECRETS.shopify).update(Buffer.from(body)).digest('base64');
  if (path === '/webhooks/easypost') {
    return headers['x-hmac-signature'] === `hmac-sha256-hex=${createHmac('sha256', Buffer.from(SECRETS.easypost.normalize('NFKD'), 'utf8')).update(Buffer.from(body)).digest('hex')}`;
  }
  const key = Buffer.from(SECRETS.events.slice(6), 'base64');
  const text = `${headers['webhook-id'] ?? ''}.${headers['webhook-timestamp'] ?? ''}.${body}`;
  return path === '/webhooks/events' && headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
}

/** Stands where Orderwatch would: takes deliveries and answers as told. */
export class Listener {
  readonly arrivals: Arrival[] = [];
  /** Status of the answer to an arrival; may be changed while it runs. */
  answer: (arrival: Arrival) => number = () => 200;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const headers = request.headers as Record<string, string>;
        const arrival = { path: request.url ?? '', headers, body, isGenuine: isGenuine(request.url ?? '', headers, body) };
        this.arrivals.push(arrival);
        response.writeHead(this.answer(arrival));
        response.end();
      });
    });
  }

  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
