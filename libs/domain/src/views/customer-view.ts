import { carrierInWords } from '../exceptions/words.js';
import { endOf, isDate } from '../calendars/zone.js';
import { fill, wordingOf, type CustomerSituation } from '../messages/wording.js';
import { DAY, type Instant } from '../shared/time.js';
import { isWithCarrier, type OrderState, type ParcelState } from '../order/state.js';
import { latest } from '../order/parts.js';
import { deliveredAt } from '../order/summary.js';
import { placeParcels, silenceLimit, silentFeedOf, type PlacedParcel } from './parcel-view.js';
import { dayIn, targetInWords } from './say.js';
import type { ViewContext } from './view-context.js';

/** What the customer sees: one true sentence, what follows from it, and a line per parcel when there are several. */
export interface CustomerView {
  readonly situation: CustomerSituation;
  readonly headline: string;
  readonly body: string;
  readonly parcels: readonly { readonly label: string; readonly text: string }[];
}

/** What needs the customer's attention first. */
const RANK: readonly CustomerSituation[] = [
  'disputed_delivery', 'lost', 'problem', 'returned', 'returning', 'attempted', 'pickup', 'not_moving', 'feed_silent', 'out_for_delivery', 'moving', 'labelled', 'delivered',
];

interface Seen extends PlacedParcel {
  readonly situation: CustomerSituation;
  readonly at: Instant;
}

function under(parcel: ParcelState, context: ViewContext): { situation: CustomerSituation; at: Instant } {
  const last = parcel.lastMovement;
  const at = last?.at ?? parcel.status?.at ?? context.now;
  if (silentFeedOf(parcel, context)) return { situation: 'feed_silent', at };
  if (last && isWithCarrier(parcel) && context.now - last.at > Math.max(silenceLimit(context), DAY)) return { situation: 'not_moving', at };
  return { situation: parcel.status?.value === 'out_for_delivery' ? 'out_for_delivery' : 'moving', at };
}

/** Facts dated in the future are not told yet: the customer hears nothing newer than what has happened. */
function seeParcel(state: OrderState, placed: PlacedParcel, context: ViewContext): Seen | null {
  const { parcel } = placed;
  const { now } = context;
  const see = (situation: CustomerSituation, at: Instant): Seen => ({ ...placed, situation, at });
  const status = parcel.status;
  if (status?.value === 'cancelled') return null;
  if (!status || status.at > now) {
    const moved = parcel.firstMovement;
    return moved && moved.at <= now ? see('moving', moved.at) : see('labelled', status?.at ?? now);
  }
  if (parcel.delivered && parcel.delivered.at <= now) {
    const delivered = parcel.delivered;
    const denied = state.contacts.some((c) => c.contact === 'not_received' && c.at >= delivered.at && c.at <= now);
    return see(denied ? 'disputed_delivery' : 'delivered', delivered.at);
  }
  switch (status.value) {
    case 'lost': return see('lost', status.at);
    case 'returning': return see('returning', status.at);
    case 'returned': return see('returned', status.at);
    case 'label_created': return see('labelled', status.at);
    case 'ready_for_pickup': return see('pickup', status.at);
    case 'attempted': return see('attempted', status.at);
    case 'exception': return see('problem', status.at);
    default: {
      const { situation, at } = under(parcel, context);
      return see(situation, Math.min(at, now));
    }
  }
}

function nouns(k: number, n: number): Record<string, string> {
  const one = k === 1;
  const parcel = n === 1 ? 'Your parcel' : one ? `One of your ${n} parcels` : k === n ? (n === 2 ? 'Both parcels' : `All ${n} parcels`) : `${k} of your ${n} parcels`;
  const object = n === 1 ? 'your parcel' : parcel.replace(/^[A-Z]/, (c) => c.toLowerCase());
  return { parcel, object, is: one ? 'is' : 'are', was: one ? 'was' : 'were', has: one ? 'has' : 'have', waits: one ? 'waits' : 'wait', its: one ? 'its' : 'their' };
}

function promiseWords(state: OrderState, context: ViewContext): { promise: string; isOver: boolean } {
  const end = state.promise ? endOf(state.promise.value, state.timeZone) : undefined;
  if (!state.promise || end === undefined) return { promise: '', isOver: false };
  const day = targetInWords(state.promise.value, state.timeZone, context.now);
  return end <= context.now ? { promise: `It was promised for ${day}.`, isOver: true } : { promise: `It is promised for ${day}.`, isOver: false };
}

/** When it comes, as far as somebody said so and the day has not passed. */
function expectedWords(state: OrderState, parcels: readonly ParcelState[], context: ViewContext): string {
  const ends = parcels.map((p) => p.estimate).filter((e) => e !== null).map((e) => ({ text: e.value, end: endOf(e.value, state.timeZone) ?? 0 }));
  const last = ends.sort((a, b) => b.end - a.end)[0];
  const { promise, isOver } = promiseWords(state, context);
  if (last && last.end > context.now) {
    const by = isDate(last.text) ? targetInWords(last.text, state.timeZone, context.now) : dayIn(state.timeZone, last.end, context.now);
    return `Expected by ${by}.${isOver ? ` ${promise}` : ''}`;
  }
  return promise;
}

function ofOrder(state: OrderState, context: ViewContext, situation: CustomerSituation): CustomerView {
  const { promise } = promiseWords(state, context);
  const refund = Object.values(state.refunds).some((r) => r.at <= context.now) ? 'A refund was made.' : '';
  const on = state.cancelled && state.cancelled.at <= context.now ? ` on ${dayIn(state.timeZone, state.cancelled.at, context.now)}` : '';
  const words = wordingOf(situation);
  const values = { promise, refund, on };
  return { situation, headline: fill(words.headline, values), body: fill(words.body, values), parcels: [] };
}

function valuesOf(state: OrderState, group: readonly Seen[], all: readonly Seen[], context: ViewContext): Record<string, string> {
  const last = latest(group.map((s) => ({ at: s.at, factId: '', source: '', kind: 'events' as const })));
  const carriers = new Set(group.map((s) => s.parcel.carrier));
  const carrier = carriers.size === 1 ? carrierInWords([...carriers][0]) : 'the carrier';
  const first = group[0];
  const day = dayIn(state.timeZone, last?.at ?? context.now, context.now);
  const isOneDay = group.every((s) => dayIn(state.timeZone, s.at, context.now) === day);
  return {
    ...nouns(group.length, all.length), carrier, day, onDay: `${isOneDay ? 'on' : 'by'} ${day}`, last: isOneDay ? '' : 'last',
    promise: promiseWords(state, context).promise, expected: expectedWords(state, group.map((s) => s.parcel), context),
    place: first?.parcel.facility ? `At ${first.parcel.facility}.` : '', where: first?.parcel.facility ? `${first.parcel.facility}, ` : '',
    rest: deliveredAt(state) === null ? 'The rest of your order is still to come.' : '',
  };
}

const capital = (text: string): string => text.replace(/^[a-z]/, (c) => c.toUpperCase());

/** The one sentence that is true for the customer now, never newer than the facts. */
export function customerView(state: OrderState, context: ViewContext): CustomerView {
  const seen = placeParcels(state).map((placed) => seeParcel(state, placed, context)).filter((s) => s !== null);
  const left = seen.some((s) => s.situation !== 'labelled');
  if (state.cancelled && state.cancelled.at <= context.now) return { ...ofOrder(state, context, left ? 'cancelled_shipped' : 'cancelled'), parcels: linesOf(state, seen, context) };
  if (seen.length === 0) {
    const situation = !state.announced ? 'unannounced' : state.held ? 'held' : promiseWords(state, context).isOver ? 'not_shipped_late' : 'preparing';
    return ofOrder(state, context, situation);
  }
  const foremost = RANK.find((r) => seen.some((s) => s.situation === r)) ?? 'moving';
  const group = seen.filter((s) => s.situation === foremost);
  const words = wordingOf(foremost);
  const values = valuesOf(state, group, seen, context);
  return { situation: foremost, headline: capital(fill(words.headline, values)), body: capital(fill(words.body, values)), parcels: linesOf(state, seen, context) };
}

function linesOf(state: OrderState, seen: readonly Seen[], context: ViewContext): { label: string; text: string }[] {
  return seen.map((s) => ({ label: s.label, text: fill(wordingOf(s.situation).parcel, valuesOf(state, [s], seen, context)) }));
}
