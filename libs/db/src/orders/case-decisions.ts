import { reconcileCase, type CaseSnapshot } from '@orderwatch/domain';
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

/** Short picture of a case for its history: who reads it wants to see what changed, not all there is. */
function glance(c: CaseSnapshot | null): unknown {
  return c && { state: c.state, rules: c.rules, severity: c.severity, ownerId: c.ownerId, outcome: c.outcome };
}

function cellsOf(o: OrderToWrite): Omit<CaseToWrite, 'version' | 'snapshot'> {
  const s = o.summary;
  return {
    orderId: o.orderId, orderName: s.name ?? o.homeId, shop: o.home, customerId: s.customerId, valueMinor: s.totalMinor, currency: s.totalMinor === null ? null : s.currency,
    promisedAt: s.promisedAt, promiseText: s.promiseText, carrier: s.carrier, parcelCount: Object.keys(o.state.parcels).length, lastEventAt: s.lastEventAt,
  };
}

function cellsDiffer(record: CaseRecord, cells: ReturnType<typeof cellsOf>): boolean {
  return record.orderName !== cells.orderName || record.customerId !== cells.customerId || record.valueMinor !== cells.valueMinor || record.promisedAt !== cells.promisedAt
    || record.promiseText !== cells.promiseText || record.carrier !== cells.carrier || record.parcelCount !== cells.parcelCount || record.lastEventAt !== cells.lastEventAt;
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
    const decision = reconcileCase(record?.snapshot ?? null, order.assessment.findings, { now, imported, held: order.assessment.heldBy.length > 0 });
    const next = decision?.next ?? record?.snapshot;
    const cells = cellsOf(order);
    if (!next || (!decision && !(record && isOpen(record.snapshot) && cellsDiffer(record, cells)))) continue;
    cases.push({ ...cells, version: (record?.version ?? 0) + 1, snapshot: next });
    if (isOpen(next) && !isOpen(record?.snapshot)) opened += 1;
    if (!isOpen(next) && isOpen(record?.snapshot)) closed += 1;
    for (const entry of decision?.history ?? []) {
      history.push({
        orderId: order.orderId, at: now, actor: entry.what === 'closed' || entry.what === 'cleared' ? 'system' : `rule:${entry.rule}`, what: entry.what, why: entry.why, rule: entry.rule,
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
  tx.defer(writeCaseHistory(tx, decided.history));
  const numbers = await writing;
  return decided.cases.filter((c) => !c.snapshot.backlog).flatMap((written) => changesOfCase(recordOf(written, numbers.get(written.orderId) ?? '', records.get(written.orderId)), cause));
}

/** The case as it now stands. Owner and resolver are told by name only when they are those of before: no event makes somebody one. */
function recordOf(written: CaseToWrite, number: string, before: CaseRecord | undefined): CaseRecord {
  const { ownerId, resolvedBy } = written.snapshot;
  return {
    ...written, number, owner: ownerId !== null && before?.snapshot.ownerId === ownerId ? before.owner : null,
    resolvedByName: resolvedBy !== null && before?.snapshot.resolvedBy === resolvedBy ? before.resolvedByName : null,
  };
}
