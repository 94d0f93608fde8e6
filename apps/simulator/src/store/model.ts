import type { CarrierId } from './carriers.js';

/** Which system is an order's home, and so through which mouth the store speaks of it. */
export type Home = 'feed' | 'shopify';

export type Currency = 'EUR' | 'USD' | 'GBP';

export interface Customer {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly locale: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly country: string;
  readonly countryCode: string;
}

export interface OrderLine {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly unitMinor: number;
  readonly grams: number;
}

/** One fulfilment with the one parcel it leaves in; a split shipment has several. */
export interface Fulfilment {
  readonly id: string;
  /** `#24017.1`, as Shopify counts them. */
  readonly name: string;
  readonly lineIds: readonly string[];
  readonly location: string;
  readonly shipmentId: string;
  readonly trackerId: string;
  readonly carrier: CarrierId;
  readonly service: string;
  readonly number: string;
}

export interface StoreOrder {
  /** Names the order in the simulator and seeds everything derived from it. */
  readonly key: string;
  readonly home: Home;
  readonly id: string;
  readonly name: string;
  readonly orderNumber: number;
  readonly placedAt: number;
  readonly currency: Currency;
  readonly customer: Customer;
  readonly lines: readonly OrderLine[];
  readonly shippingMinor: number;
  readonly totalMinor: number;
  /** Until the end of this day in `timeZone`. */
  readonly promisedBy: string;
  readonly timeZone: string;
  readonly tags: readonly string[];
  readonly sourceIdentifier?: string;
  readonly fulfilments: readonly Fulfilment[];
}

/** Where a parcel is, in the words both mouths translate from. */
export type Stage =
  | 'label_created' | 'accepted' | 'arrived' | 'departed' | 'out_for_delivery' | 'delivery_attempted' | 'ready_for_pickup'
  | 'delivered' | 'delayed' | 'exception' | 'returning' | 'returned' | 'lost' | 'cancelled' | 'unheard_of';

export type ExceptionReason = 'address_problem' | 'customs_hold' | 'refused' | 'damaged' | 'weather' | 'missorted';

export type ContactKind = 'where_is_it' | 'not_received' | 'missing_item' | 'damaged' | 'complaint' | 'other';

/** What happens; `at` is when, `heardAt` is when news of it leaves the store or the carrier. */
export type Happening = { readonly at: number; readonly heardAt: number } & What;

export type What =
  | { readonly kind: 'placed' }
  | { readonly kind: 'paid' }
  | { readonly kind: 'cancelled'; readonly reason: 'customer' | 'inventory' | 'fraud' | 'other' }
  | { readonly kind: 'refunded'; readonly amountMinor: number; readonly reason: string }
  | { readonly kind: 'fulfilled'; readonly parcel: number }
  | ScanWhat
  | { readonly kind: 'estimate'; readonly parcel: number; readonly estimatedAt: number }
  | { readonly kind: 'contact'; readonly contact: ContactKind; readonly text: string; readonly channel: string; readonly sentiment: 'negative' | 'neutral' | 'positive' }
  | { readonly kind: 'status_checked'; readonly channel: string };

export interface ScanWhat {
  readonly kind: 'scan';
  /** Index into the order's fulfilments. */
  readonly parcel: number;
  readonly stage: Stage;
  readonly reason?: ExceptionReason;
  readonly message: string;
  readonly place: string;
  readonly estimatedAt?: number;
  /** Told by the shop instead of the carrier: a second source that may contradict. */
  readonly toldByShop?: boolean;
}

export type Scan = Extract<Happening, { kind: 'scan' }>;

/** An order and all that will ever happen to it, in the order in which it is heard. */
export interface Plan {
  readonly order: StoreOrder;
  readonly fault: string | undefined;
  readonly happenings: readonly Happening[];
}
