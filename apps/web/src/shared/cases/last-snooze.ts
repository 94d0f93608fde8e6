import type { SnoozeCondition } from '../../gql';
import { snoozeChoices, type SnoozePreset } from './snooze-times';

/** How a case is put off: for what, and until when at the latest. */
export interface SnoozePick {
  /** ISO; in any case it wakes then. */
  until: string;
  condition: SnoozeCondition | null;
  /** As the list of conditions says it. */
  conditionLabel?: string | undefined;
  /** The time as it was chosen; none when it was written by hand. */
  preset?: SnoozePreset | undefined;
}

let last: SnoozePick | undefined;

export const rememberSnooze = (pick: SnoozePick): void => {
  last = pick;
};

/** The same again, for another case: "tomorrow" is tomorrow from now. Undefined when there was none, or its time has passed. */
export const repeatedSnooze = (now: Date, promisedAt?: string | null): SnoozePick | undefined => {
  if (!last) return undefined;
  const until = last.preset === undefined ? new Date(last.until) : snoozeChoices(now, promisedAt).find(({ id }) => id === last?.preset)?.until;
  return until && until > now ? { ...last, until: until.toISOString() } : undefined;
};
