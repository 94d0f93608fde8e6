import type { Change, Seq, Topic } from '@orderwatch/contract';
import type { ChangeRow, Position } from '@orderwatch/db';

export const seqOf = (position: Position): Seq => `${position.xid}.${position.id}`;

export function positionOf(seq: Seq): Position {
  const [xid = '0', id = '0'] = seq.split('.');
  return { xid, id };
}

/** A change as it goes over the socket; `prev` is the position of the topic's change before it. */
export function messageOf(row: ChangeRow, prev: Seq | null): Change {
  return {
    topic: row.topic as Topic, seq: seqOf(row), prev, entity: row.entity, id: row.entityId, version: row.version, changed: [...row.changed],
    ...(row.patch === null ? {} : { patch: JSON.parse(row.patch) as Record<string, unknown> }),
    at: row.at.toISOString(), cause: { actor: row.actor, mutationId: row.mutationId },
  };
}
