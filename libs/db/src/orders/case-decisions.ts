import { lastContactOf, lastShownChangeOf, reconcileCase, type CaseHistory, type CaseSnapshot, type OrderLook } from '@orderwatch/domain';
import { changesOfCase, type Cause } from '../cases/announce-cases.js';
import type { CaseRecord } from '../cases/case-record.js';
import { writeCaseHistory, writeCases, type CaseHistoryToWrite, type CaseToWrite } from '../cases/write-cases.js';
import type { NewChange } from '../changes/write-changes.js';
import type { Tx } from '../transactions.js';
import type { OrderToWrite } from './order-rows.js';

/** What became of the cases of a batch of orders. */
export interface DecidedCases {
  readonly cases: readonly CaseToWrite[];
  readonly history: readonly CaseHistoryToWrite[];
  readonly opened: number;
  readonly closed: number;
}

const isOpen = (c: CaseSnapshot | null | undefined): boolean => c !== null && c !== undefined && c.state !== 'resolved';

/** What no single rule does. */
const BY_ITSELF: ReadonlySet<CaseHistory['what']> = new Set<CaseHistory['what']>(['closed', 'cleared', 'woke']);

/** Short picture of a case for its history: who reads it wants to see what changed, not all there is. */
function glance(c: CaseSnapshot | null): unknown {
  return c && { state: c.state, rules: c.rules, severity: c.severity, ownerId: c.ownerId, outcome: c.outcome };
}

/** What is at stake stands in the same columns of the case, and is compared with what they were. */
export function lookOf({ state, summary }: Pick<OrderToWrite, 'state' | 'summary'>): OrderLook {
  return { state, value: summary.totalMinor, currency: summary.totalMinor === null ? null : summary.currency };
}

function cellsOf(o: OrderToWrite): Omit<CaseToWrite, 'version' | 'snapshot'> {
  const s = o.summary;
  return {
    orderId: o.orderId, orderName: s.name ?? o.homeId, shop: o.home, customerId: s.customerId, valueMinor: s.totalMinor, currency: s.totalMinor === null ? null : s.currency,
    promisedAt: s.promisedAt, promiseText: s.promiseText, carrier: s.carrier, parcelCount: Object.keys(o.state.parcels).length, lastEventAt: s.lastEventAt,
    country: o.state.country, contactAt: lastContactOf(o.state), changedAt: lastShownChangeOf(o.state),
  };
}

function cellsDiffer(record: CaseRecord, cells: ReturnType<typeof cellsOf>): boolean {
  return record.orderName !== cells.orderName || record.customerId !== cells.customerId || record.valueMinor !== cells.valueMinor || record.promisedAt !== cells.promisedAt
    || record.promiseText !== cells.promiseText || record.carrier !== cells.carrier || record.parcelCount !== cells.parcelCount || record.lastEventAt !== cells.lastEventAt
    || record.country !== cells.country || record.contactAt !== cells.contactAt || record.changedAt !== cells.changedAt;
}

/** Compares every order's findings with its case. */
export function decideCases(orders: readonly OrderToWrite[], records: ReadonlyMap<string, CaseRecord>, nowOf: (orderId: string) => number, imported: boolean): DecidedCases {
  const cases: CaseToWrite[] = [];
  const history: CaseHistoryToWrite[] = [];
  let opened = 0;
  let closed = 0;
  for (const order of orders) {
    const record = records.get(order.orderId);
    const now = nowOf(order.orderId);
    const context = { now, imported, held: order.assessment.heldBy.length > 0 };
    // Only who sleeps needs to know what the order itself says.
    const decision = reconcileCase(record?.snapshot ?? null, order.assessment.findings, record?.snapshot.state === 'snoozed' ? { ...context, order: lookOf(order) } : context);
    const next = decision?.next ?? record?.snapshot;
    const cells = cellsOf(order);
    if (!next || (!decision && !(record && isOpen(record.snapshot) && cellsDiffer(record, cells)))) continue;
    cases.push({ ...cells, version: (record?.version ?? 0) + 1, snapshot: next });
    if (isOpen(next) && !isOpen(record?.snapshot)) opened += 1;
    if (!isOpen(next) && isOpen(record?.snapshot)) closed += 1;
    for (const entry of decision?.history ?? []) {
      history.push({
        orderId: order.orderId, at: now, actor: BY_ITSELF.has(entry.what) ? 'system' : `rule:${entry.rule}`, what: entry.what, why: entry.why, rule: entry.rule,
        before: glance(record?.snapshot ?? null), after: glance(next),
      });
    }
  }
  return { cases, history, opened, closed };
}

/** Writes them, and answers the changes that tell of them. */
export async function storeCases(tx: Tx, decided: DecidedCases, records: ReadonlyMap<string, CaseRecord>, cause: Cause): Promise<NewChange[]> {
  if (decided.cases.length === 0) return [];
  const writing = writeCases(tx, decided.cases);
  tx.defer(writing);
  tx.defer(writeCaseHistory(tx, decided.history));
  // Only a new case has a number that nobody knows yet.
  const numbers = decided.cases.every((c) => records.has(c.orderId)) ? new Map<string, string>() : await writing;
  return decided.cases.filter((c) => !c.snapshot.backlog).flatMap((written) => {
    const before = records.get(written.orderId);
    return changesOfCase(recordOf(written, before?.number ?? numbers.get(written.orderId) ?? '', before), cause);
  });
}

/** The case as it now stands. Owner and resolver are told by name only when they are those of before: no event makes somebody one. */
function recordOf(written: CaseToWrite, number: string, before: CaseRecord | undefined): CaseRecord {
  const { ownerId, resolvedBy } = written.snapshot;
  return {
    ...written, number, owner: ownerId !== null && before?.snapshot.ownerId === ownerId ? before.owner : null,
    resolvedByName: resolvedBy !== null && before?.snapshot.resolvedBy === resolvedBy ? before.resolvedByName : null,
  };
}
