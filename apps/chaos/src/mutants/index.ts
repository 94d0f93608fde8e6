import { DOMAIN } from './domain.js';
import type { Mutant } from './mutant.js';
import { REMEDIES } from './remedies.js';
import { STORE } from './store.js';
import { WAYS_IN } from './ways-in.js';

export type { Invariant, Mutant } from './mutant.js';
export const MUTANTS: readonly Mutant[] = [...DOMAIN, ...REMEDIES, ...WAYS_IN, ...STORE];
