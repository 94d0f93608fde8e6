import type { OrderState } from '../order/state.js';
import type { Instant } from '../shared/time.js';
import type { RuleId } from './rule.js';

/** What a case can be put off until, besides its latest time: only what the facts of an order decide. */
export const SNOOZE_CONDITIONS = ['carrier_scan', 'delivery', 'customer_writes', 'warehouse_news', 'refund_settled', 'feed_speaks'] as const;
export type SnoozeCondition = (typeof SNOOZE_CONDITIONS)[number];

/** What was known when the case was put off; only what comes on top of it wakes. JSON-safe: the case keeps it. */
export interface SnoozeStart {
  /** The last scan of each parcel (or its delivery, where that is waited for), under the parcel's name of then: when, which fact, and where. */
  readonly scans: Readonly<Record<string, readonly [at: Instant, factId: string, facility: string | null]>>;
  /** Contacts, fulfilments and refunds by name. */
  readonly known: readonly string[];
  /** In minor units of `currency`. */
  readonly value: number | null;
  readonly currency: string | null;
}

/** Why a case is put off; until when at the latest stands beside it. */
export interface Snooze {
  /** Null: for the time alone. */
  readonly condition: SnoozeCondition | null;
  readonly from: SnoozeStart;
}

/** An order as far as a snooze looks at it. */
export interface OrderLook {
  readonly state: OrderState;
  /** What is at stake, in minor units. */
  readonly value: number | null;
  readonly currency: string | null;
}

interface Words {
  /** For a list to choose from. */
  readonly label: string;
  /** "Snoozed …". */
  readonly until: string;
  /** When the time came first. */
  readonly missed: string;
}

const WORDS: Readonly<Record<SnoozeCondition, Words>> = {
  carrier_scan: { label: 'Next carrier scan', until: 'until the next carrier scan', missed: 'no carrier scan came' },
  delivery: { label: 'Delivery', until: 'until it is delivered', missed: 'it was not delivered' },
  customer_writes: { label: 'Customer writes', until: 'until the customer writes', missed: 'the customer did not write' },
  warehouse_news: { label: 'News from the warehouse', until: 'until the warehouse has news', missed: 'the warehouse had no news' },
  refund_settled: { label: 'Refund settled', until: 'until a refund is settled', missed: 'no refund was settled' },
  feed_speaks: { label: 'Feed is back', until: 'until the late feed is back', missed: 'the feed is still silent' },
};

/** What a case is naturally put off for, by rule; else for a scan. */
const NATURAL: Readonly<Partial<Record<RuleId, SnoozeCondition>>> = {
  promise_missed: 'delivery', promise_slipped: 'delivery', partly_shipped: 'warehouse_news', unfulfilled_late: 'warehouse_news', not_picked_up: 'carrier_scan',
  delivered_not_received: 'customer_writes', missing_item: 'customer_writes', address_problem: 'customer_writes', refused: 'customer_writes', damaged: 'customer_writes',
  lost: 'refund_settled', cancelled_after_shipment: 'refund_settled', came_back: 'delivery',
};

/** What the case can be put off for, the natural one first; for a feed only while one is late. */
export function conditionsFor(c: { readonly rule: RuleId; readonly held: boolean }): readonly SnoozeCondition[] {
  const first = c.held ? 'feed_speaks' : (NATURAL[c.rule] ?? 'carrier_scan');
  return [first, ...SNOOZE_CONDITIONS.filter((id) => id !== first && (id !== 'feed_speaks' || c.held))];
}

/** Whether the text names a condition. */
export function isSnoozeCondition(text: string): text is SnoozeCondition {
  return (SNOOZE_CONDITIONS as readonly string[]).includes(text);
}

/** The condition as the row says it: `until the next carrier scan`. */
export function snoozeInWords(condition: SnoozeCondition): string {
  return WORDS[condition].until;
}

/** For a list to choose from: `Next carrier scan`. */
export function snoozeLabel(condition: SnoozeCondition): string {
  return WORDS[condition].label;
}

/** Why a snooze ended at its time. */
export function timeIsUp(snooze: Snooze | null): string {
  return snooze?.condition ? `Time is up, ${WORDS[snooze.condition].missed}` : 'Time is up';
}

/** How many names of contacts, fulfilments and refunds a snooze keeps at most; an order with more wakes rather once too often. */
const MOST_KNOWN = 500;

/** Where a snooze begins: what is known of the order now, as far as it can come true or get worse from here. */
export function startOfSnooze(condition: SnoozeCondition | null, look: OrderLook): SnoozeStart {
  const scans: Record<string, readonly [Instant, string, string | null]> = {};
  for (const parcel of Object.values(look.state.parcels)) {
    const said = condition === 'carrier_scan' ? parcel.lastMovement : condition === 'delivery' ? parcel.delivered : null;
    if (said) scans[parcel.id] = [said.at, said.factId, parcel.facility];
  }
  return { scans, known: namesFor(condition, look.state).slice(-MOST_KNOWN), value: look.value, currency: look.currency };
}

/** Contacts always count, since a customer who writes ends every snooze. */
function namesFor(condition: SnoozeCondition | null, state: OrderState): string[] {
  const contacts = contactNames(state);
  if (condition === 'warehouse_news') return [...contacts, ...fulfilmentNews(state).keys()];
  return condition === 'refund_settled' ? [...contacts, ...refundNames(state)] : contacts;
}

/** Each time the customer wrote; that they looked is no contact. */
export function contactNames(state: OrderState): string[] {
  return state.contacts.filter((contact) => contact.contact !== 'status_checked').map((contact) => `contact:${contact.factId}`);
}

/** Refunds, and the status that says so where no single refund is told. */
export function refundNames(state: OrderState): string[] {
  const isWhole = state.payment?.value === 'refunded';
  return [...Object.keys(state.refunds).map((id) => `refund:${id}`), ...(isWhole ? ['refunded'] : [])];
}

/** What the warehouse has said, each with its sentence: fulfilments that came or were cancelled. */
export function fulfilmentNews(state: OrderState): Map<string, string> {
  const news = new Map<string, string>();
  for (const { id, announced, cancelled, location } of Object.values(state.fulfilments)) {
    if (announced) news.set(`fulfilment:${id}`, `The warehouse released it${location ? ` in ${location}` : ''}`);
    if (cancelled) news.set(`cancelled:${id}`, 'The warehouse cancelled a fulfilment');
  }
  return news;
}
