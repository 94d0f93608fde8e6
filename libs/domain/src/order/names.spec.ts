import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../shared/canonical-json.js';
import { DAY } from '../shared/time.js';
import { builtInStatusMap } from '../status-map/built-in.js';
import type { Fact } from './facts.js';
import { foldOrder } from './fold.js';

const A = '00000000-0000-5000-8000-00000000000a';
const B = '00000000-0000-5000-8000-00000000000b';
const START = Date.UTC(2026, 0, 1);
const config = { statusMap: builtInStatusMap };

const link = (id: string, order: string, day: number): Fact =>
  ({ id, at: START + day * DAY, source: 'shopify', kind: 'shopify', type: 'handle.linked', data: { handle: 'ups:1Z', orderId: order } });
/** The feed's way: what names a shipment and the number links it to the order in whose history it stands. */
const label = (id: string, day: number): Fact =>
  ({ id, at: START + day * DAY, source: 'events', kind: 'events', type: 'shipment.status', data: { ref: { shipment: `events/${id}`, handle: 'ups:1Z' }, code: 'label_created' } });
const fulfilment = (id: string, day: number): Fact =>
  ({ id, at: START + day * DAY, source: 'shopify', kind: 'shopify', type: 'fulfilment.created', data: { fulfilmentId: `shopify/${id}`, parcels: [{ ref: { handle: 'ups:1Z' }, carrier: 'ups', number: '1Z' }] } });
const scan = (id: string, day: number, code: string): Fact =>
  ({ id, at: START + day * DAY, source: 'easypost', kind: 'easypost', type: 'shipment.status', data: { ref: { handle: 'ups:1Z' }, code } });
const parcelOf = (order: string, facts: Fact[]) => Object.values(foldOrder(order, facts, config).parcels)[0];

describe('readNames', () => {
  it('gives the news of a number used again to the order of that time', () => {
    const news = [scan('s1', 2, 'in_transit'), scan('s2', 4, 'delivered'), scan('s3', 98, 'in_transit')];
    const links = [link('la', A, 1), link('lb', B, 97)];
    expect(parcelOf(A, [fulfilment('fa', 1), ...links, ...news])?.status?.value).toBe('delivered');
    expect(parcelOf(B, [fulfilment('fb', 97), ...links, ...news])?.status?.value).toBe('in_transit');
  });

  it('starts a new use soon after a delivery too', () => {
    const news = [scan('s1', 2, 'in_transit'), scan('s2', 4, 'delivered'), scan('s3', 9.9, 'in_transit')];
    const links = [link('la', A, 1), link('lb', B, 10)];
    expect(parcelOf(A, [fulfilment('fa', 1), ...links, ...news])?.lastMovement?.factId).toBe('s2');
    expect(parcelOf(B, [fulfilment('fb', 10), ...links, ...news])?.lastMovement?.factId).toBe('s3');
  });

  it('lets one parcel carry two orders', () => {
    const all = [link('la', A, 1), link('lb', B, 1.5), scan('s1', 2, 'in_transit'), scan('s2', 4, 'delivered')];
    expect(parcelOf(A, [fulfilment('fa', 1), ...all])?.delivered?.factId).toBe('s2');
    expect(parcelOf(B, [fulfilment('fb', 1.5), ...all])?.delivered?.factId).toBe('s2');
  });

  it('links nothing that happened long before anybody used the number', () => {
    expect(parcelOf(A, [link('la', A, 200), fulfilment('fa', 200), scan('s1', 4, 'delivered')])?.status).toBeNull();
  });

  it('does the same for links that news imply', () => {
    const news = [scan('s0', -40, 'delivered'), scan('s1', 2, 'in_transit'), scan('s2', 4, 'delivered'), scan('s3', 98, 'in_transit')];
    expect(parcelOf(A, [label('fa', 1), link('lb', B, 97), ...news])?.delivered?.factId).toBe('s2');
    expect(parcelOf(B, [label('fb', 97), link('la', A, 1), ...news])?.lastMovement?.factId).toBe('s3');
    expect(parcelOf(A, [label('fa', 1), link('lb', B, 1.5), ...news.slice(0, 3)])?.delivered?.factId).toBe('s2');
    expect(parcelOf(B, [label('fb', 1.5), link('la', A, 1), ...news.slice(0, 3)])?.delivered?.factId).toBe('s2');
    expect(parcelOf(A, [label('fa', 1), ...news.slice(0, 1)])?.lastMovement).toBeNull();
  });

  it('does not depend on the order in which shipment, number and news become known', () => {
    const facts: Fact[] = [
      link('la', A, 1), link('lb', B, 1.5), fulfilment('fa', 1), scan('s1', 0.5, 'pre_transit'), scan('s2', 3, 'in_transit'),
      { id: 'x', at: START + 2 * DAY, source: 'shopify', kind: 'shopify', type: 'shipment.status', data: { ref: { shipment: 'shopify/fa' }, code: 'carrier_picked_up' } },
    ];
    const first = canonicalJson(foldOrder(A, facts, config));
    fc.assert(fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), (shuffled) => {
      expect(canonicalJson(foldOrder(A, shuffled, config))).toBe(first);
    }));
    expect(Object.keys(foldOrder(A, facts, config).parcels)).toHaveLength(1);
  });
});
