import type { RemedyKind } from '../remedies/remedy.js';
import type { Instant } from '../shared/time.js';
import type { Money } from '../shared/money.js';

/** What kind of system a connection is; decides the source's rank and what it owns. */
export type SourceKind = 'events' | 'shopify' | 'easypost' | 'person';

/**
 * Something outside that names a parcel: the carrier's canonical id and the number without spaces and dashes, upper case.
 * Written as text `<carrier>:<number>`, e.g. `ups:1Z999AA10123456784`.
 */
export type ParcelHandle = string;

/** A line of an order as a source names it. `quantity` counts pieces; `price` is the unit price as decimal text. */
export interface LineFact {
  readonly id: string;
  readonly sku?: string;
  readonly title?: string;
  readonly quantity?: number;
  readonly price?: string;
  /** Date (`YYYY-MM-DD`, until the end of that day in the order's zone) or ISO date-time. */
  readonly promisedBy?: string;
  readonly shipBy?: string;
}

/** What a source says an order is. Absent = not said; null = said to be empty. */
export interface OrderDetails {
  readonly name?: string;
  /** Our customer id (uuid); personal data never enters a fact. */
  readonly customerId?: string;
  readonly total?: Money;
  readonly currency?: string;
  readonly promisedBy?: string | null;
  readonly timeZone?: string;
  readonly lines?: readonly LineFact[];
  readonly tags?: readonly string[];
  readonly preorderUntil?: string | null;
  readonly country?: string;
}

/** What names the parcel a fact is about. At least one of the two is present; a fact addressed to a parcel number names the number alone. */
export interface ParcelRef {
  /** `<connection>/<id>` of the shipment in its own system. */
  readonly shipment?: string;
  readonly handle?: ParcelHandle;
}

interface FactBase {
  /** Hex hash of the source's natural identity (64 characters or fewer); never an id of ours. The same fact in other clothes has the same id. */
  readonly id: string;
  /** When it happened, as claimed by the source. */
  readonly at: Instant;
  /** Connection name. */
  readonly source: string;
  readonly kind: SourceKind;
}

/** `order.placed` announces the order; `order.edited` changes what it names; `order.snapshot` is a shop's whole current view, dated by the shop. */
export interface OrderDetailsFact extends FactBase {
  readonly type: 'order.placed' | 'order.edited' | 'order.snapshot';
  readonly data: OrderDetails;
}

export interface OrderMarkFact extends FactBase {
  readonly type: 'order.held' | 'order.released' | 'order.cancelled' | 'order.closed';
  readonly data: { readonly reason?: string };
}

/**
 * One happening or status of the payment. `code` is the source's own code (feed: `authorized`, `captured`, `failed`, `refunded`, `disputed`;
 * Shopify: financial_status). Refunds carry `refundId`, so that the same refund counted twice counts once.
 */
export interface PaymentFact extends FactBase {
  readonly type: 'payment.status' | 'payment.refund';
  readonly data: { readonly code: string; readonly amount?: Money; readonly reason?: string; readonly refundId?: string };
}

/** A fulfilment exists, with the lines it carries (absent = all of them) and the parcels it names. Ids are `<connection>/<id>`. */
export interface FulfilmentFact extends FactBase {
  readonly type: 'fulfilment.created' | 'fulfilment.snapshot' | 'fulfilment.cancelled';
  readonly data: {
    readonly fulfilmentId: string;
    readonly location?: string;
    readonly lines?: readonly string[];
    readonly parcels?: readonly { readonly ref: ParcelRef; readonly carrier?: string; readonly number?: string; readonly url?: string; readonly service?: string }[];
  };
}

/** What a source says of a parcel, in the source's own code; the status map of `kind` gives it meaning. */
export interface ShipmentFact extends FactBase {
  readonly type: 'shipment.status';
  readonly data: {
    readonly ref: ParcelRef;
    /** The source's own code, two levels where the source has two (`failure/package_damaged`). */
    readonly code: string;
    readonly fulfilmentId?: string;
    readonly carrier?: string;
    readonly number?: string;
    readonly url?: string;
    readonly service?: string;
    readonly facility?: string;
    readonly description?: string;
    /** ISO date or date-time. */
    readonly estimatedAt?: string;
  };
}

export interface EstimateFact extends FactBase {
  readonly type: 'shipment.estimate';
  readonly data: { readonly ref: ParcelRef; readonly estimatedAt: string };
}

export interface ReturnFact extends FactBase {
  readonly type: 'return.status';
  readonly data: { readonly returnId: string; readonly code: string; readonly lines?: readonly string[]; readonly reason?: string; readonly number?: string };
}

export type ContactKind = 'where_is_it' | 'not_received' | 'missing_item' | 'damaged' | 'complaint' | 'other';

/** A customer wrote (`received`) or looked (`status_checked`). `text` stays in the raw delivery; facts carry none of it. */
export interface ContactFact extends FactBase {
  readonly type: 'contact.received' | 'contact.status_checked';
  readonly data: { readonly kind: ContactKind | 'status_checked'; readonly channel?: string; readonly ticketId?: string; readonly sentiment?: string };
}

/**
 * A payload that named both sides says: this parcel number carries this order, as of `at`. Kept with every order that shares the number.
 * A shipment's news with both names say it by themselves (`linkOf`); then only the other orders of the number have such a fact.
 */
export interface HandleFact extends FactBase {
  readonly type: 'handle.linked';
  readonly data: { readonly handle: ParcelHandle; readonly orderId: string };
}

/** A remedy that Orderwatch executed and the outside system confirmed; stands on the timeline. */
export interface RemedyFact extends FactBase {
  readonly type: 'remedy.executed';
  /** `lines`: the goods it made good, none for money alone; absent = all of the order's. */
  readonly data: { readonly remedyId: string; readonly remedyKind: RemedyKind; readonly lines?: readonly string[]; readonly amount?: Money; readonly reference: string };
}

/** One dated fact about one order: the only input of the fold. */
export type Fact =
  | OrderDetailsFact | OrderMarkFact | PaymentFact | FulfilmentFact | ShipmentFact | EstimateFact
  | ReturnFact | ContactFact | HandleFact | RemedyFact;

export type FactType = Fact['type'];

/** Where a fact belongs: to an order by its home's own id, or to whatever orders a parcel number is linked to. */
export type FactAddress = { readonly order: string } | { readonly parcel: ParcelHandle };

/** A fact with its address, as a connector hands it over. */
export interface AddressedFact {
  readonly to: FactAddress;
  readonly fact: Fact;
}

/** Position of a fact in the one total order: claimed time, then source rank, then id. */
export interface FactPosition {
  readonly at: Instant;
  readonly rank: number;
  readonly id: string;
}

/** Later in the total order wins a tie; a person outranks a carrier, a carrier the feed, the feed the shop. */
const RANK: Readonly<Record<SourceKind, number>> = { shopify: 10, events: 20, easypost: 30, person: 90 };

/** The rank of a source kind in the total order and among those that speak about a parcel. */
export function sourceRank(kind: SourceKind): number {
  return RANK[kind];
}

/** Where a fact stands in the total order. */
export function positionOf(fact: Fact): FactPosition {
  return { at: fact.at, rank: RANK[fact.kind], id: fact.id };
}

/** Compares two positions: negative when `a` comes first. Ids are compared by code unit, so every machine agrees. */
export function comparePositions(a: FactPosition, b: FactPosition): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.rank !== b.rank) return a.rank - b.rank;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
