import { describe, expect, it } from '@jest/globals';
import { demoHistory } from './demo-history.js';

const from = Date.parse('2026-10-23T09:00:00Z');
const to = Date.parse('2026-11-20T09:00:00Z');
const history = demoHistory({ seed: 'spec', from, to });

const SHIPMENT = 'label_created|accepted|in_transit|out_for_delivery|delivery_attempted|ready_for_pickup|delivered|delayed|exception|returning|returned|lost|estimate_changed';
const TYPES = new RegExp(String.raw`^(order\.(placed|cancelled)|payment\.(captured|refunded)|fulfillment\.created|shipment\.(${SHIPMENT})|contact\.(received|status_checked))$`);

describe('demo history', () => {
  it('is the same for the same seed and another for another', () => {
    expect(demoHistory({ seed: 'spec', from, to })).toEqual(history);
    expect(demoHistory({ seed: 'other', from, to })).not.toEqual(history);
  });

  it('grows at its end only: a longer window begins with what a shorter one tells', () => {
    const earlier = demoHistory({ seed: 'spec', from, to: to - 86_400_000 });
    expect(history.slice(0, earlier.length)).toEqual(earlier);
  });

  it('holds a few weeks of a living store', () => {
    const orders = new Set(history.map((event) => event.subject));
    expect(orders.size).toBeGreaterThan(900);
    expect(orders.size).toBeLessThan(1500);
    const delivered = new Set(history.filter((event) => event.type === 'shipment.delivered').map((event) => event.subject));
    expect(delivered.size / orders.size).toBeGreaterThan(0.75);
  });

  it('names every event once', () => {
    expect(new Set(history.map((event) => event.id)).size).toBe(history.length);
  });

  it('is told in the order in which it was heard, and nothing is heard before it happened', () => {
    let last = '';
    for (const event of history) {
      const heardAt = event.receivedat ?? '';
      expect(heardAt >= last).toBe(true);
      expect(event.time <= heardAt).toBe(true);
      expect(Date.parse(heardAt)).toBeLessThan(to + 1);
      last = heardAt;
    }
  });

  it('announces every order before anything else happens to it', () => {
    const placed = new Map(history.filter((event) => event.type === 'order.placed').map((event) => [event.subject, event.time]));
    for (const event of history) expect(event.time >= (placed.get(event.subject) ?? '~')).toBe(true);
  });

  it('speaks the generic feed: known types, required fields, amounts as text that survives', () => {
    for (const event of history) {
      const { type, data } = event;
      expect(type).toMatch(TYPES);
      if (type.startsWith('shipment.')) expect(typeof data['shipmentId']).toBe('string');
      if (type === 'fulfillment.created') expect(typeof data['fulfillmentId']).toBe('string');
      if (type === 'contact.received') expect(['where_is_it', 'not_received', 'missing_item']).toContain(data['kind']);
      if (type === 'shipment.estimate_changed') expect(data['estimatedAt']).toMatch(/^\d{4}-\d\d-\d\d$/);
      if ('amount' in data) expect(data['amount']).toMatch(/^\d+\.\d\d$/);
      if (type === 'order.placed') expect(data['promisedBy']).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
});
