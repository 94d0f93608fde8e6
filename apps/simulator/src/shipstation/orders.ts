import type { Ledger } from '../admin/ledger.js';
import type { Outside, OutsideAnswer, OutsideRequest } from '../admin/outside.js';
import { longId } from '../shared/random.js';

/** An order as ShipStation's V1 API shows it, as far as we read it. */
export interface ShipStationOrder {
  readonly orderId: number;
  readonly orderNumber: string;
  readonly orderKey: string;
  readonly orderStatus: string;
  readonly items: readonly { readonly lineItemKey?: string; readonly sku?: string; readonly name: string; readonly quantity: number }[];
}

export interface ShipStationSettings {
  readonly ledger: Ledger;
  readonly now: () => number;
  /** A new order was handed to the warehouse. */
  readonly onOrder: (order: ShipStationOrder) => void;
}

const REQUIRED = ['orderNumber', 'orderDate', 'orderStatus', 'billTo', 'shipTo'];

/** The stand-in for ShipStation's orders. An order with a known key is changed, not made again; the ledger keeps what was made. */
export class ShipStationOrders implements Outside {
  readonly prefix = '/shipstation';
  private readonly orders = new Map<string, ShipStationOrder>();

  constructor(private readonly settings: ShipStationSettings) {
    for (const effect of settings.ledger.all()) {
      if (effect.kind === 'shipstation_order' && effect.key !== null) this.orders.set(effect.key, effect.detail['order'] as ShipStationOrder);
    }
  }

  answer({ method, path, query, body }: OutsideRequest): OutsideAnswer | undefined {
    if (method === 'GET' && path === '/orders') return this.list(query.get('orderNumber') ?? '');
    return method === 'POST' && path === '/orders/createorder' ? this.create(body) : undefined;
  }

  /** ShipStation finds every number that begins so. */
  private list(orderNumber: string): OutsideAnswer {
    const orders = [...this.orders.values()].filter((order) => order.orderNumber.startsWith(orderNumber));
    return { status: 200, body: { orders, total: orders.length, page: 1, pages: orders.length > 0 ? 1 : 0 } };
  }

  private create(body: Readonly<Record<string, unknown>>): OutsideAnswer {
    const missing = REQUIRED.filter((name) => !body[name]);
    if (missing.length > 0) return { status: 400, body: { Message: 'The request is invalid.', ModelState: Object.fromEntries(missing.map((name) => [`apiOrder.${name}`, [`The ${name} field is required.`]])) } };
    const { ledger, now, onOrder } = this.settings;
    const orderKey = typeof body['orderKey'] === 'string' ? body['orderKey'] : longId('order key', String(this.orders.size), String(now()));
    const known = this.orders.get(orderKey);
    const order = { items: [], ...body, orderKey, orderId: known?.orderId ?? 1_000_000 + this.orders.size } as unknown as ShipStationOrder;
    if (known && known.orderStatus === 'shipped') return { status: 400, body: { Message: 'Shipped orders cannot be changed.' } };
    this.orders.set(orderKey, order);
    if (!known) {
      ledger.append({
        at: new Date(now()).toISOString(), kind: 'shipstation_order', key: orderKey, sourceIdentifier: null, orderId: order.orderNumber, amount: null, currency: null, effectId: String(order.orderId), fingerprint: null, detail: { order },
      });
      onOrder(order);
    }
    return { status: 200, body: order };
  }
}
