import { moneyInWords } from '../views/say.js';
import type { PolicyCheck } from './judge.js';
import type { RemedyPolicy } from './policy.js';
import type { Actor, Remedy } from './remedy.js';

/** Most remedies that are approved together: as many as a person has read. */
export const MOST_TOGETHER = 50;

/** Nothing to think about: every rule passed, one approval is enough, the amount is known and within the first limit. */
export function isClean(remedy: Pick<Remedy, 'amount' | 'approvalsNeeded'>, checks: readonly PolicyCheck[], policy: RemedyPolicy): boolean {
  return remedy.approvalsNeeded === 1 && remedy.amount !== null && remedy.amount.minor <= policy.proposerLimit && checks.every((check) => check.verdict === 'pass');
}

/** Why it may not be approved together with others; undefined when it may. */
export function barToBatch(remedy: Pick<Remedy, 'amount' | 'approvalsNeeded'>, checks: readonly PolicyCheck[], actor: Actor, policy: RemedyPolicy): string | undefined {
  const limit = policy.batchLimits[actor.role === 'admin' ? 'agent' : actor.role];
  if (!isClean(remedy, checks, policy)) return 'It is not clean: a rule did not pass, or it needs two; decide on it by itself.';
  return (remedy.amount?.minor ?? 0) > limit ? `It is above what you approve together with others (${moneyInWords({ minor: limit, currency: remedy.amount?.currency ?? 'EUR' })}).` : undefined;
}
