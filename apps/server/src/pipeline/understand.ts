import { connectorOf, orderIdOf, type ConnectorKind, type CustomerRecord, type Mapped } from '@orderwatch/connectors';
import { describeError, type Finished, type IncomingFact, type NewDelivery, type StoredDelivery } from '@orderwatch/db';

/** What a delivery came to, in the terms of the store. */
export interface Understood {
  readonly delivery: StoredDelivery;
  readonly finished: Finished;
  readonly facts: readonly IncomingFact[];
  readonly customers: readonly CustomerRecord[];
  /** Time of the newest thing it tells. */
  readonly occurredAt: number | null;
}

/** What a delivery says; ids and times of reception are no part of it. Never throws: what cannot be understood is dead, with its reason. */
export function mapDelivery(delivery: Pick<NewDelivery, 'connection' | 'topic' | 'headers' | 'body' | 'checked'> & Pick<StoredDelivery, 'unreadable'>, kind: ConnectorKind | undefined): Mapped {
  if (delivery.unreadable !== undefined) return { outcome: 'dead', cause: 'unreadable', detail: `The stored bytes cannot be opened: ${delivery.unreadable}` };
  if (!kind) return { outcome: 'dead', cause: 'unknown_connection', detail: `There is no connection ${delivery.connection} any more.` };
  try {
    return connectorOf(kind).map({ ...delivery, topic: delivery.topic });
  } catch (error) {
    // Connectors do not throw; one that does must not stop the others.
    return { outcome: 'dead', cause: 'mapping_failed', detail: describeError(error) };
  }
}

/** Where what it says belongs. */
export function addressed(connection: string, mapped: Mapped): Pick<IncomingFact, 'to' | 'fact'>[] {
  if (mapped.outcome !== 'understood') return [];
  return mapped.facts.map(({ to, fact }) => ({ fact, to: 'order' in to ? { orderId: orderIdOf(connection, to.order), home: connection, homeId: to.order } : { parcel: to.parcel } }));
}

/** What one delivery came to. */
export function understand(delivery: StoredDelivery, result: Mapped, addressedFacts = addressed(delivery.connection, result)): Understood {
  const { id } = delivery;
  const nothing = { delivery, facts: [], customers: [], occurredAt: null };
  if (result.outcome === 'dead') return { ...nothing, finished: { id, state: 'dead', cause: result.cause, detail: result.detail } };
  if (result.outcome === 'not_used') return { ...nothing, finished: { id, state: 'not_used', detail: result.reason } };
  const receivedAt = delivery.knownAt ?? delivery.receivedAt;
  const facts = addressedFacts.map(({ to, fact }): IncomingFact => ({ fact, receivedAt, inboxId: id, to }));
  const occurredAt = facts.reduce<number | null>((latest, { fact }) => (latest === null || fact.at > latest ? fact.at : latest), null);
  return { delivery, finished: { id, state: 'done' }, facts, customers: result.customers, occurredAt };
}
