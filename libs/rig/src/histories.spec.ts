import { describe, expect, it } from '@jest/globals';
import { connectorOf, orderIdOf, splitEvents } from '@orderwatch/connectors';
import { FEED_TYPES } from '@orderwatch/contract';
import { assess, builtInStatusMap, defaultPolicy, foldOrder, type Fact } from '@orderwatch/domain';
import { disturb, rewrite } from './histories-disturb.js';
import { historyOf, historyTexts } from './histories.js';
import { Random } from './random.js';

const ORDERS = 400;
const options = { seed: 'a seed', orders: ORDERS };
const histories = Array.from({ length: ORDERS }, (_, n) => historyOf(n, options));
const NOW = Date.UTC(2026, 0);

function factsOf(n: number): Fact[] {
  return (histories[n] ?? []).flatMap((event) => {
    const mapped = connectorOf('events').map({ connection: 'events', topic: undefined, headers: {}, body: Buffer.from(JSON.stringify(event)) });
    if (mapped.outcome !== 'understood') throw new Error(`event ${event.id} is ${mapped.outcome}`);
    return mapped.facts.map(({ fact }) => fact);
  });
}

describe('histories', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(historyOf(7, options)).toEqual(histories[7]);
    expect(historyOf(7, { ...options, seed: 'another' })).not.toEqual(histories[7]);
  });

  it('tell everything that the feed can tell, with ids of their own', () => {
    const all = histories.flat();
    expect([...new Set(all.map((event) => event.type))].sort()).toEqual([...FEED_TYPES].sort());
    expect(new Set(all.map((event) => event.source + event.id)).size).toBe(all.length);
  });

  it('open every rule that the feed can speak to in some order, and no rule in others', () => {
    const open = histories.map((_, n) => {
      const state = foldOrder(orderIdOf('events', `H-${n}`), factsOf(n), { statusMap: builtInStatusMap });
      return assess(state, { policy: defaultPolicy, now: NOW, heard: {}, silences: {} });
    });
    const rules = new Set(open.flatMap((assessment) => assessment.findings.map((finding) => finding.rule)));
    expect([...rules].sort()).toEqual([
      'address_problem', 'cancelled_after_shipment', 'carrier_exception', 'customs_hold', 'damaged', 'delivered_not_received', 'delivery_attempt_failed', 'lost', 'missing_item', 'no_movement', 'not_picked_up',
      'partly_shipped', 'promise_missed', 'promise_slipped', 'refused', 'returned_to_sender', 'unfulfilled_late',
    ]);
    expect(open.filter((assessment) => assessment.findings.length === 0).length).toBeGreaterThan(ORDERS / 10);
    expect(open.every((assessment) => assessment.nextDueAt === null)).toBe(true);
  });

  it('share some instants', () => {
    const pairs = histories.flatMap((events) => events.slice(1).map((event, i) => Date.parse(event.time) === Date.parse(events[i]?.time ?? '')));
    const ties = pairs.filter(Boolean).length / pairs.length;
    expect(ties).toBeGreaterThan(0.12);
    expect(ties).toBeLessThan(0.25);
  });
});

describe('disturbed', () => {
  it('all of it is told, three in ten twice, half of those rewritten', () => {
    const arrivals = disturb(20_000, 'a seed');
    expect(new Set(arrivals.map((a) => a.event)).size).toBe(20_000);
    expect(arrivals.length / 20_000).toBeCloseTo(1.3, 1);
    expect(arrivals.filter((a) => a.isRewritten).length / 20_000).toBeCloseTo(0.15, 1);
    expect(disturb(20_000, 'a seed')).toEqual(arrivals);
  });

  it('counts the orders of which anything is told', () => {
    // Of one order of this seed nothing is.
    const { texts, orders } = historyTexts(12_500, { seed: 'd184b85a4882' });
    expect(new Set(texts.map((text) => (JSON.parse(text) as { subject: string }).subject)).size).toBe(orders);
  });

  it('a rewritten event has other bytes and the same meaning', () => {
    const random = new Random('rewritten');
    for (const text of historyTexts(300, { seed: 'a seed' }).texts) {
      const other = rewrite(text, random);
      expect(other).not.toBe(text);
      expect(splitEvents(Buffer.from(other))[0]?.contentHash).toBe(splitEvents(Buffer.from(text))[0]?.contentHash);
    }
  });
});
