import { Random } from './random.js';

/** What a generator sends: the connection, the topic in the path, and the bytes. */
export interface Message {
  readonly connection: 'events' | 'shopify' | 'easypost';
  readonly topic?: string;
  readonly body: Buffer;
}

export interface CorpusOptions {
  /** `orders`: Shopify `orders/updated` of many orders. `movements`: scans of the stock's parcels, through the generic feed. */
  readonly kind: 'orders' | 'movements';
  readonly seed: string;
  /** How many orders the messages are about; for `movements`, those of the stock. */
  readonly orders: number;
  /** Size of a body. */
  readonly bytes: number;
  /** Claimed time of the first message, epoch ms; each is a millisecond later than the one before. */
  readonly from: number;
}

/** Ids of the stock: order n has the parcel n. The feed is their home. */
export const stockOrder = (n: number): string => `S-${n}`;
export const stockShipment = (n: number): string => `S-${n}-P1`;

const FACILITIES = ['Leipzig hub', 'Memphis TN', 'Louisville KY', 'Köln', 'Oakland CA', 'Newark NJ', 'Liège', 'East Midlands'];

/** The message of that number; the same numbers give the same bytes in every process. */
export function corpus(options: CorpusOptions): (n: number) => Message {
  return options.kind === 'orders' ? shopOrders(options) : movements(options);
}

/** Text that fills a body up to its size, with the entropy of a real payload (names, ids, links) rather than of spaces. */
function filler(seed: string, length: number): string {
  const random = new Random('filler', seed);
  const words: string[] = [];
  for (let size = 0; size < length + 40; size += (words.at(-1) ?? '').length + 1) words.push(random.chance(0.3) ? random.below(1e9).toString(36) : random.pick(FACILITIES).toLowerCase());
  return words.join(' ');
}

function padded(build: (pad: string) => string, fill: string, bytes: number): Buffer {
  const bare = Buffer.byteLength(build(''));
  let body = Buffer.from(build(fill.slice(0, Math.max(0, bytes - bare))));
  // Letters outside of ASCII make the text longer than its characters.
  if (body.length > bytes) body = Buffer.from(build(fill.replaceAll(/[^\x20-\x7e]/g, 'o').slice(0, Math.max(0, bytes - bare))));
  return body;
}

function movements({ seed, orders, bytes, from }: CorpusOptions): (n: number) => Message {
  const random = new Random('movements', seed);
  const offset = random.below(orders);
  const fill = filler(seed, bytes).replaceAll(/[^\x20-\x7e]/g, 'o');
  // A step that shares no factor with the number of orders visits all of them before the first again.
  const step = 7919;
  return (n) => {
    const order = (offset + n * step) % orders;
    const type = n % 16 === 0 ? 'shipment.exception' : 'shipment.in_transit';
    const build = (pad: string): string => JSON.stringify({
      specversion: '1.0', id: `${seed}-${n}`, source: 'rig', type, subject: stockOrder(order), time: new Date(from + n).toISOString(), datacontenttype: 'application/json',
      data: { shipmentId: stockShipment(order), carrier: 'UPS', trackingNumber: trackingOf(order), facility: FACILITIES[n % FACILITIES.length], rawStatus: type === 'shipment.exception' ? 'X' : 'I', description: 'Processed at facility', record: pad },
    });
    return { connection: 'events', body: padded(build, fill, bytes) };
  };
}

export const trackingOf = (order: number): string => `1Z999AA1${String(10_000_000_00 + order).padStart(10, '0')}`;

function shopOrders({ seed, orders, bytes, from }: CorpusOptions): (n: number) => Message {
  const fill = filler(seed, bytes).replaceAll(/[^\x20-\x7e]/g, 'o');
  const money = (minor: number): string => (minor / 100).toFixed(2);
  return (n) => {
    const order = n % orders;
    const id = 5_000_000_000_000 + order;
    const at = new Date(from + n).toISOString();
    const total = 1_000 + (order % 20_000);
    const build = (pad: string): string => JSON.stringify({
      id, name: `#${1000 + order}`, order_number: 1000 + order, created_at: new Date(from - 86_400_000).toISOString(), updated_at: at, processed_at: new Date(from - 86_400_000).toISOString(), currency: 'EUR',
      financial_status: 'paid', fulfillment_status: null, cancelled_at: null, closed_at: null, test: false, total_price: money(total), subtotal_price: money(total), email: `customer${order % 5000}@example.com`,
      customer: { id: 7_000_000_000_000 + (order % 5000), first_name: 'Ada', last_name: 'Example', email: `customer${order % 5000}@example.com` },
      line_items: [{ id: id * 10, sku: `SKU-${order % 900}`, title: 'A thing', quantity: 1 + (n % 3), price: money(total), fulfillable_quantity: 1, fulfillment_status: null }],
      shipping_address: { name: 'Ada Example', address1: 'Street 1', city: 'Leipzig', zip: '04109', country_code: 'DE' }, fulfillments: [], refunds: [], note: null, landing_site: pad, revision: `${seed}-${n}`,
    });
    return { connection: 'shopify', topic: 'orders/updated', body: padded(build, fill, bytes) };
  };
}
