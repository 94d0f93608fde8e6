import type { RemedyKind } from '../remedies/remedy.js';
import type { Money } from '../shared/money.js';
import type { Instant } from '../shared/time.js';
import type { ContactKind, FactPosition, LineFact, ParcelHandle, SourceKind } from './facts.js';

/** Which fact said something, when it happened and who said it. */
export interface Said {
  readonly at: Instant;
  readonly factId: string;
  readonly source: string;
  readonly kind: SourceKind;
}

/** A value with the fact it rests on. */
export interface Known<T> extends Said {
  readonly value: T;
}

export type OrderStatus = 'placed' | 'held' | 'cancelled' | 'closed';
export type PaymentStatus =
  | 'pending' | 'authorized' | 'partially_paid' | 'paid' | 'failed' | 'partially_refunded' | 'refunded' | 'voided' | 'disputed';
export type ReturnStatus =
  | 'requested' | 'approved' | 'declined' | 'in_transit' | 'received' | 'inspected' | 'refunded' | 'closed';
export type ShipmentStatus =
  | 'label_created' | 'accepted' | 'in_transit' | 'out_for_delivery' | 'attempted' | 'ready_for_pickup' | 'delivered'
  | 'exception' | 'returning' | 'returned' | 'lost' | 'cancelled';

/** What a carrier reports as wrong: the id of the rule that shows it. */
export type ParcelProblem =
  | 'delivery_attempt_failed' | 'address_problem' | 'customs_hold' | 'refused' | 'damaged' | 'lost' | 'carrier_exception';

export interface ParcelState {
  /** Stable within the order: the first of its names in code-unit order. */
  readonly id: string;
  /** `<connection>/<id>` of shipments that name it. */
  shipments: string[];
  handles: ParcelHandle[];
  carrier: string | null;
  number: string | null;
  url: string | null;
  service: string | null;
  fulfilments: string[];
  status: Known<ShipmentStatus> | null;
  facility: string | null;
  /** Last scan in the carrier's words. */
  lastWords: string | null;
  firstMovement: Said | null;
  lastMovement: Said | null;
  /** Set while the parcel is delivered; cleared by a genuine exception or return dated after it. */
  delivered: Said | null;
  /** The first delivery ever claimed; never cleared: a customer's contact is held against it. */
  firstDelivered: Said | null;
  problem: Known<ParcelProblem> | null;
  delayed: Said | null;
  firstEstimate: Known<string> | null;
  estimate: Known<string> | null;
  /** Codes of its source that the status map does not know, each once, until it knows them. */
  unmapped: Known<string>[];
  /** The kind whose word sets the status: the highest-ranked that reported a movement. */
  owner: SourceKind | null;
  /** What sources without the say claim last, per connection. */
  overruled: Record<string, Known<ShipmentStatus>>;
}

/** How goods were made good: which lines; the kind alone when it was all of them. */
export type MadeGood = RemedyKind | { readonly kind: RemedyKind; readonly lines: readonly string[] };

export interface FulfilmentState {
  readonly id: string;
  /** Earliest time anything named it. */
  since: Said;
  announced: boolean;
  cancelled: Said | null;
  /** Lines it carries; null = all of the order's. */
  lines: string[] | null;
  location: string | null;
  parcels: string[];
}

export interface ContactState extends Said {
  readonly contact: ContactKind | 'status_checked';
  readonly channel: string | null;
  readonly sentiment: string | null;
}

/**
 * One order's truth: a pure function of the set of its facts, the status map and the ranks (docs/ARCHITECTURE.md, "Fold").
 * Holds no received times. JSON-safe; its canonical text is what `verify` compares.
 */
export interface OrderState {
  readonly orderId: string;
  /** Version of the status map it was folded with. */
  readonly mapVersion: number;
  /** Position of the last applied fact; a fact after it may take the fast path. */
  last: FactPosition | null;
  facts: number;
  announced: boolean;
  name: Known<string> | null;
  customerId: string | null;
  currency: string | null;
  total: Known<Money> | null;
  timeZone: string;
  country: string | null;
  placed: Said | null;
  /** Earliest time anything happened to it. */
  firstAt: Instant | null;
  promise: Known<string> | null;
  firstPromise: Known<string> | null;
  preorderUntil: string | null;
  tags: string[];
  lines: LineFact[];
  order: Known<OrderStatus> | null;
  held: Said | null;
  released: Said | null;
  cancelled: Said | null;
  payment: Known<PaymentStatus> | null;
  /** First moment it counted as paid. */
  paid: Said | null;
  refunds: Record<string, Known<Money | null>>;
  fulfilments: Record<string, FulfilmentState>;
  parcels: Record<string, ParcelState>;
  returns: Record<string, Known<ReturnStatus>>;
  contacts: ContactState[];
  remedies: Record<string, Known<MadeGood>>;
  /** Unknown codes that belong to no parcel (payment, return). */
  unmapped: Known<string>[];
  /** Name (shipment or handle) → parcel id. */
  names: Record<string, string>;
  /** Handles whose news must be split by time because other orders share them; the fast path does not touch them. */
  sharedHandles: ParcelHandle[];
}

/** Statuses that count as movement: a scan, not a label, an estimate, a notice or a cancellation (contract, section 7). */
export const MOVEMENTS: ReadonlySet<ShipmentStatus> = new Set<ShipmentStatus>([
  'accepted', 'in_transit', 'out_for_delivery', 'attempted', 'ready_for_pickup', 'delivered', 'exception', 'returning', 'returned',
]);

/** Some movement, and not ready for pickup, delivered, returning, returned, lost or cancelled (contract, section 7). */
export function isWithCarrier(parcel: ParcelState): boolean {
  if (!parcel.lastMovement) return false;
  if (parcel.delivered) return false;
  const status = parcel.status?.value;
  return status !== 'ready_for_pickup' && status !== 'delivered' && status !== 'returning' && status !== 'returned' && status !== 'lost' && status !== 'cancelled';
}
