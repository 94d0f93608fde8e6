import type { CaseSnapshot, CaseState, Finding, RuleId, Snooze } from '@orderwatch/domain';
import { uuidArray } from '../binary-arrays.js';
import type { Queryable } from '../transactions.js';

/** A person as lists name them. */
export interface PersonName {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'agent' | 'lead' | 'manager' | 'admin';
}

/** A case as stored: what the domain decides on, and the cells that lists show. */
export interface CaseRecord {
  readonly orderId: string;
  readonly number: string;
  readonly version: number;
  readonly snapshot: CaseSnapshot;
  readonly orderName: string;
  readonly shop: string;
  readonly customerId: string | null;
  readonly valueMinor: number | null;
  readonly currency: string | null;
  readonly promisedAt: number | null;
  readonly promiseText: string | null;
  readonly carrier: string | null;
  readonly parcelCount: number;
  readonly lastEventAt: number | null;
  /** ISO 3166 of the delivery address. */
  readonly country: string | null;
  /** When the customer wrote last. */
  readonly contactAt: number | null;
  /** When something last changed that the customer can notice. */
  readonly changedAt: number | null;
  readonly owner: PersonName | null;
  readonly resolvedByName: string | null;
}

/** Of `case_item c`, `person o` (owner) and `person r` (who resolved). */
export const CASE_FROM = `case_item c left join person o on o.id = c.owner_id left join person r on r.id::text = c.resolved_by`;
export const CASE_COLUMNS = `
c.order_id, c.number::text as number, c.version, c.state, c.backlog, c.rule, c.rules, c.severity, c.findings, c.acknowledged, c.since, c.opened_at, c.due_at, c.owner_id, c.lease_until,
c.snoozed_until, c.snooze, c.waiting_for, c.cleared, c.reopened, c.outcome, c.resolved_at, c.resolved_by, c.order_name, c.shop, c.customer_id, c.value_minor, c.currency, c.promised_at, c.promise_text,
c.carrier, c.parcel_count, c.last_event_at, c.country, c.contact_at, c.changed_at, c.held, o.name as owner_name, o.email as owner_email, o.role as owner_role, r.name as resolved_by_name`;

export interface CaseSqlRow {
  readonly order_id: string; readonly number: string; readonly version: number; readonly state: CaseState; readonly backlog: boolean; readonly rule: RuleId; readonly rules: RuleId[];
  readonly severity: number; readonly findings: string; readonly acknowledged: string[]; readonly since: Date; readonly opened_at: Date; readonly due_at: Date | null;
  readonly owner_id: string | null; readonly lease_until: Date | null; readonly snoozed_until: Date | null; readonly snooze: string | null; readonly waiting_for: string | null; readonly cleared: boolean;
  readonly reopened: number; readonly outcome: string | null; readonly resolved_at: Date | null; readonly resolved_by: string | null; readonly order_name: string; readonly shop: string;
  readonly customer_id: string | null; readonly value_minor: string | null; readonly currency: string | null; readonly promised_at: Date | null; readonly promise_text: string | null;
  readonly carrier: string | null; readonly parcel_count: number; readonly last_event_at: Date | null; readonly country: string | null; readonly contact_at: Date | null; readonly changed_at: Date | null; readonly held: boolean;
  readonly owner_name: string | null; readonly owner_email: string | null; readonly owner_role: PersonName['role'] | null; readonly resolved_by_name: string | null;
}

const ms = (at: Date | null): number | null => at?.getTime() ?? null;

export function caseRecordOf(row: CaseSqlRow): CaseRecord {
  const snapshot: CaseSnapshot = {
    state: row.state, backlog: row.backlog, rule: row.rule, rules: row.rules, severity: row.severity, findings: JSON.parse(row.findings) as Finding[], acknowledged: row.acknowledged,
    since: row.since.getTime(), openedAt: row.opened_at.getTime(), dueAt: ms(row.due_at), ownerId: row.owner_id, leaseUntil: ms(row.lease_until), snoozedUntil: ms(row.snoozed_until),
    snooze: row.snooze === null || row.state !== 'snoozed' ? null : (JSON.parse(row.snooze) as Snooze), waitingFor: row.waiting_for, cleared: row.cleared, reopened: row.reopened, outcome: row.outcome, resolvedAt: ms(row.resolved_at), resolvedBy: row.resolved_by, held: row.held,
  };
  return {
    orderId: row.order_id, number: row.number, version: row.version, snapshot, orderName: row.order_name, shop: row.shop, customerId: row.customer_id,
    valueMinor: row.value_minor === null ? null : Number(row.value_minor), currency: row.currency, promisedAt: ms(row.promised_at), promiseText: row.promise_text,
    carrier: row.carrier, parcelCount: row.parcel_count, lastEventAt: ms(row.last_event_at),
    country: row.country, contactAt: ms(row.contact_at), changedAt: ms(row.changed_at), owner: ownerOf(row), resolvedByName: row.resolved_by_name,
  };
}

function ownerOf(row: CaseSqlRow): PersonName | null {
  if (row.owner_id === null) return null;
  return { id: row.owner_id, name: row.owner_name ?? 'Somebody', email: row.owner_email ?? '', role: row.owner_role ?? 'agent' };
}

/** The cases of those orders; orders without one are left out. */
export async function readCases(db: Queryable, orderIds: readonly string[]): Promise<CaseRecord[]> {
  if (orderIds.length === 0) return [];
  const rows = await db.prepared<CaseSqlRow>(`select ${CASE_COLUMNS} from ${CASE_FROM} where c.order_id = any($1::uuid[])`, [uuidArray(orderIds)]);
  return rows.map(caseRecordOf);
}

export async function readCase(db: Queryable, orderId: string): Promise<CaseRecord | null> {
  return (await readCases(db, [orderId]))[0] ?? null;
}
