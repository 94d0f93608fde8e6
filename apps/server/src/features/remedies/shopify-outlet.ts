import { orderIdOf, ShopifyClient, type CallResult, type ShopifyAccess } from '@orderwatch/connectors';
import type { OrderState } from '@orderwatch/domain';
import { Transactions, type RemedyRecord } from '@orderwatch/db';
import type { RemedyOutlet } from './remedy-outlet.js';

/** The shop that carries out remedies of orders of that home. */
export interface ShopifyShop {
  readonly connection: string;
  readonly access: ShopifyAccess;
}

/** Finds the shop of a home connection; null when none is configured that could. */
export type ShopOfHome = (home: string) => Promise<ShopifyShop | null>;

/** Remedies through Shopify's Admin API. */
export class ShopifyOutlet implements RemedyOutlet {
  constructor(
    private readonly transactions: Transactions,
    private readonly shopOf: ShopOfHome,
  ) {}

  async execute(record: RemedyRecord): Promise<CallResult<string>> {
    const shop = await this.shopOf(record.home);
    if (!shop) return { result: 'refused', why: `No Shopify connection with a token carries out remedies for ${record.home}.` };
    const client = new ShopifyClient(shop.access);
    const { amount, kind } = record.remedy;
    const note = `${record.reason} (Orderwatch AP-${record.number})`;
    if (kind === 'refund') {
      return amount ? client.refund({ orderId: record.homeId, amount, note, key: record.idempotencyKey }) : { result: 'refused', why: 'The refund names no amount.' };
    }
    const sourceIdentifier = identifierOf(record);
    const found = await client.findBySourceIdentifier(sourceIdentifier);
    if (found.result !== 'done') return found;
    if (found.value !== null) return { result: 'done', value: found.value };
    const state = await this.stateOf(record.orderId);
    const lines = record.lines.map((line) => ({ id: line.lineId, title: state?.lines.find((l) => l.id === line.lineId)?.title ?? `Line ${line.lineId}`, quantity: line.quantity }));
    return client.reship({ orderId: record.homeId, lines, currency: amount?.currency ?? state?.currency ?? 'EUR', sourceIdentifier, note });
  }

  async isConfirmed(record: RemedyRecord): Promise<boolean> {
    if (record.reference === null) return false;
    if (record.remedy.kind === 'refund') {
      const state = await this.stateOf(record.orderId);
      if (Object.keys(state?.refunds ?? {}).some((id) => id.endsWith(`/${record.reference}`))) return true;
    }
    const shop = await this.shopOf(record.home);
    if (!shop) return false;
    if (record.remedy.kind === 'refund') {
      const found = await new ShopifyClient(shop.access).findRefund(record.homeId, record.idempotencyKey);
      return found.result === 'done' && found.value === record.reference;
    }
    const made = await this.stateOf(orderIdOf(shop.connection, record.reference));
    if (made) return true;
    const found = await new ShopifyClient(shop.access).findBySourceIdentifier(identifierOf(record));
    return found.result === 'done' && found.value === record.reference;
  }

  private async stateOf(orderId: string): Promise<OrderState | undefined> {
    const [row] = await this.transactions.query<{ state: string }>('select state from order_state where order_id = $1::uuid', [orderId]);
    return row && (JSON.parse(row.state) as OrderState);
  }
}

/** What a reship is found again by: made from the remedy, the same on every attempt. */
function identifierOf(record: RemedyRecord): string {
  return `reship:${record.id}`;
}
