import type { Instant } from '../shared/time.js';
import type { RemedyPolicy } from './policy.js';
import type { Actor, Approval, Remedy, RemedyState } from './remedy.js';

/** What a decision came to: the remedy as it is next, or why not. `conflict` = somebody or something else was faster; `forbidden` = never allowed to this person. */
export type Decision =
  | { readonly ok: true; readonly next: Remedy }
  | { readonly ok: false; readonly kind: 'conflict' | 'forbidden' | 'invalid'; readonly why: string };

const refuse = (kind: 'conflict' | 'forbidden' | 'invalid', why: string): Decision => ({ ok: false, kind, why });
const become = (remedy: Remedy, more: Partial<Remedy>): Decision => ({ ok: true, next: { ...remedy, ...more } });

/** What the approver read and sends back: nothing else may be executed. */
export interface ApproveCommand {
  readonly actor: Actor;
  readonly revision: number;
  readonly amountMinor: number | null;
  /** Hash of the facts as they are now. */
  readonly factsHash: string;
  readonly now: Instant;
}

/** Only a manager, never the proposer or an editor, admins included; the second of two must be another person. */
export function approve(remedy: Remedy, command: ApproveCommand, policy: RemedyPolicy): Decision {
  const { actor, now } = command;
  const bar = barFor(remedy, actor);
  if (bar) return refuse('forbidden', bar);
  if (remedy.state !== 'proposed') return refuse('conflict', `It is ${stateInWords(remedy.state)} already.`);
  if (remedy.expiresAt !== null && remedy.expiresAt <= now) return refuse('conflict', 'It has lapsed unanswered.');
  if (command.revision !== remedy.revision) return refuse('conflict', 'It was edited since you opened it.');
  if (command.amountMinor !== (remedy.amount?.minor ?? null)) return refuse('conflict', 'The amount is not the one you read.');
  if (command.factsHash !== remedy.factsHash) return become(remedy, { state: 'void' });
  if (remedy.approvals.some((a) => a.personId === actor.id && a.revision === remedy.revision)) return refuse('conflict', 'You have approved it already; another manager must.');
  const approval: Approval = { personId: actor.id, at: now, revision: remedy.revision, factsHash: command.factsHash };
  const approvals = [...remedy.approvals, approval];
  return isEnough(remedy, approvals)
    ? become(remedy, { approvals, state: 'approved', executeAfter: now + policy.callBack })
    : become(remedy, { approvals });
}

/** Why this person may not decide on it; undefined when they may. */
export function barFor(remedy: Remedy, actor: Actor): string | undefined {
  if (actor.id === remedy.proposedBy) return 'You asked for this yourself; another person decides.';
  if (remedy.editors.includes(actor.id)) return 'You edited this; another person decides.';
  if (actor.role !== 'manager') return 'Only a manager decides on remedies.';
  return undefined;
}

/** Approvals of the current revision by different people, none of whom proposed or edited it. */
function isEnough(remedy: Remedy, approvals: readonly Approval[]): boolean {
  const people = new Set(approvals.filter((a) => a.revision === remedy.revision && a.factsHash === remedy.factsHash).map((a) => a.personId));
  people.delete(remedy.proposedBy);
  for (const editor of remedy.editors) people.delete(editor);
  return people.size >= remedy.approvalsNeeded;
}

/** Declines, with a reason that goes back to whoever asked. */
export function decline(remedy: Remedy, actor: Actor, reason: string): Decision {
  const bar = barFor(remedy, actor);
  if (bar) return refuse('forbidden', bar);
  if (reason.trim() === '') return refuse('invalid', 'Say why: the reason goes to whoever asked.');
  if (remedy.state !== 'proposed' && remedy.state !== 'failed') return refuse('conflict', `It is ${stateInWords(remedy.state)} already.`);
  return become(remedy, { state: 'declined' });
}

/** An unanswered proposal lapses; it never passes. */
export function lapse(remedy: Remedy, now: Instant): Decision {
  if (remedy.state !== 'proposed') return refuse('conflict', `It is ${stateInWords(remedy.state)} already.`);
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

/** May the worker start? Checked again in the transaction that starts: approvals, time, and that no fact has changed. */
export function startExecution(remedy: Remedy, factsHash: string, now: Instant): Decision {
  if (remedy.state !== 'approved') return refuse('conflict', `It is ${stateInWords(remedy.state)}.`);
  if (remedy.executeAfter === null || remedy.executeAfter > now) return refuse('conflict', 'It can still be called back.');
  if (!isEnough(remedy, remedy.approvals)) return refuse('forbidden', 'It lacks a valid approval.');
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
  return become(remedy, { state: 'confirmed' });
}

function stateInWords(state: RemedyState): string {
  return state === 'void' ? 'void, because a fact changed' : state === 'needs_human' ? 'waiting for a person to look it up' : state;
}
