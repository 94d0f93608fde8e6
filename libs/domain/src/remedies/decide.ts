import { HOUR, type Instant } from '../shared/time.js';
import { become, refuse, stateInWords, type Decision } from './decision.js';
import { areOne, headFor, headsOf } from './delegation.js';
import type { RemedyPolicy } from './policy.js';
import type { Actor, Approval, Remedy, RemedyState } from './remedy.js';

/** What the approver read and sends back: nothing else may be executed. */
export interface ApproveCommand {
  readonly actor: Actor;
  readonly revision: number;
  readonly amountMinor: number | null;
  /** Hash of the facts as they are now. */
  readonly factsHash: string;
  readonly now: Instant;
  /** A manager who names another in whose stead they decide; who is no manager always decides in somebody's stead. */
  readonly onBehalfOf?: string | null;
}

/** Only a manager or whom one named, never the proposer or an editor, admins included; the second of two must be another person, and no other's delegate. */
export function approve(remedy: Remedy, command: ApproveCommand, policy: RemedyPolicy): Decision {
  const { actor, now } = command;
  const bar = barFor(remedy, actor);
  if (bar) return refuse('forbidden', bar);
  const head = headFor(remedy, actor, command.onBehalfOf);
  if (head === undefined) return refuse('forbidden', 'That person has not named you, or asked for this themselves.');
  if (remedy.state !== 'proposed') return refuse('conflict', `It is ${stateInWords(remedy.state)} already.`);
  if (!isPaused(remedy) && isOver(remedy, now)) return refuse('conflict', 'It has lapsed unanswered.');
  if (command.revision !== remedy.revision) return refuse('conflict', 'It was edited since you opened it.');
  if (command.amountMinor !== (remedy.amount?.minor ?? null)) return refuse('conflict', 'The amount is not the one you read.');
  if (command.factsHash !== remedy.factsHash) return become(remedy, { state: 'void' });
  const mine = { personId: actor.id, onBehalfOf: head === actor.id ? null : head };
  const same = remedy.approvals.find((a) => a.revision === remedy.revision && areOne(a, mine));
  if (same) return refuse('conflict', same.personId === actor.id ? 'You have approved it already; another manager must.' : 'It was approved in the same name already; another manager must.');
  const approval: Approval = { ...mine, at: now, revision: remedy.revision, factsHash: command.factsHash };
  const approvals = [...remedy.approvals, approval];
  return isEnough(remedy, approvals)
    ? become(remedy, { approvals, state: 'approved', executeAfter: now + policy.callBack, pausedAt: null })
    : become(remedy, { approvals });
}

/** Whether its time to be answered stands still. */
export function isPaused({ pausedAt }: Remedy): boolean {
  return pausedAt !== null && pausedAt !== undefined;
}

function isOver({ expiresAt }: Remedy, now: Instant): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** Why this person may not decide on it; undefined when they may. */
export function barFor(remedy: Remedy, actor: Actor): string | undefined {
  if (actor.id === remedy.proposedBy) return 'You asked for this yourself; another person decides.';
  if (remedy.editors.includes(actor.id)) return 'You edited this; another person decides.';
  if (actor.role === 'manager') return undefined;
  if (actor.role === 'admin' || !actor.standsFor?.length) return 'Only a manager decides on remedies.';
  return headFor(remedy, actor) === undefined ? 'Whoever you stand in for asked for this; another person decides.' : undefined;
}

/** Approvals of the current revision by different people, in whose name nobody proposed or edited it; a manager and their delegate are one. */
function isEnough(remedy: Remedy, approvals: readonly Approval[]): boolean {
  const own = new Set([remedy.proposedBy, ...remedy.editors]);
  const valid = approvals.filter((a) => a.revision === remedy.revision && a.factsHash === remedy.factsHash && !own.has(a.personId) && !own.has(a.onBehalfOf ?? a.personId));
  return headsOf(valid) >= remedy.approvalsNeeded;
}

/** Declines, with a reason that goes back to whoever asked. */
export function decline(remedy: Remedy, actor: Actor, reason: string): Decision {
  const bar = barFor(remedy, actor);
  if (bar) return refuse('forbidden', bar);
  if (reason.trim() === '') return refuse('invalid', 'Say why: the reason goes to whoever asked.');
  if (remedy.state !== 'proposed' && remedy.state !== 'failed') return refuse('conflict', `It is ${stateInWords(remedy.state)} already.`);
  return become(remedy, { state: 'declined' });
}

/** An unanswered proposal lapses; it never passes. Its time does not run while a question is open. */
export function lapse(remedy: Remedy, now: Instant): Decision {
  if (remedy.state !== 'proposed') return refuse('conflict', `It is ${stateInWords(remedy.state)} already.`);
  if (isPaused(remedy)) return refuse('conflict', 'A question about it is open.');
  if (remedy.expiresAt === null || remedy.expiresAt > now) return refuse('conflict', 'It may still be answered.');
  return become(remedy, { state: 'declined' });
}

/** Calls an approved remedy back before it is executed; it waits for a decision again, and earlier approvals no longer count. */
export function callBack(remedy: Remedy, actor: Actor, now: Instant): Decision {
  const isOwnApproval = remedy.approvals.some((a) => a.personId === actor.id);
  if (!isOwnApproval && actor.role !== 'manager') return refuse('forbidden', 'Only who approved it, or a manager, calls it back.');
  if (remedy.state !== 'approved') return refuse('conflict', `It is ${stateInWords(remedy.state)} already.`);
  if (remedy.executeAfter !== null && remedy.executeAfter <= now) return refuse('conflict', 'It is being executed.');
  return become(remedy, { state: 'proposed', approvals: [], revision: remedy.revision + 1, executeAfter: null });
}

/** Milliseconds for which an approval counts: what could not be carried out by then is decided anew. */
export const APPROVAL_LASTS = 24 * HOUR;

/**
 * May the worker start? Checked again in the transaction that starts: approvals, time, and that no fact has changed. `managers` are those
 * among the approvers, or whom they stood in for, who still are: an approval goes with the role, and the remedy then waits for a decision again.
 */
export function startExecution(remedy: Remedy, factsHash: string, now: Instant, managers?: ReadonlySet<string>): Decision {
  if (remedy.state !== 'approved') return refuse('conflict', `It is ${stateInWords(remedy.state)}.`);
  if (remedy.executeAfter === null || remedy.executeAfter > now) return refuse('conflict', 'It can still be called back.');
  if (!isEnough(remedy, remedy.approvals)) return refuse('forbidden', 'It lacks a valid approval.');
  const standing = remedy.approvals.filter((a) => (managers?.has(a.onBehalfOf ?? a.personId) ?? true) && now - a.at <= APPROVAL_LASTS);
  if (!isEnough(remedy, standing)) return become(remedy, { state: 'proposed', approvals: [], revision: remedy.revision + 1, executeAfter: null });
  if (factsHash !== remedy.factsHash) return become(remedy, { state: 'void' });
  return become(remedy, { state: 'executing' });
}

/** What the outside system answered. `unknown` is not failed: the remedy stays executing until a look-up tells. */
export type ExecutionResult = 'done' | 'refused' | 'unknown' | 'undecidable';

const AFTER: Readonly<Record<ExecutionResult, RemedyState>> = { done: 'executed', refused: 'failed', unknown: 'executing', undecidable: 'needs_human' };

/** Takes the result of an attempt. */
export function afterAttempt(remedy: Remedy, result: ExecutionResult): Decision {
  if (remedy.state !== 'executing') return refuse('conflict', `It is ${stateInWords(remedy.state)}.`);
  return become(remedy, { state: AFTER[result] });
}

/** The outside system told by itself that it happened: also closes an attempt whose result was unknown. */
export function confirm(remedy: Remedy): Decision {
  if (remedy.state === 'confirmed') return refuse('conflict', 'It is confirmed already.');
  if (remedy.state !== 'executed' && remedy.state !== 'executing' && remedy.state !== 'needs_human') return refuse('conflict', `It is ${stateInWords(remedy.state)}.`);
  return become(remedy, { state: 'confirmed', unseenAt: null });
}
