import type { OrderState, Said } from '../order/state.js';
import type { Instant } from '../shared/time.js';

/** Stable ids of the rules that exist (contract, section 7). */
export type RuleId =
  | 'not_picked_up' | 'no_movement' | 'promise_missed' | 'promise_slipped' | 'unfulfilled_late' | 'partly_shipped'
  | 'delivery_attempt_failed' | 'address_problem' | 'customs_hold' | 'refused' | 'damaged' | 'lost' | 'carrier_exception'
  | 'returned_to_sender' | 'delivered_not_received' | 'missing_item' | 'cancelled_after_shipment' | 'came_back' | 'unmapped_status';

export type Severity = 'critical' | 'high' | 'normal' | 'low';

/** Thresholds and switches: data, per installation. A limit is in milliseconds; absent = the rule's default. */
export interface Policy {
  readonly limits: Readonly<Partial<Record<RuleId, number>>>;
  readonly disabled: readonly RuleId[];
}

/** Every rule on, with its default limit. */
export const defaultPolicy: Policy = { limits: {}, disabled: [] };

/** What `assess` is given besides the state; the domain reads no clock. */
export interface AssessContext {
  readonly policy: Policy;
  readonly now: Instant;
  /** When we heard of facts that are stamped later than that; rule clocks use the earlier of the two. */
  readonly heard: Readonly<Record<string, Instant>>;
  /** Connections that are silent right now, and since when. */
  readonly silences: Readonly<Record<string, Instant>>;
  /** Keys of findings that are open already: a silence that began before they opened, and was seen after, does not close them. */
  readonly open?: ReadonlySet<string>;
}

/** What a finding is about. `id` is the parcel's, fulfilment's or line's id within the order. */
export interface Subject {
  readonly type: 'order' | 'parcel' | 'fulfilment';
  readonly id: string | null;
}

/** Values a sentence is made of; JSON-safe. */
export type Detail = Readonly<Record<string, string | number | null>>;

/** Something a rule watches: open from `opensAt` on, until the state says otherwise. */
export interface Condition {
  readonly subject: Subject;
  /** Start of the span: with rule and subject it names this happening; a later start is new evidence. */
  readonly startedAt: Instant;
  /** When the rule's condition became or becomes true: the crossing of the threshold. */
  readonly since: Instant;
  /** First millisecond at which it is open ("longer than" is strict). */
  readonly opensAt: Instant;
  /** Connection whose silence could be the reason instead; null = none. */
  readonly feed: string | null;
  readonly detail: Detail;
}

/** One rule: pure, over one order. */
export interface Rule {
  readonly id: RuleId;
  /** Two or three words for a chip. */
  readonly label: string;
  readonly severity: Severity;
  /** Default threshold in milliseconds, where the rule has one. */
  readonly limit?: number;
  conditions(state: OrderState, look: Look): Condition[];
  /** One sentence of why, for a person; no full stop needed after a value. */
  explain(detail: Detail, since: Instant, now: Instant): string;
}

/** What a rule may ask for. */
export interface Look {
  readonly limit: number;
  /** The time to count from: as claimed, but not later than we heard of it. */
  clock(said: Said): Instant;
}

/** The condition that opens when `from` is longer ago than `limit`. */
export function longerThan(from: Instant, limit: number): { since: Instant; opensAt: Instant } {
  return { since: from + limit, opensAt: from + limit + 1 };
}

/** The condition that is open from that instant on. */
export function fromThen(instant: Instant): { since: Instant; opensAt: Instant } {
  return { since: instant, opensAt: instant };
}
