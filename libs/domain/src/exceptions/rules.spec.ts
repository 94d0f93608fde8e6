import { describe, expect, it } from '@jest/globals';
import type { Fact, FactType } from '../order/facts.js';
import { foldOrder } from '../order/fold.js';
import { DAY, HOUR } from '../shared/time.js';
import { builtInStatusMap } from '../status-map/built-in.js';
import { DRAWN_ORDER } from '../testing/histories.js';
import { assess, explain, type Finding } from './assess.js';
import { defaultPolicy } from './rule.js';

const START = Date.UTC(2026, 0, 5, 12);
let serial = 0;

function fact(type: FactType, hours: number, data: object): Fact {
  serial += 1;
  return { id: `f${serial}`, at: START + hours * HOUR, source: 'events', kind: 'events', type, data } as Fact;
}
const placed = (more: object = {}): Fact => fact('order.placed', 0, { lines: [{ id: '1' }, { id: '2' }], ...more });
const fulfilled = (hours: number, id: string, lines?: string[]): Fact => fact('fulfilment.created', hours, { fulfilmentId: id, ...(lines ? { lines } : {}) });
const parcel = (hours: number, id: string, code: string, fulfilmentId = id): Fact => fact('shipment.status', hours, { ref: { shipment: `events/${id}` }, code, fulfilmentId });
const contact = (hours: number, kind: string): Fact => fact('contact.received', hours, { kind });
const remedy = (hours: number, remedyKind: string, lines?: string[]): Fact => fact('remedy.executed', hours, { remedyId: `r${hours}`, remedyKind, reference: '9', ...(lines ? { lines } : {}) });
const cancelled = (hours: number): Fact => fact('order.cancelled', hours, {});

function open(facts: Fact[], hours: number): Finding[] {
  const state = foldOrder(DRAWN_ORDER, facts, { statusMap: builtInStatusMap });
  return [...assess(state, { policy: defaultPolicy, now: START + hours * HOUR, heard: {}, silences: {} }).findings];
}
const rules = (facts: Fact[], hours: number): string[] => open(facts, hours).map((f) => f.rule);

describe('rules', () => {
  const table: [name: string, facts: Fact[], hours: number, expected: string[]][] = [
    ['not_picked_up: a fulfilment without movement after 48 h', [fulfilled(0, 'F1')], 48.01, ['not_picked_up']],
    ['not_picked_up: a label is no movement', [fulfilled(0, 'F1'), parcel(1, 'F1', 'label_created')], 49, ['not_picked_up']],
    ['not_picked_up: a movement counts though its fulfilment came later', [parcel(1, 'F1', 'accepted'), fulfilled(2, 'F1')], 48.5, []],
    ['not_picked_up: not when cancelled', [fulfilled(0, 'F1'), fact('fulfilment.cancelled', 1, { fulfilmentId: 'F1' })], 90, []],
    ['no_movement: not while it waits at a pickup point', [parcel(0, 'S', 'ready_for_pickup')], 90, []],
    ['no_movement: a delay notice is no movement', [parcel(0, 'S', 'in_transit'), parcel(47, 'S', 'delayed')], 49, ['no_movement']],
    ['no_movement: not for a cancelled order', [parcel(0, 'S', 'in_transit'), cancelled(1)], 90, ['cancelled_after_shipment']],
    ['promise_missed: a part that never shipped', [placed({ promisedBy: '2026-01-06' })], 40, ['promise_missed']],
    ['promise_missed: not once every part is delivered', [placed({ promisedBy: '2026-01-06' }), parcel(1, 'S', 'delivered')], 40, []],
    ['promise_missed: a line on no fulfilment is not delivered', [placed({ promisedBy: '2026-01-06' }), fulfilled(0, 'S', ['1']), parcel(1, 'S', 'delivered')], 40, ['promise_missed']],
    ['promise_missed: a line has its own promise', [placed({ lines: [{ id: '1', promisedBy: '2026-01-05' }] })], 13, ['promise_missed']],
    ['promise_slipped: more than a day after the promise', [placed({ promisedBy: '2026-01-20' }), parcel(1, 'S', 'in_transit'), fact('shipment.estimate', 2, { ref: { shipment: 'events/S' }, estimatedAt: '2026-01-22' })], 3, ['promise_slipped']],
    ['promise_slipped: a day later is not more than a day', [placed({ promisedBy: '2026-01-20' }), parcel(1, 'S', 'in_transit'), fact('shipment.estimate', 2, { ref: { shipment: 'events/S' }, estimatedAt: '2026-01-21' })], 3, []],
    ['unfulfilled_late: paid and nothing happens', [placed(), fact('payment.status', 0, { code: 'captured' })], 48.01, ['unfulfilled_late']],
    ['unfulfilled_late: not while held', [placed(), fact('payment.status', 0, { code: 'captured' }), fact('order.held', 1, {})], 90, []],
    ['unfulfilled_late: not before the preorder date', [placed({ preorderUntil: '2026-01-30' }), fact('payment.status', 0, { code: 'captured' })], 20 * 24, []],
    ['unfulfilled_late: an authorisation is no payment', [placed(), fact('payment.status', 0, { code: 'authorized' })], 90, []],
    ['partly_shipped: one line delivered, the other silent for a week', [placed(), fulfilled(0, 'A', ['1']), fulfilled(0, 'B', ['2']), parcel(1, 'A', 'delivered'), parcel(2, 'B', 'ready_for_pickup')], 2 + 7 * 24 + 0.01, ['partly_shipped']],
    ['returned_to_sender', [parcel(0, 'S', 'returning')], 1, ['returned_to_sender']],
    ['returned_to_sender: not when the customer asked for a return', [parcel(0, 'S', 'returning'), fact('return.status', 0, { returnId: 'R', code: 'requested' })], 1, []],
    ['the most precise carrier report only', [parcel(0, 'S', 'exception'), parcel(1, 'S', 'exception/customs_hold')], 2, ['customs_hold']],
    ['a later movement answers the carrier report', [parcel(0, 'S', 'exception/damaged'), parcel(1, 'S', 'in_transit')], 2, []],
    ['delivery_attempt_failed until the delivery', [parcel(0, 'S', 'delivery_attempted')], 1, ['delivery_attempt_failed']],
    ['lost', [parcel(0, 'S', 'in_transit'), parcel(1, 'S', 'lost')], 90, ['lost']],
    ['delivered_not_received: dated at the delivery', [parcel(1, 'S', 'delivered'), contact(1, 'not_received')], 2, ['delivered_not_received']],
    ['delivered_not_received: not before the delivery', [parcel(2, 'S', 'delivered'), contact(1, 'not_received')], 3, []],
    ['missing_item', [parcel(1, 'S', 'delivered'), contact(5, 'missing_item')], 6, ['missing_item']],
    ['cancelled_after_shipment: movement after the cancellation counts too', [cancelled(0), parcel(1, 'S', 'accepted')], 2, ['cancelled_after_shipment']],
    ['cancelled_after_shipment: ends when it is back', [cancelled(0), parcel(1, 'S', 'accepted'), parcel(9, 'S', 'returned')], 10, ['returned_to_sender']],
    ['came_back: it was sent again, and moves', [parcel(0, 'S', 'in_transit'), remedy(50, 'reship', ['1']), parcel(60, 'S', 'out_for_delivery')], 61, ['came_back']],
    ['came_back: it was refunded, and is delivered after all', [parcel(0, 'S', 'in_transit'), remedy(50, 'refund'), parcel(60, 'S', 'delivered')], 61, ['came_back']],
    ['came_back: all of it was credited, and it moves', [parcel(0, 'S', 'in_transit'), parcel(1, 'S', 'lost'), remedy(50, 'credit'), parcel(60, 'S', 'in_transit')], 61, ['came_back']],
    ['came_back: not before it moves', [parcel(0, 'S', 'in_transit'), parcel(1, 'S', 'lost'), remedy(50, 'refund')], 99, ['lost']],
    ['came_back: a parcel that had never moved is the first of its kind', [remedy(50, 'reship', ['1']), parcel(60, 'S', 'in_transit')], 61, []],
    ['came_back: money for something else does not make goods good', [parcel(0, 'S', 'in_transit'), remedy(20, 'credit', []), parcel(40, 'S', 'in_transit')], 41, []],
    ['came_back: only the parcel that carries what was made good', [
      placed(), fulfilled(0, 'A', ['1']), fulfilled(0, 'B', ['2']), parcel(1, 'A', 'in_transit'), parcel(1, 'B', 'in_transit'), remedy(20, 'reship', ['2']), parcel(30, 'A', 'out_for_delivery'),
    ], 31, []],
    ['came_back: ends when it is back with us', [parcel(0, 'S', 'in_transit'), remedy(50, 'refund'), parcel(60, 'S', 'in_transit'), parcel(80, 'S', 'returned')], 81, ['returned_to_sender']],
    ['unmapped_status', [parcel(0, 'S', 'beamed_up')], 1, ['unmapped_status']],
  ];

  it.each(table)('%s', (_name, facts, hours, expected) => {
    expect(rules(facts, hours)).toEqual(expected);
  });

  it('explains every finding in one line of words', () => {
    for (const [, facts, hours] of table) {
      for (const finding of open(facts, hours)) {
        const sentence = explain(finding, START + hours * HOUR);
        expect(sentence).not.toMatch(/undefined|null|NaN|\n/);
        expect(sentence.length).toBeGreaterThan(10);
      }
    }
  });

  it('takes a customer who writes again for new evidence, and still counts from the first time', () => {
    const [once] = open([parcel(1, 'S', 'delivered'), contact(5, 'not_received')], 9);
    const [again] = open([parcel(1, 'S', 'delivered'), contact(5, 'not_received'), contact(8, 'not_received')], 9);
    expect(again?.since).toBe(once?.since);
    expect(again?.key).not.toBe(once?.key);
  });

  it('says of what came back what was done and what to do, and knows one happening through all its scans', () => {
    const facts = [parcel(0, 'S', 'in_transit'), remedy(10, 'refund', ['1']), remedy(20, 'reship', ['1']), parcel(30, 'S', 'in_transit')];
    const [first] = open(facts, 31);
    const [later] = open([...facts, parcel(40, 'S', 'out_for_delivery')], 41);
    expect(later?.key).toBe(first?.key);
    if (!first) throw new Error('nothing came back');
    expect(explain(first, START + 31 * HOUR)).toMatch(/moved it again .*, sent again .*: stop the reship while it has not left/);
  });

  it('names a parcel by its own id at the source', () => {
    expect(open([parcel(0, 'S-77', 'lost')], 1)[0]?.shipment).toBe('S-77');
  });

  it('opens no_movement a limit after the last movement, however long ago that is', () => {
    expect(open([parcel(0, 'S', 'in_transit')], 24 * 30)[0]?.since).toBe(START + 2 * DAY);
  });
});
