import type { CaseSnapshot } from '@orderwatch/domain';
import { float8Array, textArray, uuidArray } from '../binary-arrays.js';
import { cleanText } from '../clean-text.js';
import { type Column, upsertSql, upsertValues } from '../orders/order-rows.js';
import { rowsOfArrays } from '../rows-of-arrays.js';
import type { Tx } from '../transactions.js';

/** A case as it must be stored: the decision, and the cells that lists show. */
export interface CaseToWrite {
  readonly orderId: string;
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
  readonly country: string | null;
  readonly contactAt: number | null;
  readonly changedAt: number | null;
}

export interface CaseHistoryToWrite {
  readonly orderId: string;
  readonly at: number;
  /** Person id, `rule:<id>` or `system`. */
  readonly actor: string;
  readonly what: string;
  readonly why?: string | null | undefined;
  readonly rule?: string | null | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly mutationId?: string | null | undefined;
}

const COLUMNS: readonly Column<CaseToWrite>[] = [
  ['order_id', 'uuid', (c) => c.orderId], ['version', 'int', (c) => c.version], ['state', 'text', (c) => c.snapshot.state], ['backlog', 'bool', (c) => c.snapshot.backlog],
  ['rule', 'text', (c) => c.snapshot.rule], ['rules', 'list', (c) => c.snapshot.rules.join(',')], ['severity', 'int', (c) => c.snapshot.severity],
  ['findings', 'text', (c) => JSON.stringify(c.snapshot.findings)], ['since', 'instant', (c) => c.snapshot.since], ['opened_at', 'instant', (c) => c.snapshot.openedAt],
  ['due_at', 'instant', (c) => c.snapshot.dueAt], ['owner_id', 'uuid', (c) => c.snapshot.ownerId], ['lease_until', 'instant', (c) => c.snapshot.leaseUntil],
  ['snoozed_until', 'instant', (c) => c.snapshot.snoozedUntil], ['snooze', 'text', (c) => (c.snapshot.snooze === null ? null : JSON.stringify(c.snapshot.snooze))],
  ['waiting_for', 'text', (c) => c.snapshot.waitingFor], ['cleared', 'bool', (c) => c.snapshot.cleared],
  ['reopened', 'int', (c) => c.snapshot.reopened], ['outcome', 'text', (c) => c.snapshot.outcome], ['resolved_at', 'instant', (c) => c.snapshot.resolvedAt],
  ['resolved_by', 'text', (c) => c.snapshot.resolvedBy], ['held', 'bool', (c) => c.snapshot.held],
  ['order_name', 'text', (c) => cleanText(c.orderName).slice(0, 400)], ['shop', 'text', (c) => c.shop], ['customer_id', 'uuid', (c) => c.customerId], ['value_minor', 'bigint', (c) => c.valueMinor],
  ['currency', 'text', (c) => c.currency], ['promised_at', 'instant', (c) => c.promisedAt], ['promise_text', 'text', (c) => c.promiseText], ['carrier', 'text', (c) => c.carrier],
  ['parcel_count', 'int', (c) => c.parcelCount], ['last_event_at', 'instant', (c) => c.lastEventAt],
  ['country', 'text', (c) => c.country], ['contact_at', 'instant', (c) => c.contactAt], ['changed_at', 'instant', (c) => c.changedAt],
  ['acknowledged', 'json', (c) => JSON.stringify(c.snapshot.acknowledged)],
];
const WRITE = `${upsertSql('case_item', COLUMNS, ['order_id'], { more: ', updated_at = clock_timestamp()' })} returning order_id, number::text as number`;
const HISTORY = `
insert into case_history (order_id, at, actor, what, why, rule, before, after, mutation_id)
select order_id, to_timestamp(at / 1000), actor, what, why, rule, before, after, mutation_id
  from ${rowsOfArrays(['order_id uuid', 'at float8', 'actor text', 'what text', 'why text', 'rule text', 'before text', 'after text', 'mutation_id uuid'], { nth: 'ord' })} as n order by ord`;

/** Writes cases as they now are, and answers their numbers by order. The caller holds the orders' locks. */
export async function writeCases(tx: Tx, cases: readonly CaseToWrite[]): Promise<Map<string, string>> {
  if (cases.length === 0) return new Map();
  const rows = await tx.prepared<{ order_id: string; number: string }>(WRITE, upsertValues(COLUMNS, cases));
  return new Map(rows.map((row) => [row.order_id, row.number]));
}

/** Adds to the cases' histories. */
export async function writeCaseHistory(tx: Tx, entries: readonly CaseHistoryToWrite[]): Promise<void> {
  if (entries.length === 0) return;
  const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));
  const column = <T>(pick: (entry: CaseHistoryToWrite) => T): T[] => entries.map(pick);
  await tx.prepared(HISTORY, [
    uuidArray(column((e) => e.orderId)), float8Array(column((e) => e.at)), textArray(column((e) => e.actor)), textArray(column((e) => e.what)), textArray(column((e) => e.why ?? null)),
    textArray(column((e) => e.rule ?? null)), textArray(column((e) => json(e.before))), textArray(column((e) => json(e.after))), uuidArray(column((e) => e.mutationId ?? null)),
  ]);
}
