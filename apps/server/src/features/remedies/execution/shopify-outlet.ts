import { orderIdOf, ShopifyClient, ShopifyCreditClient, type CallResult, type CreditRequest, type ShopifyAccess } from '@orderwatch/connectors';
import type { Money } from '@orderwatch/domain';
import { Transactions, type RemedyRecord } from '@orderwatch/db';
import { ADDRESS_LOST } from './delivering-outlet.js';
import { readState } from '../order-facts.js';
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
    if (kind === 'credit') {
      return amount ? new ShopifyCreditClient(shop.access).give(await this.creditOf(record, amount)) : { result: 'refused', why: 'The credit names no amount.' };
    }
    const sourceIdentifier = identifierOf(record);
    const found = await client.findBySourceIdentifier(sourceIdentifier);
    if (found.result !== 'done') return found;
    if (found.value !== null) return { result: 'done', value: found.value };
    const { delivery } = record;
    if (delivery?.isLost) return { result: 'refused', why: ADDRESS_LOST };
    const approved = delivery?.address ? { address: delivery.address, isShops: delivery.addressOf === 'shop' } : null;
    const state = await readState(this.transactions, record.orderId);
    const lines = record.lines.map((line) => ({ id: line.lineId, title: state?.lines.find((l) => l.id === line.lineId)?.title ?? `Line ${line.lineId}`, quantity: line.quantity }));
    return client.reship({ orderId: record.homeId, lines, currency: amount?.currency ?? state?.currency ?? 'EUR', sourceIdentifier, note, delivery: approved, service: delivery?.service ?? null });
  }

  async isConfirmed(record: RemedyRecord): Promise<boolean> {
    if (record.reference === null) return false;
    if (record.remedy.kind === 'refund') {
      const state = await readState(this.transactions, record.orderId);
      if (Object.keys(state?.refunds ?? {}).some((id) => id.endsWith(`/${record.reference}`))) return true;
    }
    const shop = await this.shopOf(record.home);
    if (!shop) return false;
    if (record.remedy.kind === 'refund') {
      const found = await new ShopifyClient(shop.access).findRefund(record.homeId, record.idempotencyKey);
      return found.result === 'done' && found.value === record.reference;
    }
    if (record.remedy.kind === 'credit') {
      const found = await new ShopifyCreditClient(shop.access).has({ orderId: record.homeId, key: record.idempotencyKey }, record.reference);
      return found.result === 'done' && found.value;
    }
    const made = await readState(this.transactions, orderIdOf(shop.connection, record.reference));
    if (made) return true;
    const found = await new ShopifyClient(shop.access).findBySourceIdentifier(identifierOf(record));
    return found.result === 'done' && found.value === record.reference;
  }

  /** Credits of other remedies are known by the ledger: one of the same amount is not taken for this one. */
  private async creditOf({ id, number, homeId, idempotencyKey: key, proposedAt: askedAt }: RemedyRecord, amount: Money): Promise<CreditRequest> {
    const others = await this.transactions.query<{ id: string }>(`select id from remedy_ledger where kind = 'credit' and at >= $1 and remedy_id <> $2::uuid`, [new Date(askedAt), id]);
    return { orderId: homeId, amount, title: `Goodwill credit AP-${number} (Orderwatch)`, key, askedAt, others: others.map((row) => row.id) };
  }
}

/** What a reship is found again by: made from the remedy, the same on every attempt. */
export function identifierOf(record: Pick<RemedyRecord, 'id'>): string {
  return `reship:${record.id}`;
}
