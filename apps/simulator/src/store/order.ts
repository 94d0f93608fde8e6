import { longId, Random, stableHex } from '../shared/random.js';
import { DAY, isoDate } from '../shared/time.js';
import { CARRIERS } from './carriers.js';
import { CATALOGUE } from './catalogue.js';
import type { Fulfilment, Home, OrderLine, StoreOrder } from './model.js';
import { customerOf } from './people.js';

/** What decides an order; everything else about it is drawn from these. */
export interface OrderSeed {
  readonly seed: string;
  readonly key: string;
  readonly home: Home;
  readonly number: number;
  readonly placedAt: number;
  /** More parcels than one: forced (true), forbidden (false), or as chance has it. */
  readonly split?: boolean;
  /** Across a customs border, when a scenario needs one. */
  readonly customs?: boolean;
}

/** An order and whether its parcels cross a customs border. */
export interface DrawnOrder {
  readonly order: StoreOrder;
  readonly customs: boolean;
}

/** Draws an order with its customer, lines and (later) fulfilments. The same seed and key always give the same order. */
export function drawOrder(from: OrderSeed): DrawnOrder {
  const random = new Random(from.seed, 'order', from.key);
  let buyer = customerOf(from.seed, random, (...labels) => new Random(...labels));
  for (let tries = 0; from.customs === true && !buyer.country.customs && tries < 500; tries += 1) {
    buyer = customerOf(from.seed, random, (...labels) => new Random(...labels));
  }
  const { customer, country } = buyer;
  const lines = drawLines(from, random);
  const isSplit = from.split ?? (lines.length > 1 && random.chance(0.22));
  const shippingMinor = random.pick([0, 490, 690, 990]);
  const promiseDays = (country.customs ? 11 : 7) + (isSplit ? 2 : 0);
  const name = `#${from.number}`;
  const parcels = isSplit && lines.length > 1 ? [lines.slice(0, -1), lines.slice(-1)] : [lines];
  const carrier = CARRIERS[random.pick(country.carriers)];
  const fulfilments = parcels.map((carried, index): Fulfilment => ({
    id: from.home === 'shopify' ? longId(from.seed, 'fulfilment', from.key, String(index)) : `${name.slice(1)}-F${index + 1}`,
    name: `${name}.${index + 1}`,
    lineIds: carried.map((line) => line.id),
    location: country.code === 'US' || country.code === 'CA' ? 'Columbus DC' : 'Leipzig DC',
    shipmentId: `${name.slice(1)}-P${index + 1}`,
    trackerId: `trk_${stableHex(32, from.seed, 'tracker', from.key, String(index))}`,
    carrier: carrier.id,
    service: random.pick(carrier.services),
    number: carrier.number(random),
  }));
  const order: StoreOrder = {
    key: from.key,
    home: from.home,
    id: from.home === 'shopify' ? longId(from.seed, 'order', from.key) : from.key,
    name,
    orderNumber: from.number,
    placedAt: from.placedAt,
    currency: country.currency,
    customer,
    lines,
    shippingMinor,
    totalMinor: shippingMinor + lines.reduce((sum, line) => sum + line.unitMinor * line.quantity, 0),
    promisedBy: isoDate(from.placedAt + promiseDays * DAY),
    timeZone: country.timeZone,
    tags: random.chance(0.06) ? ['vip'] : random.chance(0.05) ? ['gift'] : [],
    fulfilments,
  };
  return { order, customs: country.customs };
}

function drawLines(from: OrderSeed, random: Random): OrderLine[] {
  const wanted = Math.max(from.split ? 2 : 1, random.weighted([{ n: 1, weight: 55 }, { n: 2, weight: 28 }, { n: 3, weight: 12 }, { n: 4, weight: 5 }]).n);
  const chosen = new Map<string, OrderLine>();
  while (chosen.size < wanted) {
    const product = random.weighted(CATALOGUE);
    if (chosen.has(product.sku)) continue;
    chosen.set(product.sku, {
      id: from.home === 'shopify' ? longId(from.seed, 'line', from.key, product.sku) : String(chosen.size + 1),
      sku: product.sku, title: product.title, quantity: random.chance(0.8) ? 1 : random.int(2, 4), unitMinor: product.unitMinor, grams: product.grams,
    });
  }
  return [...chosen.values()];
}
