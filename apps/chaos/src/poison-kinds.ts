import type { Message } from '@orderwatch/rig';

/** What a poison spoils: an event of the feed that a good event's order gets. */
export interface Victim {
  readonly n: number;
  readonly subject: string;
  /** Its time. */
  readonly time: string;
}

/** A delivery that is genuine and cannot be processed, whoever tries. */
export interface Poison {
  readonly id: string;
  readonly message: Message;
  /** An event that may also stand in a batch among good ones. */
  readonly mayShare: boolean;
}

export interface PoisonKind {
  readonly name: string;
  /** Cause that the dead letter must carry. */
  readonly cause: string;
  readonly mayShare?: boolean;
  make(victim: Victim): Message;
}

const feed = (body: string | Buffer): Message => ({ connection: 'events', body: Buffer.from(body) });
const shop = (topic: string, body: string | Buffer): Message => ({ connection: 'shopify', topic, body: Buffer.from(body) });
const carrier = (value: object): Message => ({ connection: 'easypost', body: Buffer.from(JSON.stringify(value)) });

/** Text of an event of which one thing is wrong; `wrong` is put in as it stands. */
const eventText = ({ n, subject, time }: Victim, type: string, data: string, more = ''): string =>
  `{"specversion":"1.0","id":"poison-${n}","source":"poison","type":"${type}","subject":${JSON.stringify(subject)},"time":"${time}"${more},"data":${data}}`;

/** Every way in which a delivery was seen, or can be thought, to be authentic and impossible. */
export const POISONS: readonly PoisonKind[] = [
  { name: 'a status nobody knows', cause: 'rejected', mayShare: true, make: (v) => feed(eventText(v, 'shipment.teleported', `{"shipmentId":"F-${v.n}"}`)) },
  { name: 'an object where a text belongs', cause: 'rejected', mayShare: true, make: (v) => feed(eventText(v, 'shipment.in_transit', '{"shipmentId":{"toString":"x"}}')) },
  { name: 'a negative quantity', cause: 'rejected', mayShare: true, make: (v) => feed(eventText(v, 'order.placed', '{"lines":[{"id":"1","sku":"A","quantity":-3}]}')) },
  { name: 'a number with 400,000 digits', cause: 'rejected', mayShare: true, make: (v) => feed(eventText(v, 'payment.captured', '{"amount":1e400000,"currency":"EUR"}')) },
  { name: 'U+0000 and half a letter', cause: 'rejected', mayShare: true, make: (v) => feed(eventText(v, 'shipment.\\u0000\\ud800', '{"shipmentId":"\\u0000\\udfff"}', ',"\\ud800":"\\u0000"')) },
  { name: 'a text of 3 MB', cause: 'rejected', make: (v) => feed(eventText(v, 'shipment.in_transit', `{"shipmentId":"F-${v.n}","description":"${'x'.repeat(3 << 20)}"}`)) },
  { name: '20,000 levels', cause: 'rejected', make: (v) => feed(eventText(v, 'shipment.in_transit', `{"shipmentId":"F-${v.n}","deep":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)) },
  { name: 'half an event', cause: 'rejected', make: (v) => feed(eventText(v, 'shipment.in_transit', `{"shipmentId":"F-${v.n}"}`).slice(0, -9)) },
  { name: 'a shop\'s order whose lines are a text', cause: 'does_not_fit', make: (v) => shop('orders/updated', JSON.stringify({ id: 900_000 + v.n, created_at: v.time, updated_at: v.time, financial_status: 'paid', line_items: 'none' })) },
  { name: 'a shop\'s order in bytes that are no text', cause: 'not_json', make: (v) => shop('orders/create', Buffer.concat([Buffer.from(`{"id":${900_000 + v.n},"name":"`), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from('"}')])) },
  { name: 'a tracker without a carrier', cause: 'no_carrier', make: (v) => carrier({ object: 'Event', description: 'tracker.updated', result: { object: 'Tracker', id: `trk_${v.n}`, tracking_code: `P${v.n}`, status: 'in_transit', updated_at: v.time, tracking_details: [] } }) },
  { name: 'a tracker with a number that is a list', cause: 'does_not_fit', make: (v) => carrier({ object: 'Tracker', id: `trk_${v.n}`, tracking_code: [[v.n]], carrier: 'UPS', __proto__: null, constructor: { prototype: { polluted: true } } }) },
];

/** Event `text` under an id that was used before, telling something else. */
export function reused(text: string): Message {
  const event = JSON.parse(text) as { data: object };
  return feed(JSON.stringify({ ...event, type: 'contact.received', data: { kind: 'complaint', text: 'not what was said before' } }));
}

/** The event with a mark that one build cannot store; to any other build it is an event like others. */
export function markedForStore(text: string, n: number): string {
  const event = JSON.parse(text) as { data: object };
  return JSON.stringify({ ...event, data: { ...event.data, description: `POISON-QUERY-${n}-` } });
}

/** News of the parcel that one build cannot read. */
export function markedForMap(n: number, parcel: { readonly carrier: string; readonly trackingNumber: string; readonly time: string }): Message {
  const datetime = `${parcel.time.slice(0, 10)}T04:05:06.616Z`;
  return carrier({
    object: 'Event', id: `evt_${n}`, description: 'tracker.updated', result: {
      object: 'Tracker', id: `trk_${n}`, tracking_code: parcel.trackingNumber, carrier: parcel.carrier, status: 'in_transit', updated_at: datetime,
      tracking_details: [{ message: `scan ${n}`, status: 'in_transit', status_detail: 'arrived_at_facility', datetime, tracking_location: { city: 'Memphis', state: 'TN' } }],
    },
  });
}
