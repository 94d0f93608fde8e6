import type { Grant } from '../access/matrix.js';
import type { Instant } from '../shared/time.js';
import { become, heldByOther, isLeased, letGo, refuse, type CaseActor, type CaseCommandResult } from './case-result.js';
import { LEASE, type CaseSnapshot } from './reconcile.js';

/** Who is to have it. */
export interface Assignee {
  readonly id: string;
  readonly name: string;
  /** What the matrix gives them about taking cases: who works on none gets none. */
  readonly grant: Grant;
}

/**
 * Gives it to a person, or (null) back to the queue. What another person works on right now is given away only by those whom the
 * matrix gives `all`, and with a reason: the other one sees it at once. A snoozed case sleeps on and wakes for its new owner.
 */
export function assignCase(c: CaseSnapshot, actor: CaseActor, to: Assignee | null, reason: string | null, now: Instant): CaseCommandResult {
  if (actor.grant === 'none') return refuse('forbidden', 'Your role does not work on cases.');
  if (c.state === 'resolved') return refuse('conflict', 'It is resolved already.');
  const why = reason?.trim() || null;
  if (heldByOther(c, actor, now)) {
    if (actor.grant !== 'all') return { ok: false, kind: 'taken', by: c.ownerId ?? '' };
    if (why === null) return refuse('invalid', 'Somebody works on it right now: say why.');
  }
  if (to === null) return c.ownerId === null ? refuse('conflict', 'Nobody has it.') : letGo(c, now, 'released', why);
  if (to.grant === 'none') return refuse('invalid', `${to.name} does not work on cases.`);
  if (c.ownerId === to.id && (c.state === 'snoozed' || isLeased(c, now))) return refuse('conflict', to.id === actor.id ? 'You have it already.' : `${to.name} has it already.`);
  const isTakenOver = to.id === actor.id && heldByOther(c, actor, now);
  const told = isTakenOver ? why : [`to ${to.name}`, why].filter(Boolean).join(': ');
  return become(c, isTakenOver ? 'taken_over' : 'assigned', told, c.state === 'snoozed' ? { ownerId: to.id } : { state: 'claimed', ownerId: to.id, leaseUntil: now + LEASE });
}
