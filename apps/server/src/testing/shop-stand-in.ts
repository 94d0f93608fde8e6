import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Effect {
  readonly kind: 'refund' | 'order';
  readonly id: string;
  readonly key: string;
  readonly note: string;
}

/** On which side of the effect the next act goes wrong. */
export type ShopTrouble = 'none' | 'down' | 'reply_lost' | 'refuses';

interface Body {
  readonly query: string;
  readonly variables: { readonly key?: string; readonly query?: string; readonly input?: { readonly note: string }; readonly order?: { readonly sourceIdentifier: string; readonly note: string } };
}

/** As much of a shop's Admin API as remedies need, with a ledger of what really happened. */
export class ShopStandIn {
  readonly effects: Effect[] = [];
  trouble: ShopTrouble = 'none';
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Body;
      if (this.trouble === 'down') return void response.writeHead(503).end();
      const data = this.answer(body);
      if (this.trouble === 'reply_lost' && body.query.startsWith('mutation')) return void request.socket.destroy();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
    });
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private answer({ query, variables }: Body): object {
    const operation = /(?:query|mutation) (\w+)/.exec(query)?.[1];
    switch (operation) {
      case 'RefundBasis':
        return { order: { transactions: [], refunds: this.effects.filter((e) => e.kind === 'refund').map(({ id, note }) => ({ id: `gid://shopify/Refund/${id}`, note })) } };
      case 'Refund': {
        if (this.trouble === 'refuses') return { refundCreate: { refund: null, userErrors: [{ field: null, message: 'Order cannot be refunded' }] } };
        const effect = this.once('refund', variables.key ?? randomUUID(), variables.input?.note ?? '', true);
        return { refundCreate: { refund: { id: `gid://shopify/Refund/${effect.id}` }, userErrors: [] } };
      }
      case 'ReshipBasis':
        return { order: null };
      case 'Reship': { // as at Shopify, nothing here makes a repeat harmless
        const effect = this.once('order', variables.order?.sourceIdentifier ?? '', variables.order?.note ?? '', false);
        return { orderCreate: { order: { id: `gid://shopify/Order/${effect.id}`, name: `#${effect.id}` }, userErrors: [] } };
      }
      default: {
        const wanted = /"(.*)"/.exec(variables.query ?? '')?.[1];
        return { orders: { nodes: this.effects.filter((e) => e.kind === 'order' && e.key === wanted).map(({ id }) => ({ id: `gid://shopify/Order/${id}`, name: `#${id}` })) } };
      }
    }
  }

  private once(kind: Effect['kind'], key: string, note: string, isIdempotent: boolean): Effect {
    const earlier = isIdempotent ? this.effects.find((e) => e.kind === kind && e.key === key) : undefined;
    if (earlier) return earlier;
    const effect = { kind, key, note, id: String(9000 + this.effects.length) };
    this.effects.push(effect);
    return effect;
  }
}
