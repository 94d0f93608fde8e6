import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultPolicy } from '../exceptions/rule.js';
import type { Fact } from '../order/facts.js';
import { foldOrder } from '../order/fold.js';
import { linkFactOf } from '../order/links.js';
import { parcelRows } from '../order/summary.js';
import { DAY, HOUR, type Instant } from '../shared/time.js';
import { builtInStatusMap } from '../status-map/built-in.js';
import { DRAWN_ORDER, drawHistory } from '../testing/histories.js';
import { MOVEMENTS, type ShipmentStatus } from '../order/state.js';
import { customerView } from './customer-view.js';
import { shipmentWordsForCustomer } from './customer-words.js';
import { factsTable } from './facts-view.js';
import { parcelViews } from './parcel-view.js';
import { timeline } from './timeline.js';
import { actInWords } from './timeline-people.js';
import { tracks } from './tracks.js';
import type { ToldFact, ViewContext } from './view-context.js';

const START = Date.UTC(2026, 0, 1);
const at = (day: number, hour = 0): Instant => START + day * DAY + hour * HOUR;
const config = { statusMap: builtInStatusMap };
const context = (now: Instant, more: Partial<ViewContext> = {}): ViewContext => ({ now, policy: defaultPolicy, statusMap: builtInStatusMap, silences: {}, labels: {}, ...more });
const heardOf = (facts: readonly Fact[], delay = 1000): ToldFact[] => facts.map((fact, i) => ({ fact, receivedAt: fact.at + delay, inboxId: String(i) }));
const stateOf = (facts: readonly Fact[]) => foldOrder(DRAWN_ORDER, facts, config);
const rows = (facts: readonly Fact[], now: Instant, more: Partial<ViewContext> = {}) =>
  timeline(stateOf(facts), { heard: heardOf(facts), history: [], remedies: [] }, context(now, more));

const base = (id: string, when: Instant) => ({ id, at: when, source: 'events', kind: 'events' as const });
const placed = (more: object = {}): Fact => ({ ...base('placed', at(0)), type: 'order.placed', data: { name: '#1', promisedBy: '2026-01-06', lines: [{ id: '1' }], total: { minor: 64_000, currency: 'EUR' }, ...more } });
const scan = (id: string, when: Instant, code: string, more: object = {}, shipment = 'events/S1'): Fact =>
  ({ ...base(id, when), type: 'shipment.status', data: { ref: { shipment }, code, fulfilmentId: 'events/F1', carrier: 'gls', ...more } });
const contact = (when: Instant): Fact => ({ ...base('contact', when), type: 'contact.received', data: { kind: 'not_received', channel: 'email' } });

describe('timeline', () => {
  it('tells events in words, with the place, the source\'s own text and who said it', () => {
    const [row] = rows([scan('a', at(1), 'accepted', { facility: 'Linz', description: 'Parcel accepted' })], at(1, 1));
    expect(row).toMatchObject({ title: 'Picked up, Linz', rawText: 'Parcel accepted', code: 'accepted', lane: 'p1', sourceLabel: 'Order feed', tone: 'movement', inboxId: '0' });
  });

  it('shows a silence of more than a day from the last movement, and whether the feed is to blame', () => {
    const facts = [scan('a', at(1), 'in_transit')];
    expect(rows(facts, at(2)).some((r) => r.kind === 'silence')).toBe(false);
    const silence = rows(facts, at(5, 6)).find((r) => r.kind === 'silence');
    expect(silence).toMatchObject({ title: 'Silence, 4 d 6 h', at: at(1), untilAt: at(5, 6), tone: 'problem' });
    expect(silence?.detail).toContain('limit 2 d');
    expect(silence?.detail).toContain('so it is the parcel');
    const held = rows(facts, at(5, 6), { silences: { events: at(4) } }).find((r) => r.kind === 'silence');
    expect(held?.detail).toContain('not known');
  });

  it('shows no silence for a parcel that arrived', () => {
    expect(rows([scan('a', at(1), 'in_transit'), scan('b', at(2), 'delivered')], at(9)).some((r) => r.kind === 'silence')).toBe(false);
  });

  it('expects no parcel that is known not to come, and remembers what was missed before that was known', () => {
    const estimated = (day: string): Fact => ({ ...base('e', at(1, 1)), type: 'shipment.estimate', data: { ref: { shipment: 'events/S1' }, estimatedAt: day } });
    const expected = (facts: readonly Fact[]) => rows(facts, at(4)).filter((r) => r.kind === 'expected').map((r) => r.title);
    for (const code of ['lost', 'returning', 'returned']) {
      const facts = [placed(), scan('a', at(1), 'in_transit'), scan('b', at(3, 12), code)];
      expect(expected(facts)).toEqual([]);
      expect(expected([...facts, estimated('2026-01-05')])).toEqual([]);
      expect(expected([...facts, estimated('2026-01-03')])).toEqual(['Missed: delivery of parcel 1, estimated 3 Jan']);
    }
  });

  it('expects the delivery by the promise, and says when it was missed', () => {
    const facts = [placed(), scan('a', at(1), 'in_transit')];
    expect(rows(facts, at(2))[0]).toMatchObject({ kind: 'expected', title: 'Expected: delivery of parcel 1' });
    const missed = rows(facts, at(7)).find((r) => r.kind === 'expected');
    expect(missed).toMatchObject({ title: 'Missed: delivery promised 6 Jan', tone: 'problem' });
    expect(rows([...facts, scan('b', at(3), 'delivered')], at(7)).some((r) => r.kind === 'expected')).toBe(false);
  });

  it('puts carrier and customer side by side, and the customer\'s word only once', () => {
    const all = rows([placed(), scan('a', at(1), 'delivered'), contact(at(2))], at(3));
    expect(all.find((r) => r.kind === 'contradiction')?.title).toBe('Carrier: delivered 2 Jan · Customer: not received 3 Jan');
    expect(all.filter((r) => r.tone === 'contact')).toHaveLength(0);
  });

  it('shows two sources that cannot both be right, and no contradiction where one is merely behind', () => {
    const tracker = (id: string, when: Instant, code: string): Fact => ({ id, at: when, source: 'easypost', kind: 'easypost', type: 'shipment.status', data: { ref: { shipment: 'events/S1', handle: 'gls:1' }, code } });
    const behind = [tracker('a', at(2), 'out_for_delivery/out_for_delivery'), scan('b', at(1), 'in_transit')];
    expect(rows(behind, at(3)).some((r) => r.kind === 'contradiction')).toBe(false);
    const against = [tracker('a', at(2), 'in_transit/departed_facility'), scan('b', at(3), 'delivered')];
    expect(rows(against, at(4)).find((r) => r.kind === 'contradiction')?.title).toBe('Order feed: delivered · EasyPost: in transit');
    expect(tracks(stateOf(against), context(at(4))).find((t) => t.track === 'shipment')?.disagrees).toBe(true);
  });

  it('marks what was told late, and only that', () => {
    const fact = scan('a', at(1), 'in_transit');
    const told = (delay: number) => timeline(stateOf([fact]), { heard: heardOf([fact], delay), history: [], remedies: [] }, context(at(1, 5)))[0]?.toldLateSeconds;
    expect(told(15 * 60_000)).toBeNull();
    expect(told(3 * HOUR)).toBe(3 * 3600);
  });

  it('folds four or more routine scans in a row, and keeps the newest in sight', () => {
    const scans = [1, 2, 3, 4, 5].map((h) => scan(`s${h}`, at(1, h), 'in_transit', { facility: `Hub ${h}` }));
    const all = rows([scan('a', at(1), 'accepted'), ...scans], at(1, 8));
    expect(all.map((r) => r.kind)).toEqual(['event', 'folded', 'event']);
    expect(all[1]).toMatchObject({ count: 4, title: '4 routine scans, Hub 1 to Hub 4', at: at(1, 1), untilAt: at(1, 4) });
    expect(all[1]?.folded?.map((r) => r.id)).toEqual(['s4', 's3', 's2', 's1']);
  });

  it('marks an unknown code and shows it as it came', () => {
    expect(rows([scan('a', at(1), 'xk7')], at(2))[0]).toMatchObject({ unmapped: true, code: 'xk7', title: 'Unknown code “xk7”' });
  });

  it('leaves out what belongs to another use of a number', () => {
    const link = (id: string, order: string, when: Instant): Fact => ({ ...base(id, when), type: 'handle.linked', data: { handle: 'ups:N1', orderId: order } });
    const news = (id: string, when: Instant, code: string): Fact => ({ id, at: when, source: 'easypost', kind: 'easypost', type: 'shipment.status', data: { ref: { handle: 'ups:N1' }, code } });
    const all = rows([link('l1', DRAWN_ORDER, at(1)), news('n1', at(3), 'delivered'), link('l2', 'other', at(90)), news('n2', at(91), 'in_transit')], at(92));
    expect(all.map((r) => r.id)).toContain('n1');
    expect(all.map((r) => r.id)).not.toContain('n2');
  });
});

describe('actInWords', () => {
  const act = (what: string, more: object = {}) => actInWords({ what, why: null, rule: null, actor: null, ...more });
  it('says what a rule did without its keys', () => {
    expect(act('opened', { rule: 'damaged', why: 'damaged|parcel|events/SH7|1795' })).toEqual({ actor: 'Orderwatch', what: 'Case opened: Damaged', why: null });
    expect(act('remedy_executing')).toEqual({ actor: 'Orderwatch', what: 'Remedy being carried out', why: null });
  });
  it('says what a person did and why, the outcome by its name', () => {
    expect(act('resolved', { actor: 'Ana Ruiz', why: 'moved_again: seen in Leipzig' })).toEqual({ actor: 'Ana Ruiz', what: 'Resolved', why: 'Moved again: seen in Leipzig' });
    expect(act('snoozed', { actor: 'Ana Ruiz', why: '2026-11-24T08:00:00.000Z' }).why).toBeNull();
    expect(act('noted', { actor: 'Ana Ruiz', why: 'Called the depot' })).toEqual({ actor: 'Ana Ruiz', what: 'Note', why: 'Called the depot' });
  });
});

describe('parcelRows', () => {
  it('counts a parcel as silent until its carrier reports a problem with it', () => {
    const row = (facts: readonly Fact[]) => parcelRows(stateOf(facts), defaultPolicy)[0];
    expect(row([scan('a', at(1), 'in_transit')])).toMatchObject({ silentFrom: at(1), stuckAt: at(3) + 1 });
    expect(row([scan('a', at(1), 'in_transit'), scan('b', at(2), 'exception/damaged')])).toMatchObject({ silentFrom: null, stuckAt: null });
  });
});

describe('timeline of links', () => {
  it('tells a tracking number once, however often it is said', () => {
    const link = (id: string, hour: number): Fact => ({ ...base(id, at(1, hour)), type: 'handle.linked', data: { handle: 'gls:N1', orderId: DRAWN_ORDER } });
    expect(rows([link('later', 2), link('first', 1), link('last', 3)], at(2)).map((r) => [r.id, r.title])).toEqual([['first', 'Tracking number GLS N1']]);
  });
});

describe('timeline of links that news imply', () => {
  const both = (id: string, hour: number): Fact => scan(id, at(1, hour), 'in_transit', { ref: { shipment: 'events/S1', handle: 'gls:N1' } });
  const titles = (facts: readonly Fact[]) => rows(facts, at(2)).map((r) => [r.title, r.at, r.lane, r.inboxId]);

  it('tells the number once beside the first of them, as when the link was a fact', () => {
    expect(titles([both('b', 2), both('a', 1)])).toEqual([['In transit', at(1, 2), 'p1', '0'], ['Tracking number GLS N1', at(1, 1), 'p1', '1'], ['In transit', at(1, 1), 'p1', '1']]);
  });

  it('tells histories that have the link beside the news alike', () => {
    const news = [both('b', 2), both('a', 1)];
    const links = news.map((fact) => linkFactOf(fact, DRAWN_ORDER)).filter((link) => link !== undefined);
    const plain = (facts: readonly Fact[]) => rows(facts, at(2)).map(({ inboxId, ...row }) => row);
    expect(plain([...news, ...links])).toEqual(plain(news));
  });
});

describe('timeline, of any history', () => {
  const histories = fc.tuple(fc.array(fc.nat(9999), { minLength: 40, maxLength: 160 }), fc.integer({ min: 1, max: 24 })).map(([numbers, size]) => {
    let i = 0;
    return drawHistory((below) => (numbers[i++ % numbers.length] ?? 0) % below, size, START);
  });
  const nows = fc.integer({ min: 0, max: 16 * 24 }).map((h) => START + h * HOUR);

  it('shows nothing later than now unless it is flagged, expected, and sorted newest first', () => {
    fc.assert(fc.property(histories, nows, (facts, now) => {
      const all = rows(facts, now);
      for (const row of all) if (row.at > now) expect(row.future || row.kind === 'expected').toBe(true);
      expect(all.map((r) => r.sortAt)).toEqual(all.map((r) => r.sortAt).sort((a, b) => b - a));
      expect(new Set(all.map((r) => r.id)).size).toBe(all.length);
    }), { numRuns: 300 });
  });

  it('is the same for any order in which the facts are given', () => {
    fc.assert(fc.property(histories, nows, (facts, now) => {
      const ids = new Set(facts.map((f) => f.id));
      fc.pre(ids.size === facts.length);
      const heard = heardOf(facts);
      const told = (list: readonly ToldFact[]) => timeline(stateOf(facts), { heard: list, history: [], remedies: [] }, context(now));
      expect(told([...heard].reverse())).toEqual(told(heard));
    }), { numRuns: 150 });
  });

  it('tells the customer of a delivery only when a fact of the past says so', () => {
    fc.assert(fc.property(histories, nows, (facts, now) => {
      const state = stateOf(facts);
      const view = customerView(state, context(now));
      const claims = /\bdelivered\b/.test(`${view.headline} ${view.body} ${view.parcels.map((p) => p.text).join(' ')}`);
      if (claims) expect(Object.values(state.parcels).some((p) => p.delivered && p.delivered.at <= now)).toBe(true);
      expect(view.headline).not.toMatch(/[{}]|undefined|NaN/);
      expect(view.headline.length).toBeGreaterThan(10);
    }), { numRuns: 300 });
  });
});

describe('shipmentWordsForCustomer', () => {
  it('are a whole sentence for every status that tells a customer something', () => {
    const say = (status: ShipmentStatus) => shipmentWordsForCustomer(status, { at: at(1), carrier: 'gls', now: at(3) });
    expect(say('in_transit')).toBe('Your parcel is on its way.');
    expect(say('attempted')).toBe('GLS tried to bring your parcel and could not.');
    expect(say('cancelled')).toBeNull();
    for (const status of MOVEMENTS) expect(say(status)).not.toMatch(/[{}]|undefined/);
  });
});

describe('customerView', () => {
  const see = (facts: readonly Fact[], now: Instant, more: Partial<ViewContext> = {}) => customerView(stateOf(facts), context(now, more));

  it('says calmly what is true', () => {
    expect(see([placed()], at(1))).toMatchObject({ headline: 'Your order is being prepared.', body: 'It is promised for 6 Jan.' });
    expect(see([placed(), scan('a', at(1), 'in_transit')], at(2)).headline).toBe('Your parcel is on its way.');
    expect(see([placed(), scan('a', at(1), 'in_transit')], at(5)).headline).toBe('Your parcel has not moved since 2 Jan.');
    expect(see([placed(), scan('a', at(1), 'delivered')], at(5)).headline).toBe('Your parcel was delivered on 2 Jan.');
    expect(see([placed(), scan('a', at(1), 'delivered'), contact(at(2))], at(5)).headline).toBe('GLS says your parcel was delivered on 2 Jan; you told us otherwise.');
  });

  it('names no day for two parcels that came on different ones', () => {
    const both = [placed(), scan('a', at(1), 'delivered'), scan('b', at(2), 'delivered', {}, 'events/S2')];
    expect(see(both, at(5)).headline).toBe('Both parcels were delivered by 3 Jan.');
    expect(see([...both, contact(at(3))], at(5)).headline).toBe('GLS says both parcels were delivered by 3 Jan; you told us otherwise.');
    expect(see([placed(), scan('a', at(2), 'delivered'), scan('b', at(2), 'delivered', {}, 'events/S2')], at(5)).headline).toBe('Both parcels were delivered on 3 Jan.');
  });

  it('speaks of one of two parcels, and of each in its own line', () => {
    const view = see([placed(), scan('a', at(1), 'delivered'), scan('b', at(1), 'in_transit', { facility: 'Neuenstein' }, 'events/S2')], at(5));
    expect(view.headline).toBe('One of your 2 parcels has not moved since 2 Jan.');
    expect(view.parcels.map((p) => p.text)).toEqual(['GLS delivered it on 2 Jan', 'last seen Neuenstein, 2 Jan']);
  });

  it('says that there is no news while the feed is silent, instead of blaming the parcel', () => {
    expect(see([placed(), scan('a', at(1), 'in_transit')], at(5), { silences: { events: at(2) } }).headline).toBe('No news from GLS since 2 Jan.');
  });

  it('does not tell a delivery that is dated tomorrow', () => {
    expect(see([placed(), scan('a', at(1), 'in_transit'), scan('b', at(3), 'delivered')], at(2)).headline).toBe('Your parcel is on its way.');
  });

  it('claims no refund that was not made', () => {
    const cancelled: Fact = { ...base('c', at(1)), type: 'order.cancelled', data: {} };
    expect(see([placed(), cancelled], at(2)).body).toBe('');
    expect(see([placed(), cancelled, { ...base('r', at(1, 1)), type: 'payment.refund', data: { code: 'refunded', refundId: '1' } }], at(2)).body).toBe('A refund was made.');
  });
});

describe('tracks, parcels and facts', () => {
  it('gives five cards with since, source and the limit bar', () => {
    const cards = tracks(stateOf([placed(), { ...base('p', at(0, 1)), type: 'payment.status', data: { code: 'captured' } }, scan('a', at(1), 'in_transit')]), context(at(5)));
    expect(cards.map((c) => [c.track, c.label])).toEqual([['order', 'Placed'], ['payment', 'Paid €640.00'], ['fulfilment', 'Handed over'], ['shipment', 'In transit'], ['return', 'Not started']]);
    expect(cards[3]).toMatchObject({ limitHours: 48, elapsedHours: 96, tone: 'problem', since: at(1), source: 'Order feed' });
  });

  it('shows a parcel of a silent feed as late news, not as a fresh state', () => {
    const state = stateOf([placed(), scan('a', at(1), 'in_transit')]);
    expect(parcelViews(state, context(at(5), { silences: { events: at(2) } }))[0]?.feedLate).toBe(true);
    expect(tracks(state, context(at(5), { silences: { events: at(2) } }))[3]).toMatchObject({ status: 'unknown', label: 'Unknown, feed silent' });
  });

  it('tells apart why there is no scan: nothing sent, no number, nothing said of it, a feed that does not speak', () => {
    const label = (more: object = {}): Fact => scan('a', at(1), 'label_created', more);
    const nothing = (facts: readonly Fact[], more: Partial<ViewContext> = {}) => {
      const state = stateOf(facts);
      return [tracks(state, context(at(1, 5), more))[3]?.detail, parcelViews(state, context(at(1, 5), more))[0]?.statusLabel];
    };
    expect(nothing([placed()])).toEqual([null, undefined]);
    expect(nothing([placed(), label()])).toEqual(['no tracking number', 'Label created, no tracking number']);
    expect(nothing([placed(), label({ number: '123' })])).toEqual(['no tracking yet', 'Label created, no tracking yet']);
    expect(nothing([placed(), label({ number: '123' })], { silences: { events: at(1, 1) } })).toEqual(['tracking feed late', 'Label created, tracking feed late']);
    expect(nothing([placed(), scan('a', at(1), 'accepted')])[1]).toBe('Accepted');
  });

  it('lets a card that cannot be made stand alone', () => {
    const state = stateOf([placed(), { ...base('p', at(0, 1)), type: 'payment.status', data: { code: 'captured' } }]);
    Object.defineProperty(state, 'refunds', { get: () => { throw new Error('broken'); } });
    const failed: string[] = [];
    const cards = tracks(state, context(at(1)), (track) => failed.push(track));
    expect(failed).toEqual(['payment']);
    expect(cards.map((card) => card.status)).toEqual(['placed', 'unreadable', 'none', 'none', 'none']);
    expect(() => tracks(state, context(at(1)))).toThrow('broken');
  });

  it('says what silence was usual for a parcel, once enough scans tell', () => {
    const scans = [0, 4, 8, 20].map((h, i) => scan(`s${i}`, at(1, h), 'in_transit'));
    const said = (facts: readonly Fact[]) => rows(facts, at(6)).find((r) => r.kind === 'silence')?.detail;
    expect(said(scans)).toContain('usual so far 4 h, limit 2 d');
    expect(said(scans.slice(0, 3))).not.toContain('usual');
  });

  it('keeps the estimate that is not in use, with the rule that chose', () => {
    const estimate = (id: string, when: Instant, source: string, day: string): Fact => ({ ...base(id, when), source, type: 'shipment.estimate', data: { ref: { shipment: 'events/S1' }, estimatedAt: day } });
    const facts = [placed(), scan('a', at(1), 'in_transit'), estimate('e1', at(1), 'events', '2026-01-05'), estimate('e2', at(2), 'easypost', '2026-01-08')];
    const table = factsTable(stateOf(facts), { heard: heardOf(facts), refundable: { minor: 62_000, currency: 'EUR' } }, context(at(3)));
    expect(table.filter((f) => f.name === 'Estimate, P1').map((f) => [f.value, f.inUse, f.source])).toEqual([['8 Jan', true, 'EasyPost'], ['5 Jan', false, 'Order feed']]);
    expect(table.find((f) => f.name === 'Refundable now')?.value).toBe('€620.00');
    expect(table.find((f) => f.name === 'Promise')?.receivedAt).toBe(at(0) + 1000);
  });
});
