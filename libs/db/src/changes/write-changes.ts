import type { Tx } from '../transactions.js';

/** "This entity has a new version": what the live layer tells whoever looks at the topic. */
export interface NewChange {
  /** `queue`, `approvals`, `health`, `report` or `order:<uuid>`. */
  readonly topic: string;
  readonly entity: 'case' | 'order' | 'remedy' | 'source' | 'dead_letter';
  readonly id: string;
  readonly version: number;
  readonly changed?: readonly string[];
  /** List cells that everyone who may join the topic may see. */
  readonly patch?: Readonly<Record<string, unknown>>;
  /** Person id, `rule:<id>`, `system` or a connection. */
  readonly actor?: string | null;
  readonly mutationId?: string | null;
  /** The instant it happened; default: the database's clock. */
  readonly at?: number;
}

const WRITE = `
insert into change (topic, entity, entity_id, version, changed, patch, at, actor, mutation_id)
select t, e, i, v, array(select jsonb_array_elements_text(c::jsonb)), p, coalesce(a, clock_timestamp()), w, m
from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[]) with ordinality as u(t, e, i, v, c, p, a, w, m, n)
order by n`;

export const CHANGE_CHANNEL = 'orderwatch_change';

/** Writes change rows in the transaction whose result they announce; whoever listens is woken when it commits. */
export async function writeChanges(tx: Tx, changes: readonly NewChange[]): Promise<void> {
  if (changes.length === 0) return;
  const column = <T>(pick: (change: NewChange) => T): T[] => changes.map(pick);
  await tx.prepared(WRITE, [
    column((c) => c.topic), column((c) => c.entity), column((c) => c.id), column((c) => c.version), column((c) => JSON.stringify(c.changed ?? [])),
    column((c) => (c.patch ? JSON.stringify(c.patch) : null)), column((c) => (c.at === undefined ? null : new Date(c.at))), column((c) => c.actor ?? null), column((c) => c.mutationId ?? null),
  ]);
  await tx.prepared(`select pg_notify('${CHANGE_CHANNEL}', '')`);
}
