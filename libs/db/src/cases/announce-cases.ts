import { writeChanges, type NewChange } from '../changes/write-changes.js';
import type { Tx } from '../transactions.js';
import { caseCells } from './case-cells.js';
import { readCases, type CaseRecord } from './case-record.js';

export interface Cause {
  /** Person id, `rule:<id>` or `system`. */
  readonly actor: string | null;
  readonly mutationId: string | null;
  readonly now: number;
}

/** The changes that tell everybody about those cases as they now stand in this transaction: cells for the queue, a nudge for the order's page. */
export async function caseChanges(tx: Tx, orderIds: readonly string[], cause: Cause): Promise<NewChange[]> {
  const records = await readCases(tx, orderIds);
  return records.flatMap((record) => changesOfCase(record, cause));
}

export function changesOfCase(record: CaseRecord, cause: Cause): NewChange[] {
  const base = { entity: 'case', id: record.orderId, version: record.version, actor: cause.actor, mutationId: cause.mutationId, at: cause.now } as const;
  return [
    ...(record.snapshot.backlog ? [] : [{ ...base, topic: 'queue', patch: { ...caseCells(record, cause.now) } }]),
    { ...base, topic: `order:${record.orderId}` },
  ];
}

/** Writes them. */
export async function announceCases(tx: Tx, orderIds: readonly string[], cause: Cause): Promise<void> {
  await writeChanges(tx, await caseChanges(tx, orderIds, cause));
}
