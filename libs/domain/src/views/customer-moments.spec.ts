import { describe, expect, it } from '@jest/globals';
import type { Fact } from '../order/facts.js';
import { foldOrder } from '../order/fold.js';
import { HOUR } from '../shared/time.js';
import { builtInStatusMap } from '../status-map/built-in.js';
import { DRAWN_ORDER } from '../testing/histories.js';
import { lastContactOf, lastShownChangeOf } from './customer-moments.js';

const START = Date.UTC(2026, 0, 1);
const base = (id: string, hour: number) => ({ id, at: START + hour * HOUR, source: 'events', kind: 'events' as const });
const placed: Fact = { ...base('placed', 0), type: 'order.placed', data: { name: '#1' } };
const scan = (hour: number): Fact => ({ ...base(`scan${hour}`, hour), type: 'shipment.status', data: { ref: { shipment: 'events/S1' }, code: 'in_transit', carrier: 'gls' } });
const wrote = (hour: number): Fact => ({ ...base(`wrote${hour}`, hour), type: 'contact.received', data: { kind: 'where_is_it' } });
const looked = (hour: number): Fact => ({ ...base(`looked${hour}`, hour), type: 'contact.status_checked', data: { kind: 'status_checked' } });
const made = (hour: number): Fact => ({ ...base(`made${hour}`, hour), type: 'fulfilment.created', data: { fulfilmentId: 'events/F1' } });
const hours = (...facts: Fact[]) => {
  const state = foldOrder(DRAWN_ORDER, facts, { statusMap: builtInStatusMap });
  return [lastContactOf(state), lastShownChangeOf(state)].map((at) => (at === null ? null : (at - START) / HOUR));
};

describe('what concerns the customer', () => {
  it('is the last message and the last news, not who looked and not what a warehouse made', () => {
    expect(hours(placed)).toEqual([null, 0]);
    expect(hours(placed, scan(5), wrote(3))).toEqual([3, 5]);
    expect(hours(placed, scan(5), wrote(7), wrote(3), looked(9), made(11))).toEqual([7, 7]);
  });
});
