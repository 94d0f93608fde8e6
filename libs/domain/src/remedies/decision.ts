import type { Remedy, RemedyState } from './remedy.js';

/** What a decision came to: the remedy as it is next, or why not. `conflict` = somebody or something else was faster; `forbidden` = never allowed to this person. */
export type Decision =
  | { readonly ok: true; readonly next: Remedy }
  | { readonly ok: false; readonly kind: 'conflict' | 'forbidden' | 'invalid'; readonly why: string };

export const refuse = (kind: 'conflict' | 'forbidden' | 'invalid', why: string): Decision => ({ ok: false, kind, why });
export const become = (remedy: Remedy, more: Partial<Remedy>): Decision => ({ ok: true, next: { ...remedy, ...more } });

/** A state as a person would say it. */
export function stateInWords(state: RemedyState): string {
  return state === 'void' ? 'void, because a fact changed' : state === 'needs_human' ? 'waiting for a person to look it up' : state;
}
