import type { RemedyRecord } from '@orderwatch/db';

/** How an act on a remedy ended; expected refusals are values. */
export type RemedyAnswer =
  | { readonly kind: 'done'; readonly remedy: RemedyRecord }
  | { readonly kind: 'conflict'; readonly message: string; readonly remedy: RemedyRecord | null }
  /** `isForbidden`: never to this person, whatever they send. */
  | { readonly kind: 'not_allowed'; readonly reason: string; readonly isForbidden?: true };
