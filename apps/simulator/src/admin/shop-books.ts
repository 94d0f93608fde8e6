import type { RefundRecord } from '../shopify/refund-payload.js';
import { decimal, minorUnits } from '../shared/money.js';
import type { Effect, Ledger } from './ledger.js';

export interface ShopLine {
  readonly id: string;
  readonly title: string;
  readonly sku: string | null;
  readonly quantity: number;
}

/** Where an order goes, in the Admin API's fields. */
export type ShopAddress = Readonly<Record<string, string | null | undefined>>;

/** An order as the stand-in's shop keeps it. */
export interface ShopOrder {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  updatedAt: number;
  readonly currency: string;
  readonly totalMinor: number;
  readonly email: string | null;
  readonly note: string | null;
  tags: string[];
  readonly sourceIdentifier: string | null;
  readonly sourceName: string | null;
  readonly lines: readonly ShopLine[];
  readonly shippingAddress: ShopAddress | null;
  readonly refunds: RefundRecord[];
}

export interface BooksSettings {
  readonly ledger: Ledger;
  /** What may be refunded at most on an order this shop has never heard of. */
  readonly unknownOrderMinor: number;
  readonly now: () => number;
}

/** Effects that change an order of the shop. */
const OF_ORDERS: ReadonlySet<Effect['kind']> = new Set(['refund', 'order', 'tags']);

/** The shop's orders and refunds, rebuilt from the ledger at the start. */
export class ShopBooks {
  private readonly orders = new Map<string, ShopOrder>();
  private readonly byKey = new Map<string, Effect>();
  private readonly settings: BooksSettings;

  constructor(settings: BooksSettings) {
    this.settings = settings;
    for (const effect of settings.ledger.all()) this.apply(effect);
  }

  /** How many orders were created through the API. */
  get created(): number {
    return this.settings.ledger.all().filter((effect) => effect.kind === 'order').length;
  }

  now(): number {
    return this.settings.now();
  }

  /** Makes an order known that the simulator's own store placed. */
  know(order: Pick<ShopOrder, 'id' | 'name' | 'currency' | 'totalMinor'> & Partial<ShopOrder>): ShopOrder {
    const known = this.orders.get(order.id);
    if (known) return known;
    const at = order.createdAt ?? this.now();
    const empty = { email: null, note: null, tags: [], sourceIdentifier: null, sourceName: null, lines: [], shippingAddress: null, refunds: [] };
    const made: ShopOrder = { createdAt: at, updatedAt: at, ...empty, ...order };
    this.orders.set(made.id, made);
    return made;
  }

  find(id: string): ShopOrder | undefined {
    return this.orders.get(id);
  }

  /** The order, or a shell for one this shop never heard of, so that tests may use any. */
  findOrShell(id: string, currency: string): ShopOrder {
    return this.orders.get(id) ?? this.know({ id, name: `#${id.slice(-6)}`, currency, totalMinor: this.settings.unknownOrderMinor });
  }

  all(): ShopOrder[] {
    return [...this.orders.values()];
  }

  /** What was done under an idempotency key. */
  underKey(key: string): Effect | undefined {
    return this.byKey.get(key);
  }

  /** What was given away of that kind, oldest first. */
  given(kind: 'store_credit' | 'discount_code'): Effect[] {
    return this.settings.ledger.all().filter((effect) => effect.kind === kind);
  }

  /** Writes an effect into the ledger first and into the books then. */
  record(effect: Effect): void {
    this.settings.ledger.append(effect);
    this.apply(effect);
  }

  refundOf(effectId: string): { readonly order: ShopOrder; readonly refund: RefundRecord } | undefined {
    for (const order of this.orders.values()) {
      const refund = order.refunds.find((entry) => entry.refundId === effectId);
      if (refund) return { order, refund };
    }
    return undefined;
  }

  private apply(effect: Effect): void {
    if (!OF_ORDERS.has(effect.kind)) return;
    if (effect.key !== null) this.byKey.set(effect.key, effect);
    const { detail } = effect;
    const at = Date.parse(effect.at);
    const currency = effect.currency ?? 'EUR';
    const order = this.know({
      ...(detail['order'] as Partial<ShopOrder> | undefined),
      id: effect.orderId,
      name: String(detail['name'] ?? `#${effect.orderId.slice(-6)}`),
      currency,
      totalMinor: Number(detail['totalMinor'] ?? this.settings.unknownOrderMinor),
    });
    order.updatedAt = at;
    if (effect.kind === 'tags') order.tags = [...new Set([...order.tags, ...(detail['tags'] as string[])])];
    if (effect.kind === 'refund') {
      order.refunds.push({
        refundId: effect.effectId, orderId: order.id, at, amountMinor: minorUnits(effect.amount ?? '0') ?? 0, currency,
        note: (detail['note'] as string | null) ?? undefined, lines: detail['lines'] as RefundRecord['lines'],
      });
    }
  }
}

/** What has been refunded on an order so far. */
export function refundedMinor(order: ShopOrder): number {
  return order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0);
}

/** An amount as the Admin API shows it in shop and presentment currency. */
export function moneyBagOf(minor: number, currency: string): { readonly shopMoney: object; readonly presentmentMoney: object } {
  const money = { amount: decimal(minor), currencyCode: currency };
  return { shopMoney: money, presentmentMoney: money };
}
