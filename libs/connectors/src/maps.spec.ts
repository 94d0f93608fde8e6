import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { linkFactOf, type AddressedFact, type Fact } from '@orderwatch/domain';
import type { ConnectorKind } from './connector.js';
import { splitEvents } from './events/split.js';
import { factId } from './ids.js';
import { CONNECTORS } from './registry.js';
import { factsOfType } from './testing/fact-of.js';

function read(kind: ConnectorKind, name: string, topic?: string, change: (text: string) => string = (t) => t): AddressedFact[] {
  const body = Buffer.from(change(readFileSync(join(import.meta.dirname, kind, 'fixtures', name), 'utf8')));
  const mapped = CONNECTORS[kind].map({ connection: kind, topic, headers: {}, body });
  if (mapped.outcome !== 'understood') throw new Error(JSON.stringify(mapped));
  return [...mapped.facts];
}
const ofType = factsOfType;

describe('Shopify', () => {
  it('keeps every digit of 64-bit ids, with and without the GraphQL id', () => {
    const facts = read('shopify', 'orders-create.json', 'orders/create');
    expect(facts[0]?.to).toEqual({ order: '5723018412098273541' });
    expect(ofType(facts, 'order.snapshot')[0]?.data.lines?.map((l) => l.id)).toEqual(['9007199254740993', '9007199254740995']);
  });

  it('reads money and payment from their text, and keeps personal data out of facts', () => {
    const facts = read('shopify', 'orders-create.json', 'orders/create');
    expect(ofType(facts, 'order.snapshot')[0]?.data.total).toEqual({ minor: 7480, currency: 'EUR' });
    expect(ofType(facts, 'payment.status')[0]?.data.code).toBe('paid');
    expect(JSON.stringify(facts)).not.toMatch(/mara|Lind/i);
  });

  it('dates what a snapshot says by the shop, and gives equal content an equal id', () => {
    const once = ofType(read('shopify', 'orders-create.json', 'orders/create'), 'order.snapshot')[0];
    const again = ofType(read('shopify', 'orders-create.json', 'orders/updated', (t) => JSON.stringify(JSON.parse(t.replaceAll(/:(\d{16,})/g, ':"$1"')), null, 1)), 'order.snapshot')[0];
    expect(once?.at).toBe(Date.parse('2026-11-02T08:14:05Z'));
    expect(again?.id).toBe(once?.id);
  });

  it('links a number only because the fulfilment names both sides', () => {
    const facts = read('shopify', 'fulfillments-create.json', 'fulfillments/create');
    expect(ofType(facts, 'handle.linked')[0]?.data.handle).toBe('ups:1Z999AA10123');
    const without = read('shopify', 'fulfillments-create.json', 'fulfillments/create', (t) => t.replace('"UPS"', '"Other"'));
    expect(ofType(without, 'handle.linked')).toHaveLength(0);
  });

  it('counts only what a refund really moved', () => {
    expect(ofType(read('shopify', 'refunds-create.json', 'refunds/create'), 'payment.refund')[0]?.data.amount).toEqual({ minor: 1240, currency: 'EUR' });
  });

  it('believes the body, not the unsigned topic', () => {
    const facts = read('shopify', 'refunds-create.json', 'orders/create');
    expect(facts.map((f) => f.fact.type)).toEqual(['payment.refund']);
    const wrong = CONNECTORS.shopify.map({ connection: 'shopify', topic: 'orders/create', headers: {}, body: Buffer.from('{"id":1}') });
    expect(wrong).toMatchObject({ outcome: 'dead', cause: 'does_not_fit' });
  });

  it('keeps topics it does not read as not used', () => {
    for (const topic of ['returns/request', 'bananas/peeled']) {
      expect(CONNECTORS.shopify.map({ connection: 'shopify', topic, headers: {}, body: Buffer.from('{"id":1}') })).toMatchObject({ outcome: 'not_used' });
    }
  });
});

describe('EasyPost', () => {
  it('says every entry of the history once, addressed to the number', () => {
    const facts = read('easypost', 'tracker-updated.json');
    expect(facts.every((f) => 'parcel' in f.to && f.to.parcel === 'ups:1Z999AA10123')).toBe(true);
    expect(ofType(facts, 'shipment.status').map((f) => f.data.code)).toEqual(['in_transit/received_at_origin_facility', 'in_transit/departed_facility']);
    expect(ofType(facts, 'shipment.estimate')).toHaveLength(1);
  });

  it('gives an entry the same id in every later payload', () => {
    const later = read('easypost', 'tracker-updated.json', undefined, (t) => t.replace('"updated_at":"2026-11-04T06:00:00Z"', '"updated_at":"2026-11-05T06:00:00Z"'));
    const ids = ofType(read('easypost', 'tracker-updated.json'), 'shipment.status').map((f) => f.id);
    expect(ofType(later, 'shipment.status').map((f) => f.id)).toEqual(ids);
  });
});

describe('the generic feed', () => {
  it('keeps the source\'s code on two levels and cuts times to milliseconds', () => {
    const [status] = ofType(read('events', 'shipment-exception.json'), 'shipment.status');
    expect(status?.data.code).toBe('exception/customs_hold');
    expect(status?.at).toBe(Date.parse('2026-11-04T10:00:00.123Z'));
    expect(status?.data.ref).toEqual({ shipment: 'events/S-1', handle: 'dhl:00340434' });
  });

  it('says a scan in one fact, which links its number under the id that the link had as a fact of its own', () => {
    const facts = read('events', 'shipment-exception.json');
    expect(facts.map(({ fact }) => fact.type)).toEqual(['shipment.status']);
    const fact = facts[0]?.fact as Fact;
    expect(linkFactOf(fact, 'order')).toEqual({ id: factId('link', fact.id, 'dhl:00340434'), at: fact.at, source: 'events', kind: 'events', type: 'handle.linked', data: { handle: 'dhl:00340434', orderId: 'order' } });
  });

  const event = (more: object = {}): object => ({ specversion: '1.0', id: '1', source: 's', type: 'order.placed', subject: 'A', time: '2026-11-04T10:00:00Z', data: {}, ...more });

  it('takes a batch apart: what is valid is valid, what is not says why', () => {
    const items = splitEvents(Buffer.from(JSON.stringify([event(), event({ time: 'yesterday' }), event({ type: 'order.teleported' }), 7, event({ data: { total: 'much' } })])));
    expect(items.map((i) => i.error === null)).toEqual([true, false, false, false, false]);
    expect(items[1]?.error).toContain('time');
    expect(items[2]?.error).toContain('type');
    expect(items[4]?.error).toContain('total');
  });

  it('recognises an event by id and source, and other content under the same id', () => {
    const [a] = splitEvents(Buffer.from(JSON.stringify(event())));
    const [b] = splitEvents(Buffer.from(JSON.stringify(event({ receivedat: '2026-11-05T10:00:00Z' }), null, 2)));
    const [c] = splitEvents(Buffer.from(JSON.stringify(event({ data: { name: 'x' } }))));
    expect(b?.deliveryKey).toBe(a?.deliveryKey);
    expect(b?.contentHash).toBe(a?.contentHash);
    expect(c?.deliveryKey).toBe(a?.deliveryKey);
    expect(c?.contentHash).not.toBe(a?.contentHash);
  });

  it('reads amounts from their text, as number or string', () => {
    const total = (text: string) => {
      const mapped = CONNECTORS.events.map({ connection: 'events', topic: undefined, headers: {}, body: Buffer.from(JSON.stringify(event({ data: { currency: 'EUR', total: 'T' } })).replace('"T"', text)) });
      return mapped.outcome === 'understood' ? (mapped.facts[0]?.fact.data as { total?: unknown }).total : mapped;
    };
    expect(total('129.90')).toEqual({ minor: 12990, currency: 'EUR' });
    expect(total('"0.285"')).toEqual({ minor: 29, currency: 'EUR' });
  });

  it('cleans what breaks stores: NUL and lone surrogates', () => {
    const mapped = CONNECTORS.events.map({ connection: 'events', topic: undefined, headers: {}, body: Buffer.from(JSON.stringify(event({ data: { name: 'N' } })).replace('"N"', '"a\\u0000b\\ud800"')) });
    expect(mapped.outcome === 'understood' && mapped.facts[0]?.fact.data).toEqual({ name: 'a\uFFFDb\uFFFD' });
  });
});
