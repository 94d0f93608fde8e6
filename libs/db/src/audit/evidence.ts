import { unpackState } from '@orderwatch/domain';
import type { Queryable } from '../transactions.js';

/** An entry as it is stored and hashed, so that anybody can hash it again. */
export interface ChainedEntry {
  /** Its place in the chain: ids rise, and may skip. */
  readonly id: string;
  /** Milliseconds since 1970, as hashed. */
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly target: string | null;
  /** The exact text that is hashed. */
  readonly detail: string;
  /** Hex. */
  readonly prev: string;
  readonly hash: string;
}

/** A step of a remedy as its order's history has it, attempts included. */
export interface RemedyStep {
  readonly at: number;
  readonly actor: string;
  readonly what: string;
  readonly why: string | null;
}

/** Where a fact came from: the delivery as it is kept, by the hash of its exact bytes. */
export interface RawReference {
  readonly factId: string;
  readonly type: string;
  readonly source: string;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
  readonly delivery: string | null;
  readonly connection: string | null;
  /** sha256 of the delivery's bytes, hex; null when they are no longer kept. */
  readonly checksum: string | null;
}

/** All that the audit has of one thing, oldest first. */
export async function chainedEntries(db: Queryable, target: string): Promise<ChainedEntry[]> {
  const rows = await db.query<Omit<ChainedEntry, 'at'> & { at: Date }>(
    `select a.id::text as id, at, actor, action, target, detail, encode(prev, 'hex') as prev, encode(hash, 'hex') as hash from audit a where a.target = $1 order by a.id`, [target]);
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

export async function stepsOfRemedy(db: Queryable, orderId: string, remedyId: string): Promise<RemedyStep[]> {
  const rows = await db.query<Omit<RemedyStep, 'at'> & { at: Date }>(
    `select at, actor, what, why from case_history where order_id = $1::uuid and after is not null and after::json ->> 'remedy' = $2 order by id`, [orderId, remedyId]);
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** Where and how a reship was approved to go, without the address: whose it is, and the service. Null: it is no reship, or is from before that was asked. */
export async function deliveryOfRemedy(db: Queryable, orderId: string, remedyId: string): Promise<{ readonly addressOf: string; readonly service: string | null } | null> {
  const [row] = await db.query<{ of: string; service: string | null }>(`select delivery::json ->> 'addressOf' as of, delivery::json ->> 'service' as service from remedy where order_id = $1::uuid and id = $2::uuid and delivery is not null`, [orderId, remedyId]);
  return row ? { addressOf: row.of, service: row.service } : null;
}

/** What the order's lines are called, by their ids. */
export async function titlesOfLines(db: Queryable, orderId: string): Promise<Map<string, string>> {
  const [row] = await db.query<{ state: string }>('select state from order_state where order_id = $1::uuid', [orderId]);
  const lines = row ? unpackState(row.state).lines : [];
  return new Map(lines.flatMap((line) => (line.title ? [[line.id, line.title] as const] : [])));
}

/** Decisions as they are stored, whatever a decision says of itself. */
export async function decisionsOfRemedy(db: Queryable, orderId: string, remedyId: string): Promise<Readonly<Record<string, unknown>>[]> {
  const rows = await db.query<{ decision: Record<string, unknown> }>('select to_json(a) as decision from remedy_approval a where order_id = $1::uuid and remedy_id = $2::uuid order by at', [orderId, remedyId]);
  return rows.map((row) => row.decision);
}

export async function rawReferences(db: Queryable, orderId: string, factIds: readonly string[]): Promise<RawReference[]> {
  if (factIds.length === 0) return [];
  return db.query<RawReference>(
    `select e.fact_id as "factId", e.type, e.source, e.at as "occurredAt", e.received_at as "receivedAt", e.inbox_id::text as delivery, i.connection, encode(i.body_hash, 'hex') as checksum
       from order_event e left join inbox i on i.id = e.inbox_id where e.order_id = $1::uuid and e.fact_id = any($2::text[]) order by e.at, e.fact_id`, [orderId, factIds]);
}

/** Names of those people who are known here. */
export async function namesOfPeople(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; name: string }>('select id::text as id, name from person where id::text = any($1::text[])', [[...new Set(ids)]]);
  return new Map(rows.map((row) => [row.id, row.name]));
}
