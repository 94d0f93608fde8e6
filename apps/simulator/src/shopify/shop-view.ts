import type { Fulfilment, Happening, StoreOrder } from '../store/model.js';

/** A fulfilment as the shop sees it at some moment. */
export interface ShopFulfilment {
  readonly fulfilment: Fulfilment;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly shipmentStatus: string | null;
}

/** What Shopify shows of an order after some of its happenings. */
export interface ShopView {
  readonly order: StoreOrder;
  readonly updatedAt: number;
  readonly paidAt: number | undefined;
  readonly cancelledAt: number | undefined;
  readonly cancelReason: string | undefined;
  readonly financialStatus: string;
  readonly fulfillmentStatus: string | null;
  readonly fulfilments: readonly ShopFulfilment[];
  isFulfilled(lineId: string): boolean;
}

/** Shopify's words for a scan; it has none for a parcel on its way back or lost. */
export const SHIPMENT_STATUS: Readonly<Record<string, string>> = {
  label_created: 'label_purchased', accepted: 'carrier_picked_up', arrived: 'in_transit', departed: 'in_transit', out_for_delivery: 'out_for_delivery',
  delivery_attempted: 'attempted_delivery', ready_for_pickup: 'ready_for_pickup', delivered: 'delivered', delayed: 'delayed', exception: 'failure',
};

/** Folds what the shop has heard so far into its current view. */
export function shopView(order: StoreOrder, told: readonly Happening[]): ShopView {
  const fulfilments: ShopFulfilment[] = [];
  const refunded = told.reduce((sum, happening) => sum + (happening.kind === 'refunded' ? happening.amountMinor : 0), 0);
  let paidAt: number | undefined;
  let cancelled: Extract<Happening, { kind: 'cancelled' }> | undefined;
  let updatedAt = order.placedAt;
  for (const happening of told) {
    if (happening.kind === 'scan' && happening.toldByShop !== true) continue;
    updatedAt = Math.max(updatedAt, happening.at);
    if (happening.kind === 'paid') paidAt = happening.at;
    if (happening.kind === 'cancelled') cancelled = happening;
    if (happening.kind === 'fulfilled') {
      const fulfilment = order.fulfilments[happening.parcel];
      if (fulfilment) fulfilments.push({ fulfilment, createdAt: happening.at, updatedAt: happening.at, shipmentStatus: null });
    }
    if (happening.kind === 'scan') mark(order, fulfilments, happening);
  }
  const shippedLines = new Set(fulfilments.flatMap((entry) => entry.fulfilment.lineIds));
  const isAll = order.lines.every((line) => shippedLines.has(line.id));
  return {
    order, updatedAt, paidAt, cancelledAt: cancelled?.at, cancelReason: cancelled?.reason, fulfilments,
    financialStatus: paidAt === undefined ? 'pending' : refunded >= order.totalMinor ? 'refunded' : refunded > 0 ? 'partially_refunded' : 'paid',
    fulfillmentStatus: shippedLines.size === 0 ? null : isAll ? 'fulfilled' : 'partial',
    isFulfilled: (lineId) => shippedLines.has(lineId),
  };
}

function mark(order: StoreOrder, fulfilments: ShopFulfilment[], scan: Extract<Happening, { kind: 'scan' }>): void {
  const index = fulfilments.findIndex((entry) => entry.fulfilment.id === order.fulfilments[scan.parcel]?.id);
  const entry = fulfilments[index];
  if (entry) fulfilments[index] = { ...entry, updatedAt: scan.at, shipmentStatus: SHIPMENT_STATUS[scan.stage] ?? entry.shipmentStatus };
}
