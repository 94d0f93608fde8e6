import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Fact } from '../order/facts.js';
import { foldOrder } from '../order/fold.js';
import { builtInStatusMap } from '../status-map/built-in.js';
import { DRAWN_ORDER, drawHistory } from '../testing/histories.js';
import { conditionsFor, SNOOZE_CONDITIONS, startOfSnooze, timeIsUp, type OrderLook, type SnoozeCondition } from './snooze.js';
import { newsSince } from './waking.js';

const T = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const base = { source: 'events', kind: 'events' } as const;
const look = (facts: readonly Fact[], value: number | null = null): OrderLook => ({ state: foldOrder(DRAWN_ORDER, facts, { statusMap: builtInStatusMap }), value, currency: value === null ? null : 'EUR' });
const scan = (id: string, hours: number, more: object = {}): Fact => ({ ...base, id, at: T + hours * HOUR, type: 'shipment.status', data: { ref: { shipment: 'events/S' }, code: 'in_transit', carrier: 'ups', facility: 'Köln', ...more } });
const wrote = (id: string, hours: number): Fact => ({ ...base, id, at: T + hours * HOUR, type: 'contact.received', data: { kind: 'where_is_it' } });
const looked: Fact = { ...base, id: 'looked', at: T + 9 * HOUR, type: 'contact.status_checked', data: { kind: 'status_checked' } };
const released = (id: string, name: string): Fact => ({ ...base, id, at: T, type: 'fulfilment.created', data: { fulfilmentId: name, location: 'Werk 2' } });
const refund = (id: string, refundId: string): Fact => ({ ...base, id, at: T, type: 'payment.refund', data: { code: 'refunded', refundId, amount: { minor: 1250, currency: 'EUR' } } });
const news = (condition: SnoozeCondition | null, before: readonly Fact[], after: readonly Fact[], isHeld = false): string[] =>
  newsSince({ condition, from: startOfSnooze(condition, look(before)) }, look([...before, ...after]), isHeld);

describe('what wakes a snoozed case', () => {
  const before = [scan('a', 1), wrote('c', 1), released('f', 'events/F1'), refund('r', 'R1')];

  it('is the next scan, told with its place only when the scan named another one', () => {
    expect(news('carrier_scan', before, [scan('b', 3, { facility: 'Leipzig' })])).toEqual(['UPS scanned it in Leipzig']);
    expect(news('carrier_scan', before, [scan('b', 3, { facility: undefined })])).toEqual(['UPS scanned it']);
    expect(news('carrier_scan', before, [scan('b', 3, { code: 'delivered' })])).toEqual(['UPS delivered it']);
  });

  it('is a scan that came late but happened after the last one known, and one of the same minute; not an older one', () => {
    expect(news('carrier_scan', before, [scan('z', 1)])).toHaveLength(1);
    expect(news('carrier_scan', before, [scan('b', 0.5)])).toEqual([]);
  });

  it('is a scan of a second parcel, and no label, estimate or smaller name of the first', () => {
    expect(news('carrier_scan', before, [scan('b', 0.5, { ref: { shipment: 'events/T' } })])).toHaveLength(1);
    expect(news('carrier_scan', before, [scan('b', 3, { code: 'label_created', ref: { shipment: 'events/S', handle: 'dhl:7' } })])).toEqual([]);
  });

  it('is no scan that is the last again because a later one was taken back, also under another name', () => {
    const snooze = { condition: 'carrier_scan', from: startOfSnooze('carrier_scan', look([scan('a', 1), scan('b', 3)])) } as const;
    expect(newsSince(snooze, look([scan('a', 1), scan('l', 4, { code: 'label_created', ref: { shipment: 'events/S', handle: 'dhl:7' } })]), false)).toEqual([]);
  });

  it('is the delivery, and no scan on the way', () => {
    expect(news('delivery', before, [scan('b', 3)])).toEqual([]);
    expect(news('delivery', before, [scan('b', 3, { code: 'delivered' })])).toEqual(['UPS delivered it']);
  });

  it('is a customer who writes, whatever it waits for; that they looked is none', () => {
    for (const condition of [null, ...SNOOZE_CONDITIONS]) {
      expect([condition, news(condition, before, [wrote('d', 0.5)], true)]).toEqual([condition, ['The customer wrote']]);
      expect([condition, news(condition, before, [looked], true)]).toEqual([condition, []]);
    }
  });

  it('is what the warehouse says, and a refund that was not there before', () => {
    expect(news('warehouse_news', before, [released('g', 'events/F2')])).toEqual(['The warehouse released it in Werk 2']);
    expect(news('warehouse_news', before, [{ ...released('g', 'events/F1'), type: 'fulfilment.cancelled' } as Fact])).toEqual(['The warehouse cancelled a fulfilment']);
    expect(news('warehouse_news', before, [refund('s', 'R2'), scan('b', 3)])).toEqual([]);
    expect(news('refund_settled', before, [refund('s', 'R2')])).toEqual(['A refund of €12.50 was settled']);
    expect(news('refund_settled', before, [refund('s', 'R1'), released('g', 'events/F2')])).toEqual([]);
  });

  it('is a feed that is back', () => {
    expect(news('feed_speaks', before, [], true)).toEqual([]);
    expect(news('feed_speaks', before, [], false)).toHaveLength(1);
  });

  it('is more at stake, in the same currency only', () => {
    const from = startOfSnooze(null, look(before, 1000));
    expect(newsSince({ condition: null, from }, look(before, 1001), false)).toEqual(['The value rose to €10.01']);
    expect(newsSince({ condition: null, from }, look(before, 999), false)).toEqual([]);
    expect(newsSince({ condition: null, from }, { ...look(before, 1001), currency: 'USD' }, false)).toEqual([]);
  });

  it('is nothing that was known before, whatever the history', () => {
    fc.assert(fc.property(fc.infiniteStream(fc.nat()), fc.constantFrom(null, ...SNOOZE_CONDITIONS), (stream, condition) => {
      const facts = drawHistory((below) => (stream.next().value as number) % below, 14, T, 1);
      expect(news(condition, facts, [], true)).toEqual([]);
      expect(newsSince(JSON.parse(JSON.stringify({ condition, from: startOfSnooze(condition, look(facts)) })), look(facts.toReversed()), true)).toEqual([]);
    }));
  });

  it('comes to the same in whatever order the news come: who woke on the way would also wake for all of them', () => {
    const kinds = new Set<Fact['type']>(['contact.received', 'fulfilment.created', 'fulfilment.cancelled', 'payment.refund']);
    fc.assert(fc.property(fc.infiniteStream(fc.nat()), fc.constantFrom('customer_writes', 'warehouse_news', 'refund_settled', 'carrier_scan'), fc.nat({ max: 14 }), (stream, condition, known) => {
      const facts = drawHistory((below) => (stream.next().value as number) % below, 14, T, 1).filter((f) => kinds.has(f.type) || (f.type === 'shipment.status' && f.kind === 'events' && !f.data.ref.handle));
      const snooze = { condition, from: startOfSnooze(condition, look(facts.slice(0, known))) } as const;
      const isAwake = (until: readonly Fact[]) => newsSince(snooze, look(until), true).length > 0;
      for (const late of [facts.slice(known), facts.slice(known).toReversed()]) {
        const steps = late.map((_, i) => isAwake([...facts.slice(0, known), ...late.slice(0, i + 1)]));
        expect(steps.includes(true)).toBe(isAwake(facts));
      }
    }), { numRuns: 300 });
  });
});

describe('the conditions of a case', () => {
  it('begin with the natural one, and name a feed only where one is late', () => {
    expect(conditionsFor({ rule: 'delivered_not_received', held: false })[0]).toBe('customer_writes');
    expect(conditionsFor({ rule: 'no_movement', held: false })).toHaveLength(5);
    expect(conditionsFor({ rule: 'no_movement', held: true })).toHaveLength(6);
    expect(conditionsFor({ rule: 'no_movement', held: true })[0]).toBe('feed_speaks');
  });

  it('say that they did not come when the time came first', () => {
    expect(timeIsUp(null)).toBe('Time is up');
    expect(timeIsUp({ condition: 'carrier_scan', from: startOfSnooze(null, look([])) })).toBe('Time is up, no carrier scan came');
  });
});
