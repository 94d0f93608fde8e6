import { judge } from './judge.js';
import type { RemedyPolicy } from './policy.js';
import type { Situation } from './situation.js';

/** A remedy of the past, with what was said to it then. */
export interface PastRemedy {
  readonly number: string;
  /** Null for those from before situations were kept. */
  readonly situation: Situation | null;
  readonly approvalsNeeded: number;
  readonly isClean: boolean;
}

export interface RehearsedChange {
  readonly number: string;
  readonly change: 'forbidden' | 'second' | 'no_second' | 'flagged' | 'no_flag';
  readonly why: string;
}

/** What a policy would have said to remedies of the past. */
export interface Rehearsal {
  readonly tried: number;
  readonly unknown: number;
  readonly same: number;
  readonly changes: Readonly<Record<RehearsedChange['change'], number>>;
  /** The first of each kind. */
  readonly examples: readonly RehearsedChange[];
}

/** Most examples of one kind of change. */
const EXAMPLES = 10;

/** Tries a policy on remedies of the past. Nothing is changed by it. */
export function rehearse(past: readonly PastRemedy[], policy: RemedyPolicy): Rehearsal {
  const changes = { forbidden: 0, second: 0, no_second: 0, flagged: 0, no_flag: 0 };
  const examples: RehearsedChange[] = [];
  let [unknown, same] = [0, 0];
  for (const remedy of past) {
    if (remedy.situation === null) {
      unknown += 1;
      continue;
    }
    const result = judge(remedy.situation, policy);
    const change = !result.isAllowed ? 'forbidden' : result.approvalsNeeded > remedy.approvalsNeeded ? 'second' : result.approvalsNeeded < remedy.approvalsNeeded ? 'no_second'
      : remedy.isClean && !result.isClean ? 'flagged' : !remedy.isClean && result.isClean ? 'no_flag' : null;
    if (change === null) {
      same += 1;
      continue;
    }
    changes[change] += 1;
    const cause = result.checks.find((c) => c.verdict !== 'pass');
    if (changes[change] <= EXAMPLES) examples.push({ number: remedy.number, change, why: result.isAllowed && cause ? `${cause.name}: ${cause.value}` : result.why });
  }
  return { tried: past.length, unknown, same, changes, examples };
}
