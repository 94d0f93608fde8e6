import { float8Array, int4Array, textArray } from '../binary-arrays.js';
import { rowsOfArrays } from '../rows-of-arrays.js';
import type { Tx } from '../transactions.js';

/** "This entity has a new version": what the live layer tells whoever looks at the topic. */
export interface NewChange {
  /** `queue`, `approvals`, `health`, `report` or `order:<uuid>`. */
  readonly topic: string;
  readonly entity: 'case' | 'order' | 'remedy' | 'cohort' | 'delegation' | 'source' | 'dead_letter';
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

/** What is said on it: the xid of the transaction that was committed. */
export const CHANGE_CHANNEL = 'orderwatch_change';

const WRITE = `
with written as (
insert into change (topic, entity, entity_id, version, changed, patch, at, actor, mutation_id)
select t, e, i, v, string_to_array(c, ','), p, coalesce(to_timestamp(a / 1000), clock_timestamp()), w, m
from ${rowsOfArrays(['t text', 'e text', 'i text', 'v int', 'c text', 'p text', 'a float8', 'w text', 'm text'], { nth: 'n' })} as u
order by n
)
select pg_notify('${CHANGE_CHANNEL}', pg_current_xact_id()::text)`;

/** Writes change rows in the transaction whose result they announce; whoever listens is woken when it commits. */
export async function writeChanges(tx: Tx, changes: readonly NewChange[]): Promise<void> {
  if (changes.length === 0) return;
  const column = <T>(pick: (change: NewChange) => T): T[] => changes.map(pick);
  await tx.prepared(WRITE, [
    textArray(column((c) => c.topic)), textArray(column((c) => c.entity)), textArray(column((c) => c.id)), int4Array(column((c) => c.version)), textArray(column((c) => (c.changed ?? []).join(','))),
    textArray(column((c) => (c.patch ? JSON.stringify(c.patch) : null))), float8Array(column((c) => c.at ?? null)), textArray(column((c) => c.actor ?? null)), textArray(column((c) => c.mutationId ?? null)),
  ]);
}
