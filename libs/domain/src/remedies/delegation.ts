import { DAY, type Instant } from '../shared/time.js';
import type { Actor, Approval, Remedy } from './remedy.js';

/** Longest that somebody stands in for a manager, milliseconds; a starting value. Longer absences are named anew. */
export const LONGEST_DELEGATION = 30 * DAY;

export interface DelegationAsked {
  readonly delegator: Actor;
  readonly delegate: Actor;
  readonly from: Instant;
  readonly until: Instant;
  readonly reason: string;
}

/** Why a manager may not name that person for that time; undefined when they may. */
export function barToDelegate({ delegator, delegate, from, until, reason }: DelegationAsked, now: Instant): string | undefined {
  if (delegator.role !== 'manager') return 'Only a manager names somebody in their stead.';
  if (delegator.id === delegate.id) return 'Name another person.';
  if (delegate.role === 'admin') return 'An admin moves no money, in nobody’s stead.';
  if (reason.trim() === '') return 'Say why: it stands beside every decision.';
  if (!Number.isFinite(from) || !Number.isFinite(until) || until <= from) return 'It ends after it begins.';
  if (until <= now) return 'It would be over already.';
  if (until - from > LONGEST_DELEGATION) return `It lasts ${LONGEST_DELEGATION / DAY} days at most.`;
  return undefined;
}

/**
 * In whose name the actor decides on this remedy: their own as a manager, else that of the first who named them and did not ask for it or
 * edit it. @param named somebody in whose stead they want to decide. @returns undefined when in nobody's.
 */
export function headFor(remedy: Pick<Remedy, 'proposedBy' | 'editors'>, actor: Actor, named?: string | null): string | undefined {
  const isOwn = (id: string): boolean => id === remedy.proposedBy || remedy.editors.includes(id);
  const heads = (actor.standsFor ?? []).filter((id) => !isOwn(id));
  if (named !== null && named !== undefined && named !== actor.id) return heads.includes(named) ? named : undefined;
  return actor.role === 'manager' ? actor.id : heads[0];
}

type Voice = Pick<Approval, 'personId' | 'onBehalfOf'>;

/** Whether two approvals are of one person or in one name. */
export function areOne(a: Voice, b: Voice): boolean {
  const names = new Set([a.personId, a.onBehalfOf ?? a.personId]);
  return names.has(b.personId) || names.has(b.onBehalfOf ?? b.personId);
}

/** How many people have approved, where everybody counts as one with those they stood in for and who stood in for them. */
export function headsOf(approvals: readonly Voice[]): number {
  const groups: Voice[][] = [];
  for (const approval of approvals) {
    const met = groups.filter((group) => group.some((other) => areOne(other, approval)));
    for (const group of met) groups.splice(groups.indexOf(group), 1);
    groups.push([...met.flat(), approval]);
  }
  return groups.length;
}
