import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../shared/canonical-json.js';
import { DAY } from '../shared/time.js';
import { builtInStatusMap } from '../status-map/built-in.js';
import { DRAWN_ORDER, drawHistory } from '../testing/histories.js';
import type { Fact } from './facts.js';
import { foldOrder, sortFacts } from './fold.js';
import { linkFactOf, linkOf } from './links.js';
import { readNames } from './names.js';

const A = '00000000-0000-5000-8000-00000000000a';
const B = '00000000-0000-5000-8000-00000000000b';
const START = Date.UTC(2026, 0, 1);
const config = { statusMap: builtInStatusMap };

/** Histories of 15, 60 and 150 days. */
const histories = fc.tuple(fc.array(fc.nat(9999), { minLength: 40, maxLength: 240 }), fc.integer({ min: 1, max: 40 }), fc.constantFrom(6, 24, 60)).map(([numbers, size, grain]) => {
  let at = 0;
  return drawHistory((below) => (numbers[at++ % numbers.length] ?? 0) % below, size, START, grain);
});

/** As histories were written before news implied a link: each link is a fact beside the news. */
const withLinksBeside = (facts: readonly Fact[]): Fact[] => facts.flatMap((fact) => [fact, ...(fact.type === 'handle.linked' ? [] : [linkFactOf(fact, DRAWN_ORDER)].filter((link) => link !== undefined))]);

/** The same news without the number: nothing but the facts beside them links it. */
const withoutNumbers = (facts: readonly Fact[]): Fact[] => facts.map((fact) => {
  if ((fact.type !== 'shipment.status' && fact.type !== 'shipment.estimate') || fact.data.ref.shipment === undefined) return fact;
  return { ...fact, data: { ...fact.data, ref: { shipment: fact.data.ref.shipment } } } as Fact;
});

describe('a link that news imply', () => {
  it('folds as the same link told beside them', () => {
    fc.assert(fc.property(histories, (facts) => {
      const { facts: _count, last: _last, ...implied } = foldOrder(DRAWN_ORDER, facts, config);
      const { facts: _countBeside, last: _lastBeside, ...beside } = foldOrder(DRAWN_ORDER, withLinksBeside(facts), config);
      expect(canonicalJson(implied)).toBe(canonicalJson(beside));
    }), { numRuns: 600 });
  });

  it('gives the news of a number to the same orders as a link that is a fact', () => {
    let foreign = 0;
    fc.assert(fc.property(histories, (facts) => {
      const implied = readNames(DRAWN_ORDER, sortFacts(facts), builtInStatusMap);
      const told = readNames(DRAWN_ORDER, sortFacts(withoutNumbers(withLinksBeside(facts))), builtInStatusMap);
      expect([...implied.foreign].sort()).toEqual([...told.foreign].sort());
      expect([...implied.shared].sort()).toEqual([...told.shared].sort());
      foreign += implied.foreign.size;
    }), { numRuns: 1_000 });
    expect(foreign).toBeGreaterThan(100);
  });

  const scan = (id: string, day: number, order: string, more: object = {}): Fact =>
    ({ id, at: START + day * DAY, source: 'events', kind: 'events', type: 'shipment.status', data: { ref: { shipment: `events/${order}`, handle: 'ups:1Z' }, code: 'in_transit', ...more } }) as Fact;
  const news = (id: string, day: number, code: string): Fact => ({ id, at: START + day * DAY, source: 'easypost', kind: 'easypost', type: 'shipment.status', data: { ref: { handle: 'ups:1Z' }, code } });
  const linkOfScan = (fact: Fact, order: string): Fact => linkFactOf(fact, order) ?? fact;

  it('needs a shipment and a number, and an order whose history it stands in', () => {
    expect(linkOf(scan('s', 1, 'S'), A)).toEqual({ handle: 'ups:1Z', orderId: A, at: START + DAY });
    expect(linkOf(scan('s', 1, 'S', { ref: { shipment: 'events/S' } }), A)).toBeUndefined();
    expect(linkOf(news('n', 1, 'in_transit'), A)).toBeUndefined();
    const told = linkOfScan(scan('s', 1, 'S'), B);
    expect(linkOf(told, A)).toEqual({ handle: 'ups:1Z', orderId: B, at: START + DAY });
    expect(linkFactOf(told, A)).toBe(told);
  });

  it('has the id it always had', () => {
    expect(linkOfScan(scan('s', 1, 'S'), A)).toEqual({ id: '5a3f971f792548a11328b59e3fc70174', at: START + DAY, source: 'events', kind: 'events', type: 'handle.linked', data: { handle: 'ups:1Z', orderId: A } });
  });

  it('starts the next use of a number for every order alike, even when two orders say it in the same instant', () => {
    const arrived = [news('n1', 2, 'delivered'), news('n2', 12, 'in_transit')];
    let first = 0;
    for (let n = 0; n < 40; n += 1) {
      const [a, b, c] = [scan(`a${n}`, 1, 'A'), scan(`b${n}`, 10, 'B'), scan(`c${n}`, 10, 'C')];
      const C = `${A.slice(0, -1)}c`;
      const seenBy = (order: string, own: Fact, others: readonly Fact[]) => readNames(order, sortFacts([own, ...others, ...arrived]), builtInStatusMap).foreign.has('n2');
      const seenByB = seenBy(B, b, [linkOfScan(a, A), linkOfScan(c, C)]);
      const seenByC = seenBy(C, c, [linkOfScan(a, A), linkOfScan(b, B)]);
      // One of the two came later, and the news after it are its own.
      expect([seenByB, seenByC].filter(Boolean)).toHaveLength(1);
      if (seenByB) first += 1;
    }
    expect(first).toBeGreaterThan(5);
    expect(first).toBeLessThan(35);
  });
});
