import type { RemedyPolicy } from '@orderwatch/domain';
import { liveRemedyPolicy, type LivePolicy, type Queryable } from '@orderwatch/db';

export type { LivePolicy } from '@orderwatch/db';

/** The limits that remedies are asked for under now. */
export interface RemedyPolicies {
  current(db: Queryable): Promise<LivePolicy>;
}

/** Token of the remedies' limits (`RemedyPolicies`). */
export const REMEDY_POLICY = Symbol('RemedyPolicies');

/** Always the same limits, as version 0. */
export function fixedPolicy(policy: RemedyPolicy): RemedyPolicies {
  return { current: () => Promise.resolve({ version: 0, policy }) };
}

/** The version that is live in the database; before there is one, the policy that comes with the program. */
export function storedPolicies(callBack: number): RemedyPolicies {
  return { current: (db) => liveRemedyPolicy(db, callBack) };
}
