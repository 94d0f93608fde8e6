import type { AddressedFact, SourceKind } from '@orderwatch/domain';

/** Kinds of connection that receive deliveries from outside. */
export type ConnectorKind = Exclude<SourceKind, 'person'>;

/** One authentic delivery as it lies in the inbox: lower-case header names, the topic from the path, the exact bytes (inflated). */
export interface Delivery {
  readonly connection: string;
  readonly topic: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** What the connector itself made of these very bytes at the door ({@link FeedItem.checked}), so that they are not read a second time. */
  readonly checked?: unknown;
}

/** `genuine` with the keys that make a repeat recognisable (any of them seen before = a duplicate), or the reason why not. */
export type Verdict =
  | { readonly genuine: true; readonly deliveryKeys: readonly string[] }
  | { readonly genuine: false; readonly reason: string };

/** Personal data of a customer, kept apart from facts; `id` is the uuid the facts carry. */
export interface CustomerRecord {
  readonly id: string;
  /** The customer's id in its own system, when the source names one. */
  readonly sourceId?: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly locale?: string;
}

/**
 * What a delivery came to.
 * `understood`: facts (possibly none that are new); `not_used`: a topic we keep and show but do not read;
 * `dead`: authentic but not understood, with the reason a person reads. `rejected` are parts of a batch that are dead on their own.
 */
export type Mapped =
  | { readonly outcome: 'understood'; readonly facts: readonly AddressedFact[]; readonly customers: readonly CustomerRecord[] }
  | { readonly outcome: 'not_used'; readonly reason: string }
  | { readonly outcome: 'dead'; readonly cause: string; readonly detail: string };

/** What every outside system brings: is it genuine, and what does it say. Both are pure. */
export interface Connector {
  readonly kind: ConnectorKind;
  /** Words for the person who sets the connection up at the source. */
  readonly setup: { readonly header: string; readonly hint: string };
  /** Checks the signature over the raw bytes; constant-time. `now` in epoch ms for sources that sign a timestamp. */
  verify(delivery: Delivery, secrets: readonly string[], now: number): Verdict;
  /** Parses and translates one delivery; never throws on bad input. `zone` is read into times without offset. */
  map(delivery: Delivery): Mapped;
}
