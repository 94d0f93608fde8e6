import type { RemedyRecord, Tx } from '@orderwatch/db';

/** Puts an executed remedy onto the order's timeline, by the one way facts are written. */
export interface RemedyTimeline {
  note(tx: Tx, record: RemedyRecord, reference: string, at: number): Promise<void>;
}

export const REMEDY_TIMELINE = Symbol('RemedyTimeline');
