import type { Random } from '../shared/random.js';
import type { Happening, StoreOrder, What } from './model.js';

/** Something that happens at a time, before it is decided when it is heard. `lag` overrides the usual delay of the news. */
export interface Timed {
  readonly at: number;
  readonly what: What;
  readonly lag?: number;
}

/** An order's course while it is being drawn: faults bend it. */
export interface Course {
  readonly order: StoreOrder;
  readonly customs: boolean;
  readonly random: Random;
  placed: Timed[];
  /** One list per parcel, its fulfilment first. */
  parcels: Timed[][];
  /** What happens around the parcels: contacts, cancellations, refunds. */
  around: Timed[];
}

/** Moves everything from `index` on by `by` milliseconds. */
export function shiftFrom(list: readonly Timed[], index: number, by: number): Timed[] {
  return list.map((entry, position) => (position < index ? entry : { ...entry, at: entry.at + by }));
}

/** The position of a parcel's first scan of one of these stages, or -1. */
export function indexOfStage(list: readonly Timed[], ...stages: readonly string[]): number {
  return list.findIndex((entry) => entry.what.kind === 'scan' && stages.includes(entry.what.stage));
}

/** Puts times of hearing on a course and sorts it by them; a tie keeps the order in which things happened. */
export function heard(timed: readonly Timed[], usualLag: (entry: Timed) => number): Happening[] {
  return timed
    .map((entry): Happening => ({ ...entry.what, at: entry.at, heardAt: entry.at + (entry.lag ?? usualLag(entry)) }))
    .sort((a, b) => a.heardAt - b.heardAt || a.at - b.at);
}
