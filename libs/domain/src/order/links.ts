import { hash } from 'node:crypto';
import type { Instant } from '../shared/time.js';
import type { Fact, HandleFact, ParcelHandle } from './facts.js';

/** A parcel number carries an order, as of `at`. */
export interface Link {
  readonly handle: ParcelHandle;
  readonly orderId: string;
  readonly at: Instant;
}

/** The link that a fact says or implies: news that name a shipment and its number link the number to the order in whose history they stand. */
export function linkOf(fact: Fact, orderId: string): Link | undefined {
  if (fact.type === 'handle.linked') return { ...fact.data, at: fact.at };
  if (fact.type !== 'shipment.status' && fact.type !== 'shipment.estimate') return undefined;
  const { shipment, handle } = fact.data.ref;
  return shipment === undefined || handle === undefined ? undefined : { handle, orderId, at: fact.at };
}

/** The same link as a fact of its own: what other orders of the number are told, and what a person reads. */
export function linkFactOf(fact: Fact, orderId: string): HandleFact | undefined {
  if (fact.type === 'handle.linked') return fact;
  const link = linkOf(fact, orderId);
  if (!link) return undefined;
  const { at, source, kind } = fact;
  return { id: linkIdOf(fact, link.handle), at, source, kind, type: 'handle.linked', data: { handle: link.handle, orderId } };
}

/**
 * The id of that fact: the same whoever makes it and when. Histories of before have the link beside the news, under this very id;
 * therefore never another formula.
 */
export function linkIdOf(fact: Fact, handle: ParcelHandle): string {
  return fact.type === 'handle.linked' ? fact.id : hash('sha256', JSON.stringify(['link', fact.id, handle])).slice(0, 32);
}
