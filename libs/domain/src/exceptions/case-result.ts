import type { Grant } from '../access/matrix.js';
import type { Instant } from '../shared/time.js';
import { CLEARED_ITSELF, type CaseSnapshot } from './reconcile.js';

/** Who acts, and what the matrix gives them: `own` = cases that are nobody's or theirs. */
export interface CaseActor {
  readonly id: string;
  readonly grant: Grant;
}

/** What a person's act on a case is called in its history. */
export type CaseAct =
  | 'claimed' | 'renewed' | 'released' | 'assigned' | 'taken_over' | 'snoozed' | 'resolved' | 'reopened' | 'noted' | 'undone' | 'lease_ended' | 'woke' | 'closed';

/** The case as it is next, or why not. `taken`: another person's lease is live. */
export type CaseCommandResult =
  | { readonly ok: true; readonly next: CaseSnapshot; readonly what: CaseAct; readonly why: string | null }
  | { readonly ok: false; readonly kind: 'conflict' | 'invalid' | 'forbidden'; readonly why: string }
  | { readonly ok: false; readonly kind: 'taken'; readonly by: string };

export const refuse = (kind: 'conflict' | 'invalid' | 'forbidden', why: string): CaseCommandResult => ({ ok: false, kind, why });
export const become = (c: CaseSnapshot, what: CaseAct, why: string | null, more: Partial<CaseSnapshot>): CaseCommandResult => ({ ok: true, next: { ...c, ...more }, what, why });

/** Whether a lease on the case is live. */
export function isLeased(c: CaseSnapshot, now: Instant): boolean {
  return c.ownerId !== null && c.leaseUntil !== null && c.leaseUntil > now;
}

/** Another person works on it right now; also whose snooze has just ended, and who gets it back. */
export function heldByOther(c: CaseSnapshot, actor: CaseActor, now: Instant): boolean {
  const isComingBack = c.state === 'snoozed' && c.ownerId !== null && c.snoozedUntil !== null && c.snoozedUntil <= now;
  return (isLeased(c, now) || isComingBack) && c.ownerId !== actor.id;
}

/** A case whose findings ended while a person acted on it closes when that person lets go. */
export function letGo(c: CaseSnapshot, now: Instant, what: CaseAct, why: string | null = null): CaseCommandResult {
  const free = { ownerId: null, leaseUntil: null };
  if (!c.cleared) return become(c, what, why, { ...free, state: c.state === 'snoozed' ? 'snoozed' : 'new' });
  return become(c, 'closed', 'findings ended', { ...free, state: 'resolved', snoozedUntil: null, snooze: null, outcome: CLEARED_ITSELF, resolvedAt: now, resolvedBy: 'system' });
}

/** Why that person may not touch it at all. */
export function barFor(c: CaseSnapshot, actor: CaseActor, now: Instant): CaseCommandResult | undefined {
  if (actor.grant === 'none') return refuse('forbidden', 'Your role does not work on cases.');
  if (actor.grant === 'own' && heldByOther(c, actor, now)) return { ok: false, kind: 'taken', by: c.ownerId ?? '' };
  return undefined;
}
