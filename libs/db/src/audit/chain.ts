import { GENESIS, hashOf } from './audit.store.js';

/** An entry as it is stored. */
export interface ChainRow {
  readonly id: string;
  readonly at: Date;
  /** Whether `at` has no more than milliseconds: what it has beyond would be in no hash. */
  readonly isWhole: boolean;
  readonly actor: string;
  readonly action: string;
  readonly target: string | null;
  readonly detail: string;
  readonly prev: Buffer;
  readonly hash: Buffer;
}

/** @param from the hash that the first of the rows follows. @returns the id of the first that does not fit, or the hash of the last. */
export function followChain(rows: readonly ChainRow[], from: Buffer = GENESIS): { readonly broken: string } | { readonly last: Buffer } {
  let prev = from;
  for (const row of rows) {
    const { actor, action, target } = row;
    const fits = row.isWhole && row.prev.equals(prev) && row.hash.equals(hashOf(prev, { at: row.at.getTime(), actor, action, target }, row.detail));
    if (!fits) return { broken: row.id };
    prev = row.hash;
  }
  return { last: prev };
}
