import { renameKey, unpackState, type Fact, type LedgerEntry, type OrderState, type RemedyKind, type SourceKind } from '@orderwatch/domain';
import type { Queryable } from '../transactions.js';

/** A stored fact as the order page needs it. */
export interface StoredFact {
  readonly fact: Fact;
  readonly receivedAt: number;
  readonly inboxId: string | null;
}

export interface HistoryRow {
  readonly id: string;
  readonly at: number;
  /** Person id, `rule:<id>` or `system`. */
  readonly actor: string;
  readonly what: string;
  readonly why: string | null;
  readonly rule: string | null;
}

export interface OrderRemedyRow {
  readonly id: string;
  readonly kind: RemedyKind;
  readonly state: string;
  readonly amountMinor: number | null;
  readonly currency: string | null;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly executedAt: number | null;
  readonly confirmedAt: number | null;
  readonly attemptedAt: number | null;
  readonly reference: string | null;
  readonly failure: string | null;
}

export interface ApprovalRow {
  readonly remedyId: string;
  readonly personId: string;
  readonly at: number;
  readonly decision: 'approved' | 'declined' | 'called_back';
  readonly reason: string | null;
}

/** Everything the order page shows, read at one instant. */
export interface OrderPageRow {
  readonly id: string;
  readonly version: number;
  readonly home: string;
  readonly homeId: string;
  readonly state: OrderState;
  readonly customerId: string | null;
  readonly facts: readonly StoredFact[];
  readonly history: readonly HistoryRow[];
  readonly remedies: readonly OrderRemedyRow[];
  readonly approvals: readonly ApprovalRow[];
  readonly ledger: readonly LedgerEntry[];
  /** Keys of findings that somebody's resolution covered. */
  readonly acknowledged: readonly string[];
  /** Keys of the findings that its case shows. */
  readonly open: readonly string[];
  readonly heldBy: readonly string[];
  readonly early: Readonly<Record<string, number>>;
  readonly replaces: OrderLinkRow | null;
  readonly replacedBy: readonly OrderLinkRow[];
  readonly people: Readonly<Record<string, string>>;
}

export interface OrderLinkRow {
  readonly id: string;
  readonly name: string;
}

interface EventJson {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly received: number;
  readonly source: string;
  readonly kind: SourceKind;
  readonly inbox: string | null;
  readonly data: string;
}

interface Raw {
  readonly id: string;
  readonly version: number;
  readonly home: string;
  readonly homeId: string;
  readonly state: string;
  readonly early: string | null;
  readonly heldBy: string[];
  readonly customerId: string | null;
  readonly events: EventJson[] | null;
  readonly history: HistoryRow[] | null;
  readonly remedies: OrderRemedyRow[] | null;
  readonly approvals: ApprovalRow[] | null;
  readonly ledger: LedgerEntry[] | null;
  readonly acknowledged: string[] | null;
  readonly findings: string | null;
  readonly people: Record<string, string> | null;
}

/** Milliseconds of an instant column. */
const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;

const READ = `
select o.order_id as id, o.version, o.home, o.home_id as "homeId", o.state, o.early, o.held_by as "heldBy", o.customer_id as "customerId",
  (select json_agg(json_build_object('id', e.fact_id, 'type', e.type, 'at', ${ms('e.at')}, 'received', ${ms('e.received_at')}, 'source', e.source,
     'kind', e.kind, 'inbox', e.inbox_id::text, 'data', e.data)) from order_event e where e.order_id = o.order_id) as events,
  (select json_agg(json_build_object('id', h.id::text, 'at', ${ms('h.at')}, 'actor', h.actor, 'what', h.what, 'why', h.why, 'rule', h.rule) order by h.at, h.id)
     from case_history h where h.order_id = o.order_id) as history,
  (select json_agg(json_build_object('id', r.id, 'kind', r.kind, 'state', r.state, 'amountMinor', r.amount_minor, 'currency', r.currency, 'reason', r.reason,
     'proposedBy', r.proposed_by, 'proposedAt', ${ms('r.proposed_at')}, 'executedAt', ${ms('r.executed_at')}, 'confirmedAt', ${ms('r.confirmed_at')},
     'attemptedAt', ${ms('r.attempted_at')}, 'reference', r.reference, 'failure', r.failure) order by r.proposed_at, r.id)
     from remedy r where r.order_id = o.order_id) as remedies,
  (select json_agg(json_build_object('remedyId', a.remedy_id, 'personId', a.person_id, 'at', ${ms('a.at')}, 'decision', a.decision, 'reason', a.reason) order by a.at)
     from remedy_approval a where a.order_id = o.order_id) as approvals,
  (select json_agg(json_build_object('id', l.id, 'at', ${ms('l.at')}, 'kind', l.kind, 'amount', json_build_object('minor', l.amount_minor, 'currency', l.currency),
     'lines', l.lines::json, 'source', l.source, 'remedyId', l.remedy_id) order by l.at, l.id) from remedy_ledger l where l.order_id = o.order_id) as ledger,
  (select c.acknowledged from case_item c where c.order_id = o.order_id) as acknowledged, (select c.findings from case_item c where c.order_id = o.order_id) as findings,
  (select json_object_agg(p.id, p.name) from person p where p.id::text in (
     select h.actor from case_history h where h.order_id = o.order_id union select r.proposed_by::text from remedy r where r.order_id = o.order_id
     union select a.person_id::text from remedy_approval a where a.order_id = o.order_id)) as people
from order_state o where o.order_id = $1::uuid`;

/** A reship is an order of its own that names the remedy's order; what was sent again is found by the remedy's reference. */
const LINKS = `
select n.order_id as id, coalesce(n.name, n.home_id) as name, 'replaced_by' as how
  from remedy r join order_state n on n.home_id = r.reference or lower(n.name) = lower(r.reference)
  where r.order_id = $1::uuid and r.kind = 'reship' and r.reference is not null and n.order_id <> r.order_id
union all
select o.order_id, coalesce(o.name, o.home_id), 'replaces'
  from order_state me join remedy r on r.kind = 'reship' and r.reference in (me.home_id, me.name) join order_state o on o.order_id = r.order_id
  where me.order_id = $1::uuid and o.order_id <> me.order_id limit 20`;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be an id at all; anything else is simply not found. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** One order with its facts, its case's history and its remedies, in one statement. */
export async function readOrderPage(db: Queryable, id: string): Promise<OrderPageRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await db.prepared<Raw>(READ, [id]);
  if (!row) return null;
  const links = await db.prepared<OrderLinkRow & { how: string }>(LINKS, [id]);
  const link = ({ id: linked, name }: OrderLinkRow): OrderLinkRow => ({ id: linked, name });
  const first = links.find((l) => l.how === 'replaces');
  const state = unpackState(row.state);
  const findings = JSON.parse(row.findings ?? '[]') as { readonly key: string }[];
  return {
    id: row.id, version: row.version, home: row.home, homeId: row.homeId, state, customerId: row.customerId,
    facts: (row.events ?? []).map(toFact), history: row.history ?? [], remedies: row.remedies ?? [], approvals: row.approvals ?? [], ledger: row.ledger ?? [],
    acknowledged: (row.acknowledged ?? []).map((key) => renameKey(key, state.names)), open: findings.map((f) => renameKey(f.key, state.names)), heldBy: row.heldBy, early: row.early ? (JSON.parse(row.early) as Record<string, number>) : {},
    replaces: first ? link(first) : null, replacedBy: links.filter((l) => l.how === 'replaced_by').map(link), people: row.people ?? {},
  };
}

const SILENT_AT = `select connection, (extract(epoch from from_at) * 1000)::float8 as since from feed_silence
 where from_at <= $1::timestamptz and (until_at is null or until_at > $1::timestamptz)`;

/** Connections whose recorded silence covers that instant, and since when. */
export async function silencesAt(db: Queryable, at: number): Promise<Record<string, number>> {
  const rows = await db.prepared<{ connection: string; since: number }>(SILENT_AT, [new Date(at)]);
  return Object.fromEntries(rows.map((row) => [row.connection, Math.round(row.since)]));
}

function toFact(e: EventJson): StoredFact {
  const fact = { id: e.id, type: e.type, at: e.at, source: e.source, kind: e.kind, data: JSON.parse(e.data) as unknown } as Fact;
  return { fact, receivedAt: e.received, inboxId: e.inbox };
}
