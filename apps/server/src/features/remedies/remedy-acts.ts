import { areOne, barFor, barToBatch, grantOf, headFor, isPaused, isUnseen, mayDo, type Actor, type PolicyCheck, type RemedyPolicy } from '@orderwatch/domain';
import type { RemedyRecord } from '@orderwatch/db';
import type { AllowedAction } from '../../platform/graphql/shared-types.js';
import { barByAnswer } from './approvals/approval-limits.js';

const action = (name: string, why: string | undefined): AllowedAction => ({ action: name, allowed: why === undefined, why: why ?? null, needsApproval: false, limit: null });

/** By what it is judged now; instants in milliseconds. */
export interface ActsAt {
  readonly now: number;
  readonly policy: RemedyPolicy;
  readonly checks: readonly PolicyCheck[];
  /** Its cohort has not so much left, or is over. */
  readonly budgetBar: string | undefined;
}

/** What the reader may do with it now, with the reason beside what they may not. */
export function remedyActs(record: RemedyRecord, reader: Actor, at: ActsAt): AllowedAction[] {
  return [...deciding(record, reader, at), ...revising(record, reader)];
}

function deciding(record: RemedyRecord, reader: Actor, { now, policy, checks, budgetBar }: ActsAt): AllowedAction[] {
  const { remedy } = record;
  const bar = barFor(remedy, reader);
  const decided = remedy.state !== 'proposed' ? `It is ${remedy.state} already.` : undefined;
  const head = headFor(remedy, reader) ?? reader.id;
  const twice = remedy.approvals.some((a) => areOne(a, { personId: reader.id, onBehalfOf: head })) ? 'You have approved it already; another manager must.' : undefined;
  const said = barByAnswer(record, reader.id);
  const isMine = mayDo(reader.role, 'remedy.call_back') || remedy.approvals.some((a) => a.personId === reader.id);
  const canCallBack = isMine && remedy.state === 'approved' && remedy.executeAfter !== null && remedy.executeAfter > now;
  const lost = remedy.state !== 'needs_human' && !isUnseen(remedy) ? 'It is known what came of it.' : undefined;
  return [
    action('approve', bar ?? decided ?? said ?? twice ?? budgetBar),
    action('approve_batch', grantOf(reader.role, 'remedy.batch') === 'none' ? 'Only a manager approves several together.' : bar ?? decided ?? said ?? twice ?? budgetBar ?? barToBatch(remedy, checks, reader, policy)),
    action('decline', bar ?? (remedy.state === 'failed' ? undefined : decided)),
    action('call_back', canCallBack ? undefined : 'Nothing can be called back.'),
    action('ask', bar ?? decided ?? (isPaused(remedy) ? 'A question about it is open already.' : undefined)),
    action('look_up', reader.role === 'manager' ? bar ?? lost : 'Only a manager says what came of it.'),
  ];
}

function revising({ remedy }: RemedyRecord, reader: Actor): AllowedAction[] {
  const isMine = reader.id === remedy.proposedBy;
  const own = isMine && mayDo(reader.role, 'remedy.edit') ? undefined : 'Only who asked for it changes or withdraws it.';
  const decided = remedy.state !== 'proposed' ? `It is ${remedy.state} already.` : undefined;
  const mayRetry = mayDo(reader.role, 'remedy.retry') && (isMine || grantOf(reader.role, 'remedy.retry') === 'all');
  return [
    action('edit', own ?? decided),
    action('withdraw', own ?? decided),
    action('answer', !isMine && reader.role !== 'lead' ? 'Who asked for it answers, or a lead.' : !isMine && barFor(remedy, reader) === undefined ? 'You decide on it; another person answers.' : isPaused(remedy) ? undefined : 'No question is open.'),
    action('retry', !mayRetry ? 'Who asked for it, a lead or a manager tries it again.' : remedy.state === 'failed' ? undefined : 'It has not failed.'),
  ];
}
