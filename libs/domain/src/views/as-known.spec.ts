import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultPolicy } from '../exceptions/rule.js';
import type { Fact } from '../order/facts.js';
import { foldOrder } from '../order/fold.js';
import { DAY, HOUR, type Instant } from '../shared/time.js';
import { builtInStatusMap } from '../status-map/built-in.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { DRAWN_ORDER, drawHistory } from '../testing/histories.js';
import { asKnownAt } from './as-known.js';
import { customerView } from './customer-view.js';
import { factsTable } from './facts-view.js';
import { momentsOf } from './moments.js';
import { timeline } from './timeline.js';
import { tracks } from './tracks.js';
import type { ToldFact, ViewContext } from './view-context.js';

const START = Date.UTC(2026, 0, 1);
const config = { statusMap: builtInStatusMap };
const context = (now: Instant): ViewContext => ({ now, policy: defaultPolicy, statusMap: builtInStatusMap, silences: {}, labels: {} });

/** Facts with the moment we heard of each: hours before its own time, to nine days after it. */
const histories = fc.tuple(fc.array(fc.nat(9999), { minLength: 60, maxLength: 160 }), fc.integer({ min: 1, max: 24 })).map(([numbers, size]) => {
  let i = 0;
  const draw = (below: number): number => (numbers[i++ % numbers.length] ?? 0) % below;
  return drawHistory(draw, size, START).map((fact, n): ToldFact => ({ fact: { ...fact, id: `${n}-${fact.id}` } as Fact, receivedAt: fact.at + (draw(220) - 4) * HOUR, inboxId: String(n) }));
});
const instants = fc.integer({ min: -1, max: 20 * 24 }).map((hour) => START + hour * HOUR);

/** Everything the page shows of an instant, as text. */
function page(told: readonly ToldFact[], at: Instant): string | null {
  const known = asKnownAt(DRAWN_ORDER, told, at, config);
  if (!known) return null;
  const { state, heard, early } = known;
  const seen = context(at);
  return canonicalJson({
    state: state as object, early, tracks: tracks(state, seen), timeline: timeline(state, { heard, history: [], remedies: [] }, seen),
    facts: factsTable(state, { heard, refundable: null }, seen), customer: customerView(state, seen),
  });
}

describe('asKnownAt', () => {
  it('is a fold of what had been received by then, for any history', () => {
    fc.assert(fc.property(histories, instants, (told, at) => {
      const received = told.filter((one) => one.receivedAt <= at).map((one) => one.fact);
      const known = asKnownAt(DRAWN_ORDER, told, at, config);
      if (received.length === 0) expect(known).toBeNull();
      else expect(canonicalJson(known?.state)).toBe(canonicalJson(foldOrder(DRAWN_ORDER, received, config)));
    }), { numRuns: 200 });
  });

  it('shows nothing of what came later, on no part of the page', () => {
    fc.assert(fc.property(histories, instants, (told, at) => {
      expect(page(told, at)).toBe(page(told.filter((one) => one.receivedAt <= at), at));
    }), { numRuns: 200 });
  });

  it('does not rewrite the past when news arrive late', () => {
    const delivered: ToldFact = { fact: { id: 'd', at: START, source: 'events', kind: 'events', type: 'shipment.status', data: { ref: { shipment: 'events/S1' }, code: 'delivered' } }, receivedAt: START + 3 * HOUR, inboxId: null };
    const moved: ToldFact = { ...delivered, fact: { ...delivered.fact, id: 'm', at: START - DAY, data: { ref: { shipment: 'events/S1' }, code: 'in_transit' } } as Fact, receivedAt: START - DAY };
    const status = (at: Instant) => Object.values(asKnownAt(DRAWN_ORDER, [delivered, moved], at, config)?.state.parcels ?? {})[0]?.status?.value;
    expect([status(START + HOUR), status(START + 3 * HOUR)]).toEqual(['in_transit', 'delivered']);
    expect(asKnownAt(DRAWN_ORDER, [delivered, moved], START - 2 * DAY, config)).toBeNull();
  });

  it('knows which of the facts had been told ahead of their time', () => {
    const early: ToldFact = { fact: { id: 'e', at: START, source: 'events', kind: 'events', type: 'order.placed', data: {} }, receivedAt: START - HOUR, inboxId: null };
    expect(asKnownAt(DRAWN_ORDER, [early], START, config)?.early).toEqual({ e: START - HOUR });
  });
});

describe('momentsOf', () => {
  const wrote: ToldFact = { fact: { id: 'c', at: START, source: 'events', kind: 'events', type: 'contact.received', data: { kind: 'not_received' } }, receivedAt: START + HOUR, inboxId: null };
  const act = (id: string, what: string, at: Instant) => ({ id, at, actor: null, what, why: null, rule: 'lost' });
  const step = (name: 'approved' | 'proposed', at: Instant) => ({ id: `r:${name}`, remedyId: 'r', kind: 'refund' as const, step: name, at, actor: 'Mia', amount: { minor: 12_900, currency: 'EUR' }, why: null });

  it('are when the customer\'s word arrived, each approval and each opening of the case, newest first', () => {
    const input = { heard: [wrote], history: [act('1', 'opened', START + 2 * HOUR), act('2', 'claimed', START + 3 * HOUR)], remedies: [step('proposed', START + 3 * HOUR), step('approved', START + 4 * HOUR)] };
    expect(momentsOf(foldOrder(DRAWN_ORDER, [wrote.fact], config), input, context(START + DAY))).toEqual([
      { id: 'r:approved', kind: 'remedy_approved', at: START + 4 * HOUR, label: 'Refund €129.00 approved' },
      { id: 'history:1', kind: 'case_opened', at: START + 2 * HOUR, label: 'Case opened: Lost' },
      { id: 'c', kind: 'customer_wrote', at: START + HOUR, label: 'Customer: not received' },
    ]);
  });
});
