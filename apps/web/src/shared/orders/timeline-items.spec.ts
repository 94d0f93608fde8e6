import { describe, expect, it } from '@jest/globals';
import { laneOf, timelineItems, type Entry } from './timeline-items';

const parcels = [
  { id: 'aaa', label: 'P1' },
  { id: 'bbb', label: 'P2' },
];
const entry = (more: Partial<Entry>): Entry => ({ id: '1', kind: 'event', at: '2026-11-18T14:05:00Z', lane: 'P1', title: 'Delivered', unmapped: false, future: false, ...more });

describe('laneOf', () => {
  it('knows a parcel by id, label or number', () => {
    expect([laneOf(parcels, 'bbb'), laneOf(parcels, 'P2'), laneOf(parcels, 'p1')]).toEqual(['P2', 'P2', 'P1']);
  });
  it('puts what names no lane with the order', () => {
    expect([laneOf(parcels, 'contact'), laneOf([], 'shipment'), laneOf(parcels, 'fulfillment')]).toEqual(['order', 'order', 'fulfilment']);
  });
});

describe('timelineItems', () => {
  it('says how late news came: in words from a quarter of an hour, as a mark from an hour', () => {
    const [little, some, much] = timelineItems([entry({ toldLateSeconds: 300 }), entry({ toldLateSeconds: 1200 }), entry({ toldLateSeconds: 3 * 3600 })], parcels);
    expect([little?.detail, little?.late]).toEqual([undefined, undefined]);
    expect([some?.detail, some?.late]).toEqual(['told us 20 min later', undefined]);
    expect([much?.detail, much?.late]).toEqual([undefined, 'arrived 3 h late']);
  });
  it('marks only the newest word of each parcel', () => {
    const items = timelineItems([entry({ id: 'a' }), entry({ id: 'b' }), entry({ id: 'c', lane: 'P2' }), entry({ id: 'd', lane: 'order' })], parcels);
    expect(items.map((item) => item.isNewest)).toEqual([true, false, true, false]);
  });
  it('names the source beside its lane', () => {
    expect(timelineItems([entry({ sourceLabel: 'DHL' })], parcels)[0]?.who).toBe('Parcel 1 · DHL');
  });
});
