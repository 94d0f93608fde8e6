import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Fact } from '@orderwatch/domain';
import type { ConnectorKind, Delivery, Mapped } from './connector.js';
import { splitEvents } from './events/split.js';
import { isDay, rfc3339Of } from './instant.js';
import { readJson } from './json.js';
import { CONNECTORS } from './registry.js';
import { factsOfType, type FactOf } from './testing/fact-of.js';

const NOW = Date.UTC(2026, 10, 20);
const deliver = (kind: ConnectorKind, body: string, topic?: string, headers: Record<string, string> = {}): Delivery => ({ connection: kind, topic, headers, body: Buffer.from(body) });
const map = (kind: ConnectorKind, body: unknown, topic?: string, headers?: Record<string, string>): Mapped => CONNECTORS[kind].map(deliver(kind, JSON.stringify(body), topic, headers));
function factsOf<T extends Fact['type']>(mapped: Mapped, type: T): FactOf<T>[] {
  if (mapped.outcome !== 'understood') throw new Error(JSON.stringify(mapped));
  return factsOfType(mapped.facts, type);
}

describe('secrets', () => {
  // Anybody can sign with the empty key, which is what an empty or undecodable secret would come to.
  it.each(['', 'whsec_', 'whsec_!!!', 'whsec_====', '   '])('a feed secret %j lets nobody in', (secret) => {
    const at = String(NOW / 1000);
    for (const key of ['', ' ', '!!!']) {
      const signature = `v1,${createHmac('sha256', key).update(`m.${at}.{}`).digest('base64')}`;
      const headers = { 'webhook-id': 'm', 'webhook-timestamp': at, 'webhook-signature': signature };
      expect(CONNECTORS.events.verify(deliver('events', '{}', undefined, headers), [secret], NOW).genuine).toBe(false);
    }
  });

  it('an empty secret lets nobody in at Shopify and EasyPost either', () => {
    const hmac = createHmac('sha256', '').update('{}');
    const digest = hmac.digest();
    expect(CONNECTORS.shopify.verify(deliver('shopify', '{}', undefined, { 'x-shopify-hmac-sha256': digest.toString('base64') }), [''], NOW).genuine).toBe(false);
    expect(CONNECTORS.easypost.verify(deliver('easypost', '{}', undefined, { 'x-hmac-signature': `hmac-sha256-hex=${digest.toString('hex')}` }), [''], NOW).genuine).toBe(false);
  });

  it('a feed secret without the prefix is taken as base64 or as plain text', () => {
    const at = String(NOW / 1000);
    for (const key of [Buffer.from('c2VjcmV0IHNlY3JldA', 'base64'), Buffer.from('c2VjcmV0IHNlY3JldA')]) {
      const headers = { 'webhook-id': 'm', 'webhook-timestamp': at, 'webhook-signature': `v1,AAAA v1,${createHmac('sha256', key).update(`m.${at}.{}`).digest('base64')}` };
      expect(CONNECTORS.events.verify(deliver('events', '{}', undefined, headers), ['c2VjcmV0IHNlY3JldA'], NOW).genuine).toBe(true);
    }
  });
});

describe('times', () => {
  it('reads RFC 3339 as the instant it names, cut to milliseconds', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1990-01-02'), max: new Date('2099-12-30'), noInvalidDate: true }), fc.integer({ min: -14 * 60, max: 14 * 60 }), fc.nat(999_999), (date, offset, beyond) => {
      const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
      const zone = `${offset < 0 ? '-' : '+'}${String(Math.trunc(Math.abs(offset) / 60)).padStart(2, '0')}:${String(Math.abs(offset) % 60).padStart(2, '0')}`;
      expect(rfc3339Of(`${local}${String(beyond).padStart(6, '0')}${zone}`)).toBe(date.getTime());
      expect(rfc3339Of(date.toISOString())).toBe(date.getTime());
    }));
  });

  it.each(['2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T10:00:00', '2026-01-01T10:00:00+0100', '2026-01-01', '1989-12-31T23:59:59Z', '2100-01-01T00:00:00Z', '',
    '2026-02-30T00:00:00.000Z', '2026-02-29T00:00:00.000Z', '2026-04-31T00:00:00.000Z', '2026-13-01T00:00:00.000Z', '2026-01-00T00:00:00.000Z', '2026-01-01T24:00:00.000Z', '2026-01-01T10:61:00.000Z', '1989-12-31T23:59:59.999Z', '2100-01-01T00:00:00.000Z'])('refuses %j', (text) => {
    expect(rfc3339Of(text)).toBeUndefined();
  });

  it('takes a leap second for the moment before the next second, and knows which days exist', () => {
    expect(rfc3339Of('2016-12-31T23:59:60Z')).toBe(Date.UTC(2017, 0) - 1);
    expect(['2026-02-28', '2028-02-29', '2026-02-29', '2026-04-31', '2026-1-1'].map(isDay)).toEqual([true, true, false, false, false]);
  });
});

describe('the generic feed', () => {
  const event = (type: string, data: unknown, more: object = {}): object => ({ specversion: '1.0', id: '1', source: 's', type, subject: 'A', time: '2026-11-04T10:00:00Z', data, ...more });

  it('ignores a broken receivedat live, and names it for imports', () => {
    const [broken] = splitEvents(Buffer.from(JSON.stringify(event('order.placed', {}, { receivedat: 'yesterday' }))));
    expect(broken).toMatchObject({ error: null, receivedAt: null, receivedAtError: expect.stringContaining('receivedat') });
    const [read] = splitEvents(Buffer.from(JSON.stringify(event('order.placed', {}, { receivedat: '2026-11-05T10:00:00Z' }))));
    expect(read).toMatchObject({ error: null, receivedAt: '2026-11-05T10:00:00Z', receivedAtError: null });
  });

  it('does not take a refund of an unnamed currency for a refund of everything', () => {
    expect(factsOf(map('events', event('payment.refunded', { amount: '5.00' })), 'payment.refund')[0]?.data.amount).toEqual({ minor: 500, currency: 'XXX' });
  });

  it('lets an edit take a promise back, and refuses a promise on a day that does not exist', () => {
    expect(factsOf(map('events', event('order.edited', { promisedBy: null })), 'order.edited')[0]?.data).toEqual({ promisedBy: null });
    expect(map('events', event('order.edited', { promisedBy: '2026-02-30' }))).toMatchObject({ outcome: 'dead', detail: expect.stringContaining('data.promisedBy') });
  });

  it('keeps two connections apart that use the same event ids', () => {
    const ids = ['events', 'events-eu'].map((connection) => {
      const mapped = CONNECTORS.events.map({ connection, topic: undefined, headers: {}, body: Buffer.from(JSON.stringify(event('order.placed', {}))) });
      return factsOf(mapped, 'order.placed')[0]?.id;
    });
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('tells what is wrong with a body without quoting it', () => {
    const result = readJson(Buffer.from('[{"email":"maria@example.test"}, maria]'));
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining('not JSON') });
    expect(JSON.stringify(result)).not.toContain('maria');
  });

  it('reads neither types nor data from the prototype', () => {
    for (const type of ['__proto__', 'constructor', 'toString']) expect(map('events', event(type, {}))).toMatchObject({ outcome: 'dead' });
    const body = JSON.stringify(event('order.placed', {})).replace('"data":{}', '"data":{"__proto__":{"name":"not said"}}');
    expect(factsOf(CONNECTORS.events.map(deliver('events', body)), 'order.placed')[0]?.data).toEqual({});
  });
});

describe('Shopify', () => {
  const order = { id: 1, name: '#1', created_at: '2026-11-01T00:00:00Z', updated_at: '2026-11-01T00:00:00Z', financial_status: 'paid', line_items: [] };
  const fulfilment = { id: 1, order_id: 2, status: 'success', created_at: '2026-11-01T00:00:00Z', updated_at: '2026-11-02T00:00:00Z', tracking_numbers: ['1Z1'], tracking_company: 'UPS', line_items: [] };

  it('gives facts of later payloads other ids where they say something else, so that none looks like a reused id', () => {
    const later = { ...fulfilment, updated_at: '2026-11-03T00:00:00Z' };
    const all = [fulfilment, later].flatMap((f) => ['success', 'cancelled'].map((status) => map('shopify', { ...f, status, shipment_status: 'in_transit' }, 'fulfillments/update')))
      .flatMap((mapped) => (mapped.outcome === 'understood' ? mapped.facts.map((f) => f.fact) : []));
    const byId = new Map<string, string>();
    for (const { id, ...said } of all) {
      expect(byId.get(id) ?? JSON.stringify(said)).toBe(JSON.stringify(said));
      byId.set(id, JSON.stringify(said));
    }
    expect(all.filter((f) => f.type === 'fulfilment.cancelled')).toHaveLength(2);
  });

  it('says of a nested fulfilment just what its own webhook says', () => {
    const own = map('shopify', fulfilment, 'fulfillments/create');
    const nested = map('shopify', { ...order, id: 2, fulfillments: [fulfilment] }, 'orders/updated');
    const ids = (mapped: Mapped) => (mapped.outcome === 'understood' ? mapped.facts.map((f) => f.fact.id) : []);
    expect(ids(nested)).toEqual(expect.arrayContaining(ids(own)));
  });

  it('counts a fulfilment whose request failed as one that somebody must look at, not as cancelled', () => {
    for (const status of ['error', 'failure', 'open', 'pending']) expect(factsOf(map('shopify', { ...fulfilment, status }, 'fulfillments/update'), 'fulfilment.cancelled')).toHaveLength(0);
  });

  it('reads a body by its own fields when the topic is missing, empty, unknown or another one', () => {
    for (const [topic, header] of [[undefined, undefined], [undefined, ''], ['', ''], ['bananas/peeled', ''], [undefined, 'app/uninstalled'], ['refunds/create', '']] as const) {
      expect(map('shopify', order, topic, header === undefined ? {} : { 'x-shopify-topic': header }).outcome).toBe('understood');
    }
  });

  it('does not read what only looks alike', () => {
    const scan = { id: 1, order_id: 2, fulfillment_id: 3, status: 'delivered', happened_at: '2026-11-01T00:00:00Z' };
    expect(map('shopify', scan, 'fulfillment_events/delete').outcome).toBe('not_used');
    expect(map('shopify', scan, 'fulfillment_events/create').outcome).toBe('understood');
  });

  it.each([null, [], 7, 'text', {}, { order: null }])('says of %j that it is no order', (body) => {
    expect(map('shopify', body, 'orders/create')).toMatchObject({ outcome: 'dead', cause: 'does_not_fit' });
  });
});

describe('EasyPost', () => {
  it('says a scan that two trackers of a number tell as one fact', () => {
    const tracker = { object: 'Tracker', tracking_code: '1Z1', carrier: 'UPS', status: 'in_transit', updated_at: '2026-11-04T06:00:00Z', tracking_details: [{ datetime: '2026-11-03T06:00:00Z', status: 'in_transit', message: 'Departed' }] };
    const [one, other] = ['https://track.example/a', 'https://track.example/b'].map((public_url) => factsOf(map('easypost', { ...tracker, public_url }), 'shipment.status'));
    expect(other).toEqual(one);
  });
});
