import type { Money } from '../shared/money.js';
import { DAY } from '../shared/time.js';
import { moneyInWords } from '../views/say.js';
import type { PolicyCheck } from './judge.js';
import type { RemedyPolicy } from './policy.js';

/** Why somebody may not approve that much more within 24 hours; undefined when they may. @param approvedMinor in their name in the last 24 h, same currency. */
export function barByDay(approvedMinor: number, amount: Money | null, policy: RemedyPolicy): string | undefined {
  if (!amount) return undefined;
  const limit = policy.approveWithinDay;
  const all = approvedMinor + amount.minor;
  return all > limit ? `That would be ${moneyInWords({ ...amount, minor: all })} approved within 24 hours, limit ${moneyInWords({ ...amount, minor: limit })}; another manager decides.` : undefined;
}

/** Who approved whose in the last {@link PAIR_WINDOW}: of two people, and of each of them with anybody else. */
export interface PairCounts {
  /** The reader approved what the other asked for, and the other way round. */
  readonly given: number;
  readonly taken: number;
  /** What the reader approved of others, and the other of others. */
  readonly givenElsewhere: number;
  readonly takenElsewhere: number;
}

/** Approvals of two people of each other are looked at over this time, milliseconds. */
export const PAIR_WINDOW = 7 * DAY;

/** Two who approve only each other, more often than the policy takes for chance. Shown to whoever decides; it refuses nothing. */
export function isReciprocal({ given, taken, givenElsewhere, takenElsewhere }: PairCounts, policy: RemedyPolicy): boolean {
  return given > 0 && taken > 0 && givenElsewhere === 0 && takenElsewhere === 0 && given + taken > policy.pairAbove;
}

/** The flag, as a line of the judgement. */
export function pairCheck({ given, taken }: PairCounts): PolicyCheck {
  return { name: 'You two approve each other', verdict: 'fail', value: `${given} of theirs by you, ${taken} of yours by them in 7 days, nobody else’s`, source: 'approvals', isHard: false };
}
