/** The ten invariants, in the order of docs/ARCHITECTURE.md. */
export type Invariant =
  | 'accepted survives' | 'state of the set' | 'once' | 'announced when committed' | 'nothing dropped'
  | 'never backwards' | 'silence is not health' | 'role matrix' | 'history' | 'cost';

/** A bug made on purpose: one place of one file, and the tests that must notice. */
export interface Mutant {
  readonly id: string;
  readonly invariant: Invariant;
  /** From the repository's root. */
  readonly file: string;
  /** Stands exactly once in the file; when it does not, the list is out of date and the run fails. */
  readonly find: string;
  readonly replace: string;
  /** Test files, from the repository's root; one of them must fail. */
  readonly killedBy: readonly string[];
  /** Its tests take seconds: it is tried in `npm test` as well. */
  readonly isFast: boolean;
}

/** Mutants of one invariant. `fast`: with tests that take seconds. */
export const fast = (invariant: Invariant, mutants: readonly Omit<Mutant, 'invariant' | 'isFast'>[]): Mutant[] => mutants.map((mutant) => ({ ...mutant, invariant, isFast: true }));
export const slow = (invariant: Invariant, mutants: readonly Omit<Mutant, 'invariant' | 'isFast'>[]): Mutant[] => mutants.map((mutant) => ({ ...mutant, invariant, isFast: false }));
