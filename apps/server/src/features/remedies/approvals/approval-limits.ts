import { barByBudget, barByDay, type RemedyPolicy } from '@orderwatch/domain';
import { approvedInNameOf, lockPerson, type CohortStore, type RemedyRecord, type Tx } from '@orderwatch/db';

/** Why they may not approve what they said something about; undefined when they said nothing. Who was named only after they had answered is one of them. */
export function barByAnswer({ questions }: Pick<RemedyRecord, 'questions'>, personId: string): string | undefined {
  return questions.some(({ answeredBy }) => answeredBy === personId) ? 'You answered the question about it; another person decides.' : undefined;
}

/** Under what an approval is measured. `since`: what was approved before does not count any more. Instants in milliseconds. */
export interface ApprovalLimits {
  readonly head: string;
  /** Who decides: their own day counts too, in however many names they do. */
  readonly hand: string;
  readonly since: number;
  readonly now: number;
  readonly policy: RemedyPolicy;
  readonly cohorts: CohortStore;
}

/**
 * Limits that hold over several remedies: what is approved in one name in a day, and the budget of a cohort. Each is read under a lock of
 * its own, after the order's and in this order, so that of two approvals at once the second sees the first.
 */
export async function barToApprove(tx: Tx, record: RemedyRecord, { head, hand, since, now, policy, cohorts }: ApprovalLimits): Promise<string | undefined> {
  const { amount, kind } = record.remedy;
  if (amount) {
    const both = [...new Set([head, hand])].sort(); // in one order: two who stand in for each other must not wait for each other
    for (const one of both) await lockPerson(tx, one);
    for (const one of both) {
      const bar = barByDay(await approvedInNameOf(tx, one, amount.currency, since), amount, policy);
      if (bar) return bar;
    }
  }
  if (record.cohortId === null) return undefined;
  const cohort = await cohorts.lock(tx, record.cohortId);
  return cohort ? barByBudget(cohort, { kind, reasonCode: record.reasonCode, amount }, now) : 'Its cohort is not there.';
}
