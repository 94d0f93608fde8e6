import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOUR } from '../shared/time.js';
import { builtInStatusMap } from '../status-map/built-in.js';
import { DRAWN_ORDER } from '../testing/histories.js';
import type { Fact } from './facts.js';
import { foldOrder } from './fold.js';
import { partsOf } from './parts.js';

const START = Date.UTC(2026, 0, 1);
const base = (id: string, hour: number) => ({ id, at: START + hour * HOUR, source: 'events', kind: 'events' as const });
const fulfilment = (id: string, type: 'fulfilment.created' | 'fulfilment.cancelled' = 'fulfilment.created'): Fact => ({ ...base(`${type} ${id}`, 1), type, data: { fulfilmentId: `events/${id}` } });
const parcel = (id: string, code: string, of?: string): Fact => ({
  ...base(`parcel ${id}`, 2), type: 'shipment.status', data: { ref: { shipment: `events/${id}` }, code, ...(of === undefined ? {} : { fulfilmentId: `events/${of}` }) },
});
const whole = (...facts: Fact[]) => partsOf(foldOrder(DRAWN_ORDER, facts, { statusMap: builtInStatusMap }))[0];
const isDelivered = (...facts: Fact[]) => whole(...facts)?.isDelivered;

describe('an order without lines', () => {
  it('is delivered when it has a parcel or fulfilment that nobody cancelled, and all of them are', () => {
    expect(isDelivered()).toBe(false);
    expect(isDelivered(parcel('p', 'delivered'))).toBe(true);
    expect(isDelivered(parcel('p', 'in_transit'))).toBe(false);
    expect(isDelivered(parcel('p', 'cancelled'))).toBe(false);
    expect(isDelivered(fulfilment('f'))).toBe(false);
    expect(isDelivered(fulfilment('f'), parcel('p', 'delivered'))).toBe(false);
    expect(isDelivered(fulfilment('f'), fulfilment('f', 'fulfilment.cancelled'), parcel('p', 'delivered'))).toBe(true);
  });

  it('is so exactly when each live fulfilment and each live parcel is, wherever the parcel belongs', () => {
    const code = fc.constantFrom('delivered', 'in_transit', 'cancelled');
    const drawn = fc.record({ loose: fc.array(code, { maxLength: 3 }), fulfilled: fc.array(fc.record({ isCancelled: fc.boolean(), parcels: fc.array(code, { maxLength: 2 }) }), { maxLength: 3 }) });
    fc.assert(fc.property(drawn, ({ loose, fulfilled }) => {
      const facts = [
        ...loose.map((c, i) => parcel(`loose ${i}`, c)),
        ...fulfilled.flatMap(({ isCancelled, parcels }, f) => [fulfilment(`${f}`), ...(isCancelled ? [fulfilment(`${f}`, 'fulfilment.cancelled')] : []), ...parcels.map((c, i) => parcel(`${f} ${i}`, c, `${f}`))]),
      ];
      const live = (codes: readonly string[]) => codes.filter((c) => c !== 'cancelled');
      const units = [...live(loose).map((c) => [c]), ...fulfilled.filter((f) => !f.isCancelled).map((f) => live(f.parcels))];
      expect(isDelivered(...facts)).toBe(units.length > 0 && units.every((codes) => codes.length > 0 && codes.every((c) => c === 'delivered')));
      expect(whole(...facts)?.parcels).toHaveLength(units.flat().length);
    }));
  });
});

describe('a line', () => {
  it('is not delivered by a parcel of which no fulfilment tells', () => {
    const placed: Fact = { ...base('placed', 0), type: 'order.placed', data: { lines: [{ id: 'l1', title: 'A table', quantity: 1 }] } } as Fact;
    expect(isDelivered(placed, parcel('p', 'delivered'))).toBe(false);
  });
});
