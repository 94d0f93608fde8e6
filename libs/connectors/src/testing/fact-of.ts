import type { AddressedFact, Fact } from '@orderwatch/domain';

/** The kinds of fact that may be of that type (one kind can have several types, so `Extract` finds none). */
export type FactOf<T extends Fact['type']> = { [F in Fact as F['type']]: F }[T];

/** The facts of one type. */
export function factsOfType<T extends Fact['type']>(facts: readonly AddressedFact[], type: T): FactOf<T>[] {
  return facts.map((f) => f.fact).filter((f): f is FactOf<T> => f.type === type);
}
