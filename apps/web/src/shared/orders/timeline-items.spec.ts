import { describe, expect, it } from '@jest/globals';
import { laneOf, timelineItems, unfold, type Entry } from './timeline-items';

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
  it('names a person once', () => {
    const [item] = timelineItems([entry({ kind: 'person', lane: 'order', actor: 'Ben Okafor', sourceLabel: 'Ben Okafor', detail: 'Called the depot' })], parcels);
    expect([item?.who, item?.detail]).toEqual(['Order · Ben Okafor', 'Called the depot']);
  });
  it('names the source beside its lane', () => {
    expect(timelineItems([entry({ sourceLabel: 'DHL' })], parcels)[0]?.who).toBe('Parcel 1 · DHL');
  });
});

describe('unfold', () => {
  const scan = (id: string, hour: string): Entry => entry({ id, at: `2026-11-18T${hour}:00:00Z` });
  const rows = [scan('now', '20'), { ...scan('fold', '10'), kind: 'folded', untilAt: '2026-11-18T18:00:00Z', folded: [scan('b', '18'), scan('a', '10')] }, scan('paid', '14'), scan('placed', '08')];
  it('leaves a closed fold as one row', () => {
    expect(unfold(rows, new Set()).map((row) => row.id)).toEqual(['now', 'fold', 'paid', 'placed']);
  });
  it('puts the rows of an open one among the others by time', () => {
    expect(unfold(rows, new Set(['fold'])).map((row) => row.id)).toEqual(['now', 'fold', 'b', 'paid', 'a', 'placed']);
  });
});
