import type { Telling } from '@orderwatch/rig';

const HOUR = 3_600_000;
/** `no_movement` opens when the last movement is longer ago than this. */
const SILENCE = 48 * HOUR;

/** Orders whose rules stand close to their threshold, counted back from `now` (true time, epoch ms). */
export interface Close {
  /** Silent for longer than the limit already. */
  readonly over: readonly string[];
  /** Silent for the limit in a moment: subject → instant from which on it is. */
  readonly soon: ReadonlyMap<string, number>;
  /** An hour is missing. */
  readonly not: readonly string[];
  readonly texts: readonly string[];
  /** Events of one order; they stand together. */
  readonly textsEach: number;
}

export const SOON_MS = 15_000;

export function closeOrders(now: number, prefix: string): Close {
  const texts: string[] = [];
  const tell = (subject: string, movedAt: number): string => {
    let n = 0;
    const say = (type: string, at: number, data: object): void => {
      texts.push(JSON.stringify({ specversion: '1.0', id: `${subject}/${n}`, source: 'clock', type, subject, time: new Date(at).toISOString(), data }));
      n += 1;
    };
    say('order.placed', now - 80 * HOUR, { name: `#${subject}`, currency: 'EUR', total: '200.00', promisedBy: new Date(now + 240 * HOUR).toISOString() });
    say('payment.captured', now - 79 * HOUR, { amount: '200.00', currency: 'EUR' });
    say('fulfillment.created', now - 78 * HOUR, { fulfillmentId: `${subject}-F` });
    say('shipment.accepted', now - 77 * HOUR, { shipmentId: `${subject}-P`, fulfillmentId: `${subject}-F`, carrier: 'UPS', trackingNumber: `1Z${subject}` });
    say('shipment.in_transit', movedAt, { shipmentId: `${subject}-P`, carrier: 'UPS', trackingNumber: `1Z${subject}`, facility: 'Köln' });
    return subject;
  };
  const over = [0, 1, 2, 3, 4].map((i) => tell(`${prefix}-over-${i}`, now - SILENCE - (i + 1) * HOUR));
  const soon = new Map([0, 1, 2].map((i) => {
    const movedAt = now - SILENCE + SOON_MS + i * 700;
    return [tell(`${prefix}-soon-${i}`, movedAt), movedAt + SILENCE + 1];
  }));
  const not = [0, 1, 2].map((i) => tell(`${prefix}-not-${i}`, now - SILENCE + (i + 1) * HOUR));
  return { over, soon, not, texts, textsEach: 5 };
}

/** A scan that comes from a carrier whose webhooks carry no timestamp. */
export const trackerTelling = (n: string, at: number): Telling => ({
  id: n, events: 1,
  message: { connection: 'easypost', body: Buffer.from(JSON.stringify({ object: 'Tracker', id: n, tracking_code: `TRK${n}`, carrier: 'UPS', status: 'in_transit', updated_at: new Date(at).toISOString(), tracking_details: [] })) },
});
