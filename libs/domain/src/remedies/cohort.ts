import type { Money } from '../shared/money.js';
import type { Instant } from '../shared/time.js';
import { moneyInWords } from '../views/say.js';
import type { Actor, RemedyKind } from './remedy.js';

/** What a cohort allows, and what it came to so far. */
export interface Cohort {
  readonly cause: string;
  readonly kind: RemedyKind;
  readonly reasonCode: string;
  readonly budget: Money;
  /** Approved and carried out, minor units of the budget's currency. */
  readonly spentMinor: number;
  readonly until: Instant;
  readonly closedAt: Instant | null;
  readonly createdBy: string;
}

/** Most that a cohort may spend, minor units; more is a mistake in typing. */
const LARGEST_BUDGET = 100_000_000;
const LONGEST_CAUSE = 120;

export function isOpen({ until, closedAt }: Pick<Cohort, 'until' | 'closedAt'>, now: Instant): boolean {
  return closedAt === null && until > now;
}

export function leftOf({ budget, spentMinor }: Pick<Cohort, 'budget' | 'spentMinor'>): Money {
  return { minor: Math.max(0, budget.minor - spentMinor), currency: budget.currency };
}

/** Why a remedy is none of this cohort, as it is named and as the remedy stands; undefined when it is. */
export function barToJoin(cohort: Cohort, { kind, reasonCode, amount }: { readonly kind: RemedyKind; readonly reasonCode: string; readonly amount: Money | null }, now: Instant): string | undefined {
  if (!isOpen(cohort, now)) return `${cohort.cause} is over.`;
  if (kind !== cohort.kind) return `${cohort.cause} is for a ${cohort.kind}.`;
  if (reasonCode !== cohort.reasonCode) return `${cohort.cause} is for the reason ${cohort.reasonCode}.`;
  if (amount?.currency !== cohort.budget.currency) return `${cohort.cause} has its budget in ${cohort.budget.currency}; the value of this is not known in it.`;
  return undefined;
}

/** Why a member may not be approved now: it fits no longer, or the budget has not so much left. */
export function barByBudget(cohort: Cohort, remedy: { readonly kind: RemedyKind; readonly reasonCode: string; readonly amount: Money | null }, now: Instant): string | undefined {
  const bar = barToJoin(cohort, remedy, now);
  if (bar) return bar;
  const left = leftOf(cohort);
  return (remedy.amount?.minor ?? 0) > left.minor ? `${cohort.cause} has ${moneyInWords(left)} left of ${moneyInWords(cohort.budget)}; another manager than made it raises it.` : undefined;
}

/** What is wrong with a cohort as somebody wants to make it; undefined when nothing is. */
export function faultOfCohort({ cause, reasonCode, budget, until }: Pick<Cohort, 'cause' | 'reasonCode' | 'budget' | 'until'>, now: Instant): string | undefined {
  if (cause.trim() === '' || cause.length > LONGEST_CAUSE) return `Name the cause, in ${LONGEST_CAUSE} characters at most.`;
  if (reasonCode.trim() === '') return 'Name the reason that its remedies have.';
  if (!Number.isSafeInteger(budget.minor) || budget.minor <= 0 || budget.minor > LARGEST_BUDGET) return 'The budget is a whole amount above zero.';
  if (!/^[A-Z]{3}$/.test(budget.currency)) return 'The currency has three letters.';
  return Number.isFinite(until) && until > now ? undefined : 'It ends in the future.';
}

/** Why this person may not raise the budget to that; undefined when they may. Four eyes: never who made it. */
export function barToRaise(cohort: Cohort, actor: Actor, to: number | null, now: Instant): string | undefined {
  if (actor.role !== 'manager') return 'Only a manager raises a budget.';
  if (actor.id === cohort.createdBy) return 'You made it; another manager raises its budget.';
  if (!isOpen(cohort, now)) return 'It is over.';
  if (to !== null && (!Number.isSafeInteger(to) || to <= cohort.budget.minor || to > LARGEST_BUDGET)) return 'A raised budget is larger than the one it has.';
  return undefined;
}

/** "43 reships, one storm hub, $2,140.00 of $5,000.00 left". */
export function cohortInWords(cohort: Cohort, members: number): string {
  return `${members} ${cohort.kind}${members === 1 ? '' : 's'}, ${cohort.cause}, ${moneyInWords(leftOf(cohort))} of ${moneyInWords(cohort.budget)} left`;
}
