import { MINUTE, type Instant } from '../shared/time.js';
import { sourceInWords, type ToldFact, type ViewContext } from './view-context.js';

export type TimelineKind = 'event' | 'silence' | 'expected' | 'contradiction' | 'person' | 'remedy' | 'folded';
export type FactTone = 'normal' | 'movement' | 'problem' | 'delivered' | 'money' | 'contact' | 'person';

/** One row of the timeline. `at` is when it happened (for `expected`: by when; for `silence`: since when). */
export interface TimelineEntry {
  readonly id: string;
  readonly kind: TimelineKind;
  readonly at: Instant;
  readonly untilAt: Instant | null;
  /** `order`, `payment`, `fulfilment`, `return` or `p1`, `p2` … */
  readonly lane: string;
  readonly title: string;
  readonly detail: string | null;
  /** The source's own words. */
  readonly rawText: string | null;
  readonly code: string | null;
  readonly source: string | null;
  readonly sourceLabel: string | null;
  readonly receivedAt: Instant | null;
  /** Set when it reached us more than {@link TOLD_LATE} after it happened. */
  readonly toldLateSeconds: number | null;
  readonly actor: string | null;
  readonly tone: FactTone;
  readonly inboxId: string | null;
  readonly count: number | null;
  readonly unmapped: boolean;
  /** Its source dates it later than now. */
  readonly future: boolean;
  /** Where it stands in the list; newest first. Not the same as `at` for a silence, which lasts until now. */
  readonly sortAt: Instant;
  /** A scan like many others: a run of them may be folded. */
  readonly routine: boolean;
  /** The rows inside a fold, newest first. */
  readonly folded: readonly TimelineEntry[] | null;
}

/** News told later than this after it happened are marked. */
export const TOLD_LATE = 15 * MINUTE;

/** A row with everything absent but what is given. */
export function entry(given: Pick<TimelineEntry, 'id' | 'kind' | 'at' | 'lane' | 'title'> & Partial<TimelineEntry>): TimelineEntry {
  return {
    untilAt: null, detail: null, rawText: null, code: null, source: null, sourceLabel: null, receivedAt: null, toldLateSeconds: null,
    actor: null, tone: 'normal', inboxId: null, count: null, unmapped: false, future: false, routine: false, folded: null, sortAt: given.at, ...given,
  };
}

/** Who said it, when we heard, and how late: the cells every row about a fact has. */
export function heardCells(heard: ToldFact, context: ViewContext): Partial<TimelineEntry> {
  const { fact, receivedAt, inboxId } = heard;
  const late = receivedAt - fact.at;
  return {
    source: fact.source, sourceLabel: fact.type.startsWith('contact.') ? 'Customer' : sourceInWords(fact.source, context.labels), receivedAt, inboxId,
    toldLateSeconds: late > TOLD_LATE ? Math.floor(late / 1000) : null, future: fact.at > context.now,
  };
}
