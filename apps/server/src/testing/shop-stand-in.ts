import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Effect {
  readonly kind: 'refund' | 'order' | 'credit';
  readonly id: string;
  readonly key: string;
  readonly note: string;
  /** Minor units of a currency with cents; of refunds and credits. */
  readonly minor: number | null;
}

/** On which side of the effect the next act goes wrong. */
export type ShopTrouble = 'none' | 'down' | 'reply_lost' | 'refuses';

interface Body {
  readonly query: string;
  readonly variables: { readonly key?: string; readonly query?: string; readonly input?: { readonly note: string; readonly transactions?: readonly { readonly amount: string }[] }; readonly order?: { readonly sourceIdentifier: string; readonly note: string }; readonly code?: string; readonly creditInput?: { readonly creditAmount: { readonly amount: string }; readonly expiresAt: string }; readonly basicCodeDiscount?: { readonly code: string; readonly customerGets: { readonly value: { readonly discountAmount: { readonly amount: string } } } } };
}

/** As much of a shop's Admin API as remedies need, with a ledger of what really happened. */
export class ShopStandIn {
  readonly effects: Effect[] = [];
  trouble: ShopTrouble = 'none';
  /** Whether its customers have accounts: then a credit is store credit, else a discount code. */
  hasAccounts = true;
  /** Where its orders went, in its own fields; null: it does not know them. */
  shippingAddress: object | null = null;
  /** What it was asked to send, newest last. */
  readonly sent: object[] = [];
  /** The time that its books show. */
  now: () => number = Date.now;
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
        const amount = variables.input?.transactions?.[0]?.amount;
        const effect = this.once('refund', variables.key ?? randomUUID(), variables.input?.note ?? '', amount);
        return { refundCreate: { refund: { id: `gid://shopify/Refund/${effect.id}` }, userErrors: [] } };
      }
      case 'ReshipBasis':
        return { order: this.shippingAddress && { email: null, customer: null, shippingAddress: this.shippingAddress, lineItems: { nodes: [] } } };
      case 'ReshipStock':
        return { order: null };
      case 'Reship': { // as at Shopify, nothing here makes a repeat harmless
        this.sent.push(variables.order ?? {});
        const effect = this.once('order', variables.order?.sourceIdentifier ?? '', variables.order?.note ?? '');
        return { orderCreate: { order: { id: `gid://shopify/Order/${effect.id}`, name: `#${effect.id}` }, userErrors: [] } };
      }
      case 'CreditBasis': {
        const credits = this.effects.filter((e) => e.kind === 'credit' && e.key !== e.note);
        const nodes = credits.map(({ id, key, minor, note }) => ({ id: `gid://shopify/StoreCreditAccountCreditTransaction/${id}`, amount: { amount: ((minor ?? 0) / 100).toFixed(2), currencyCode: 'EUR' }, createdAt: note, expiresAt: key }));
        const customer = { id: 'gid://shopify/Customer/8', state: this.hasAccounts ? 'ENABLED' : 'DISABLED', storeCreditAccounts: { nodes: [{ transactions: { nodes } }] } };
        const made = this.effects.some((e) => e.kind === 'credit' && e.key === variables.code);
        return { shop: { currencyCode: 'EUR' }, codeDiscountNodeByCode: made ? { id: 'gid://shopify/DiscountCodeNode/1' } : null, order: { customer } };
      }
      case 'StoreCredit': { // as at Shopify, nothing here makes a repeat harmless
        if (this.trouble === 'refuses') return { storeCreditAccountCredit: { storeCreditAccountTransaction: null, userErrors: [{ field: null, message: 'Store credit is switched off' }] } };
        const effect = this.once('credit', variables.creditInput?.expiresAt ?? '', new Date(this.now()).toISOString(), variables.creditInput?.creditAmount.amount);
        return { storeCreditAccountCredit: { storeCreditAccountTransaction: { id: `gid://shopify/StoreCreditAccountCreditTransaction/${effect.id}` }, userErrors: [] } };
      }
      case 'DiscountCode': {
        if (this.trouble === 'refuses') return { discountCodeBasicCreate: { codeDiscountNode: null, userErrors: [{ field: null, message: 'Discounts are switched off' }] } };
        const { code, customerGets } = variables.basicCodeDiscount ?? { code: '', customerGets: undefined };
        if (this.effects.some((e) => e.key === code)) return { discountCodeBasicCreate: { codeDiscountNode: null, userErrors: [{ field: null, message: 'Code must be unique', code: 'TAKEN' }] } };
        this.once('credit', code, code, customerGets?.value.discountAmount.amount);
        return { discountCodeBasicCreate: { codeDiscountNode: { id: 'gid://shopify/DiscountCodeNode/1' }, userErrors: [] } };
      }
      default: {
        const wanted = /"(.*)"/.exec(variables.query ?? '')?.[1];
        return { orders: { nodes: this.effects.filter((e) => e.kind === 'order' && e.key === wanted).map(({ id }) => ({ id: `gid://shopify/Order/${id}`, name: `#${id}` })) } };
      }
    }
  }

  /** A refund with a key that was used does nothing more; an order has no such key. */
  private once(kind: Effect['kind'], key: string, note: string, amount?: string): Effect {
    const earlier = kind === 'refund' ? this.effects.find((e) => e.kind === kind && e.key === key) : undefined;
    if (earlier) return earlier;
    const effect = { kind, key, note, minor: amount === undefined ? null : Math.round(Number(amount) * 100), id: String(9000 + this.effects.length) };
    this.effects.push(effect);
    return effect;
  }
}
