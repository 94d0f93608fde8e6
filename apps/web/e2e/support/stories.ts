import type { FeedEvent } from './world';

let serial = 0;

export interface Story {
  readonly id: string;
  readonly name: string;
  readonly tracking: string;
}

/** An order nobody else speaks of. */
export const newStory = (): Story => {
  serial += 1;
  const id = `e2e-${process.pid}-${serial}`;
  return { id, name: `#E${process.pid % 1000}${String(serial).padStart(4, '0')}`, tracking: `EE${process.pid}${String(serial).padStart(6, '0')}` };
};

const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();

const parcel = (story: Story) => ({ shipmentId: `${story.id}-s1`, fulfillmentId: `${story.id}-f1`, carrier: 'DHL', trackingNumber: story.tracking });

/** Placed, paid, packed and scanned once: nothing is wrong with it. */
export const calm = (story: Story): FeedEvent[] => [
  {
    type: 'order.placed',
    subject: story.id,
    time: at(300),
    data: { name: story.name, currency: 'EUR', total: '129.00', promisedBy: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10), customer: { id: `c-${story.id}`, name: 'Erin Gallagher', email: `erin.${story.id}@example.test` }, lines: [{ id: `${story.id}-l1`, sku: 'LAMP-1', title: 'Desk lamp', quantity: 1, price: '129.00' }] },
  },
  { type: 'payment.captured', subject: story.id, time: at(299), data: { amount: '129.00', currency: 'EUR' } },
  { type: 'fulfillment.created', subject: story.id, time: at(200), data: { fulfillmentId: `${story.id}-f1`, lines: [`${story.id}-l1`] } },
  { type: 'shipment.accepted', subject: story.id, time: at(120), data: { ...parcel(story), facility: 'Leipzig' } },
];

/** The carrier says that it is lost. */
export const lost = (story: Story): FeedEvent => ({ type: 'shipment.lost', subject: story.id, time: at(1), data: parcel(story) });

/** The carrier has brought it back to the shop. */
export const returned = (story: Story): FeedEvent => ({ ...lost(story), type: 'shipment.returned' });

/** Nobody opened: less urgent than a loss. */
export const attempted = (story: Story): FeedEvent => ({ type: 'shipment.delivery_attempted', subject: story.id, time: at(1), data: parcel(story) });

/** A scan after all. */
export const delivered = (story: Story): FeedEvent => ({ type: 'shipment.delivered', subject: story.id, time: at(0), data: { ...parcel(story), facility: 'Dublin' } });
