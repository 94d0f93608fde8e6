import type { ApproveBatchItemInput } from '../../../gql';
import type { MoneyValue } from '../../../shared/format';
import { allowedBy } from '../../../shared/commands';
import { t } from '../../../shared/i18n';
import type { Remedy } from './decisions';

/** Most that one batch holds, as the server has it. */
export const MOST_TOGETHER = 50;

export interface Batch {
  /** May be approved together. */
  ready: readonly Remedy[];
  /** Chosen too, and why each of them is decided by itself. */
  left: readonly { remedy: Remedy; why: string }[];
  totals: readonly MoneyValue[];
}

/** What of the chosen goes together, by the server's word for each; and what it comes to, per currency. */
export const batchOf = (chosen: readonly Remedy[]): Batch => {
  const ready: Remedy[] = [];
  const left: { remedy: Remedy; why: string }[] = [];
  for (const remedy of chosen) {
    const { allowed, why } = allowedBy(remedy.allowedActions, 'approve_batch');
    const bar = !allowed || remedy.amount === null ? (why ?? t('approvals:bar.notYours')) : ready.length >= MOST_TOGETHER ? t('approvals:batch.tooMany', { most: MOST_TOGETHER }) : undefined;
    if (bar === undefined) ready.push(remedy);
    else left.push({ remedy, why: bar });
  }
  const sums = new Map<string, number>();
  for (const { amount } of ready) if (amount) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.minor);
  return { ready, left, totals: [...sums].map(([currency, minor]) => ({ minor, currency })) };
};

/** What was read of each, as it is sent. */
export const batchItems = (ready: readonly Remedy[]): ApproveBatchItemInput[] =>
  ready.flatMap(({ id, revision, amount, factsHash }) => (amount ? [{ remedyId: id, revision, amountMinor: amount.minor, currency: amount.currency, factsHash }] : []));
