import { decimal } from '../shared/money.js';
import { isoDate } from '../shared/time.js';
import { CARRIERS } from '../store/carriers.js';
import type { Happening, ScanWhat, Stage, StoreOrder } from '../store/model.js';

/** One CloudEvent of the generic feed. `receivedat` is written for history only. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
  readonly receivedat?: string;
}

/** Who speaks on the generic feed: the demo store's own marketplace back office. */
export const FEED_SOURCE = 'https://market.demo.test/orders';

const TYPES: Readonly<Record<Stage, string>> = {
  label_created: 'shipment.label_created', accepted: 'shipment.accepted', arrived: 'shipment.in_transit', departed: 'shipment.in_transit',
  out_for_delivery: 'shipment.out_for_delivery', delivery_attempted: 'shipment.delivery_attempted', ready_for_pickup: 'shipment.ready_for_pickup',
  delivered: 'shipment.delivered', delayed: 'shipment.delayed', exception: 'shipment.exception', returning: 'shipment.returning', returned: 'shipment.returned',
  lost: 'shipment.lost', cancelled: 'shipment.cancelled', unheard_of: 'shipment.in_transit',
};

const RAW: Partial<Readonly<Record<Stage, string>>> = { arrived: 'AR', departed: 'DP', accepted: 'PU', out_for_delivery: 'OD', delivered: 'DL', exception: 'EX', delivery_attempted: 'NH' };

/** Says a happening on the generic feed. The id names the happening, so that saying it again is a duplicate. */
export function toCloudEvent(order: StoreOrder, happening: Happening): CloudEvent {
  const { type, data, what } = say(order, happening);
  return {
    specversion: '1.0',
    id: `${order.key}/${what}@${Math.round(happening.at / 1000)}`,
    source: FEED_SOURCE,
    type,
    subject: order.id,
    time: new Date(Math.round(happening.at)).toISOString(),
    datacontenttype: 'application/json',
    data,
  };
}

interface Said {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly what: string;
}

function say(order: StoreOrder, happening: Happening): Said {
  switch (happening.kind) {
    case 'placed':
      return { type: 'order.placed', what: 'placed', data: placed(order) };
    case 'paid':
      return { type: 'payment.captured', what: 'paid', data: { amount: decimal(order.totalMinor), currency: order.currency } };
    case 'cancelled':
      return { type: 'order.cancelled', what: 'cancelled', data: { reason: happening.reason } };
    case 'refunded':
      return { type: 'payment.refunded', what: 'refunded', data: { amount: decimal(happening.amountMinor), currency: order.currency, reason: happening.reason } };
    case 'fulfilled': {
      const fulfilment = fulfilmentOf(order, happening.parcel);
      return { type: 'fulfillment.created', what: `fulfilled-${happening.parcel + 1}`, data: { fulfillmentId: fulfilment.id, location: fulfilment.location, lines: fulfilment.lineIds } };
    }
    case 'scan':
      return { type: TYPES[happening.stage], what: `${happening.stage}-${happening.parcel + 1}`, data: scanned(order, happening) };
    case 'estimate':
      return {
        type: 'shipment.estimate_changed', what: `estimate-${happening.parcel + 1}`,
        data: { shipmentId: fulfilmentOf(order, happening.parcel).shipmentId, estimatedAt: isoDate(happening.estimatedAt) },
      };
    case 'contact':
      return {
        type: 'contact.received', what: `contact-${happening.contact}`,
        data: {
          kind: happening.contact, text: happening.text, channel: happening.channel, sentiment: happening.sentiment,
          ticketId: `${order.orderNumber}${String(Math.round(happening.at / 1000) % 100_000).padStart(5, '0')}`,
        },
      };
    case 'status_checked':
      return { type: 'contact.status_checked', what: 'checked', data: { channel: happening.channel } };
  }
}

function placed(order: StoreOrder): Readonly<Record<string, unknown>> {
  const { customer } = order;
  return {
    name: order.name,
    customer: { id: customer.id, name: `${customer.firstName} ${customer.lastName}`, email: customer.email, phone: customer.phone, locale: customer.locale },
    currency: order.currency,
    total: decimal(order.totalMinor),
    promisedBy: order.promisedBy,
    timeZone: order.timeZone,
    lines: order.lines.map((line) => ({ id: line.id, sku: line.sku, title: line.title, quantity: line.quantity, price: decimal(line.unitMinor) })),
    ...(order.tags.length > 0 ? { tags: order.tags } : {}),
  };
}

function scanned(order: StoreOrder, scan: ScanWhat): Readonly<Record<string, unknown>> {
  const fulfilment = fulfilmentOf(order, scan.parcel);
  const carrier = CARRIERS[fulfilment.carrier];
  const rawStatus = RAW[scan.stage];
  return {
    shipmentId: fulfilment.shipmentId,
    fulfillmentId: fulfilment.id,
    carrier: carrier.shopName,
    service: fulfilment.service,
    trackingNumber: fulfilment.number,
    trackingUrl: carrier.trackingUrl(fulfilment.number),
    facility: scan.place,
    description: scan.message,
    ...(rawStatus ? { rawStatus } : {}),
    ...(scan.reason ? { reason: scan.reason } : {}),
    ...(scan.estimatedAt ? { estimatedAt: isoDate(scan.estimatedAt) } : {}),
  };
}

function fulfilmentOf(order: StoreOrder, parcel: number): StoreOrder['fulfilments'][number] {
  const fulfilment = order.fulfilments[parcel];
  if (!fulfilment) throw new Error(`order ${order.key} has no parcel ${parcel}`);
  return fulfilment;
}
