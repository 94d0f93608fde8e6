import type { FeedType } from '@orderwatch/contract';

/** Milliseconds. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Something that happens to an order, before it has an id. */
export interface Step {
  /** Epoch ms. */
  at: number;
  readonly type: FeedType;
  readonly data: Readonly<Record<string, unknown>>;
}

export const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);
