import type { Money } from '../shared/money.js';
import type { Instant } from '../shared/time.js';
import { barFor, isPaused } from './decide.js';
import { become, refuse, stateInWords, type Decision } from './decision.js';
import type { Actor, Remedy } from './remedy.js';

/** What a proposal is bound to once it was read anew: facts of now, what the policy says to them, and its time. */
export interface Renewal {
  readonly factsHash: string;
  readonly approvalsNeeded: number;
  readonly expiresAt: Instant | null;
}

/** What an edit leaves of it; `seen` is the revision that the editor had open. */
export interface EditCommand extends Renewal {
  readonly actor: Actor;
  readonly seen: number;
  readonly amount: Money | null;
}

/** Only who asked for it changes or withdraws it, as long as nobody decided; whoever changes it never approves it. */
export function editProposal(remedy: Remedy, command: EditCommand): Decision {
  const bar = barToEdit(remedy, command.actor, command.seen);
  if (bar) return bar;
  const { factsHash, approvalsNeeded, expiresAt, amount, actor } = command;
  const editors = remedy.editors.includes(actor.id) ? remedy.editors : [...remedy.editors, actor.id];
  return become(remedy, { factsHash, approvalsNeeded, expiresAt, amount, editors, approvals: [], revision: remedy.revision + 1, pausedAt: null });
}

/** Whoever asked for it no longer wants it. */
export function withdrawProposal(remedy: Remedy, actor: Actor, seen: number): Decision {
  return barToEdit(remedy, actor, seen) ?? become(remedy, { state: 'declined', pausedAt: null });
}

function barToEdit(remedy: Remedy, actor: Actor, seen: number): Decision | undefined {
  if (actor.id !== remedy.proposedBy || actor.role === 'admin') return refuse('forbidden', 'Only who asked for it changes or withdraws it.');
  if (remedy.state !== 'proposed') return refuse('conflict', `It is ${stateInWords(remedy.state)} already.`);
  if (seen !== remedy.revision) return refuse('conflict', 'It was edited since you opened it.');
  return undefined;
}

/** A question back to whoever asked for it: its time stands still until they answer. */
export function askBack(remedy: Remedy, actor: Actor, question: string, now: Instant): Decision {
  const bar = barFor(remedy, actor);
  if (bar) return refuse('forbidden', bar);
  if (question.trim() === '') return refuse('invalid', 'Say what you want to know.');
  if (remedy.state !== 'proposed') return refuse('conflict', `It is ${stateInWords(remedy.state)} already.`);
  if (isPaused(remedy)) return refuse('conflict', 'A question about it is open already.');
  if (remedy.expiresAt !== null && remedy.expiresAt <= now) return refuse('conflict', 'It has lapsed unanswered.');
  return become(remedy, { pausedAt: now });
}

/** The answer lets its time run again, with all that was left of it. Never by who could decide on the answer, in whosever stead. */
export function answerQuestion(remedy: Remedy, actor: Actor, text: string, now: Instant): Decision {
  const isAsker = actor.id === remedy.proposedBy;
  if (!isAsker && actor.role !== 'lead') return refuse('forbidden', 'Who asked for it answers, or a lead.');
  if (!isAsker && barFor(remedy, actor) === undefined) return refuse('forbidden', 'You decide on it; another person answers.');
  if (text.trim() === '') return refuse('invalid', 'Say something.');
  if (remedy.state !== 'proposed') return refuse('conflict', `It is ${stateInWords(remedy.state)} already.`);
  const { pausedAt } = remedy;
  if (pausedAt === null || pausedAt === undefined) return refuse('conflict', 'No question is open.');
  return become(remedy, { pausedAt: null, expiresAt: remedy.expiresAt === null ? null : remedy.expiresAt + Math.max(0, now - pausedAt) });
}

/** What failed for certain is asked for again as it stands, on the facts of now; every approval is to be given anew. */
export function retryFailed(remedy: Remedy, actor: Actor, seen: number, renewal: Renewal): Decision {
  if (actor.role === 'admin' || (actor.role === 'agent' && actor.id !== remedy.proposedBy)) return refuse('forbidden', 'Who asked for it, a lead or a manager tries it again.');
  if (remedy.state !== 'failed') return refuse('conflict', `It is ${stateInWords(remedy.state)}.`);
  if (seen !== remedy.revision) return refuse('conflict', 'It was edited since you opened it.');
  return proposedAnew(remedy, renewal);
}

/** Waits for a decision again; nothing that was decided before counts. */
export function proposedAnew(remedy: Remedy, { factsHash, approvalsNeeded, expiresAt }: Renewal): Decision {
  return become(remedy, { state: 'proposed', revision: remedy.revision + 1, approvals: [], executeAfter: null, pausedAt: null, factsHash, approvalsNeeded, expiresAt });
}
