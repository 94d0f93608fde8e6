import { connectorOf, orderIdOf, type ConnectorKind, type CustomerRecord, type Mapped } from '@orderwatch/connectors';
import { describeError, type Finished, type IncomingFact, type StoredDelivery } from '@orderwatch/db';

/** What a delivery came to, in the terms of the store. */
export interface Understood {
  readonly delivery: StoredDelivery;
  readonly finished: Finished;
  readonly facts: readonly IncomingFact[];
  readonly customers: readonly CustomerRecord[];
  /** Time of the newest thing it tells. */
  readonly occurredAt: number | null;
}

function mapped(delivery: StoredDelivery, kind: ConnectorKind | undefined): Mapped {
  if (delivery.unreadable !== undefined) return { outcome: 'dead', cause: 'unreadable', detail: `The stored bytes cannot be opened: ${delivery.unreadable}` };
  if (!kind) return { outcome: 'dead', cause: 'unknown_connection', detail: `There is no connection ${delivery.connection} any more.` };
  try {
    return connectorOf(kind).map(delivery);
  } catch (error) {
    // Connectors do not throw; one that does must not stop the others.
    return { outcome: 'dead', cause: 'mapping_failed', detail: describeError(error) };
  }
}

/** Translates one delivery. Never throws: what cannot be understood is a dead letter with its reason. */
export function understand(delivery: StoredDelivery, kind: ConnectorKind | undefined): Understood {
  const result = mapped(delivery, kind);
  const { id } = delivery;
  const nothing = { delivery, facts: [], customers: [], occurredAt: null };
  if (result.outcome === 'dead') return { ...nothing, finished: { id, state: 'dead', cause: result.cause, detail: result.detail } };
  if (result.outcome === 'not_used') return { ...nothing, finished: { id, state: 'not_used', detail: result.reason } };
  const receivedAt = delivery.knownAt ?? delivery.receivedAt;
  const facts = result.facts.map(({ to, fact }): IncomingFact => ({
    fact, receivedAt, inboxId: id,
    to: 'order' in to ? { orderId: orderIdOf(delivery.connection, to.order), home: delivery.connection, homeId: to.order } : { parcel: to.parcel },
  }));
  const occurredAt = facts.reduce<number | null>((latest, { fact }) => (latest === null || fact.at > latest ? fact.at : latest), null);
  return { delivery, finished: { id, state: 'done' }, facts, customers: result.customers, occurredAt };
}
