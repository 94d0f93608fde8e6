import { createHash } from 'node:crypto';
import { grantOf, releaseCase, resolveCase, assignCase, snoozeCase, type Action, type Assignee, type CaseActor, type CaseCommandResult, type CaseSnapshot, type SnoozeCondition } from '@orderwatch/domain';
import type { CaseRecord, ItemOutcome } from '@orderwatch/db';
import { badInput } from '../../../platform/errors/refusals.js';
import { uuid } from '../../../platform/graphql/ids.js';
import type { ActResult } from '../acts/case-act.service.js';
import type { BulkAct, BulkVerb } from './bulk.types.js';
import type { Worker } from '../acts/case-commands.service.js';

/** What is done to each case, as it is kept. JSON-safe. */
export type Deed =
  | { readonly verb: 'assign'; readonly personId: string | null; readonly reason: string | null }
  | { readonly verb: 'snooze'; readonly until: number; readonly condition: SnoozeCondition | null }
  | { readonly verb: 'resolve'; readonly outcome: string; readonly note: string | null }
  | { readonly verb: 'release' }
  /** `of`: the run whose acts are taken back. */
  | { readonly verb: 'undo'; readonly of: string };

/** What one can look at before it is done. */
export type ForeseeableDeed = Exclude<Deed, { verb: 'undo' }>;

/** What the act on one case is in the role matrix: nobody does to many what they may not do to one. */
export const ACTION_OF: Readonly<Record<Deed['verb'], Action>> = { assign: 'case.assign', snooze: 'case.snooze', resolve: 'case.resolve', release: 'case.release', undo: 'case.undo' };

const MOST_TEXT = 4_000;
const said = (text: string | null | undefined): string | null => text?.trim().slice(0, MOST_TEXT) || null;

/** What was asked for, with what it needs. */
export function deedOf(act: BulkAct): ForeseeableDeed {
  const verb: `${BulkVerb}` = act.verb;
  switch (verb) {
    case 'assign':
      return { verb, personId: act.personId ? uuid(act.personId, 'personId') : null, reason: said(act.reason) };
    case 'snooze':
      if (!act.until) throw badInput('Say until when at the latest.');
      return { verb, until: act.until.getTime(), condition: act.condition ?? null };
    case 'resolve':
      if (!act.outcome) throw badInput('Name the outcome.');
      return { verb, outcome: act.outcome, note: said(act.note) };
    case 'release':
      return { verb };
    case 'undo':
      throw badInput('Use undoBulk.');
  }
}

/** The id of the act on one case of a run: the same one however often it is tried, and found again by whoever knows the run. */
export function caseMutationId(runId: string, orderId: string): string {
  const hex = createHash('sha256').update(`${runId} ${orderId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export type Outcome = Omit<ItemOutcome, 'position'>;

/** What the single act came to, as the run keeps it. */
export function outcomeOf(result: ActResult): Outcome {
  if (result.kind === 'done') return { kind: 'changed', message: null, by: null, at: null };
  if (result.kind === 'not_allowed') return { kind: 'not_allowed', message: result.reason, by: null, at: null };
  return { kind: 'conflict', message: result.message, by: result.by, at: result.at };
}

/** What the domain would say of one case, without anything being written; the very decisions of the single acts. */
export function decisionOf(deed: ForeseeableDeed, worker: Worker, to: Assignee | null): (c: CaseSnapshot, now: number) => CaseCommandResult {
  const actor: CaseActor = { id: worker.id, grant: grantOf(worker.role, ACTION_OF[deed.verb]) };
  switch (deed.verb) {
    case 'assign':
      return (c, now) => assignCase(c, actor, to, deed.reason, now);
    case 'snooze':
      return (c, now) => snoozeCase(c, actor, { until: deed.until, condition: deed.condition, from: { scans: {}, known: [], value: null, currency: null } }, now);
    case 'resolve':
      return (c, now) => resolveCase(c, actor, deed.outcome, now);
    case 'release':
      return (c, now) => releaseCase(c, actor, now);
  }
}

/** How the single act would answer for that case now. */
export function foreseen(record: CaseRecord | undefined, decide: (c: CaseSnapshot, now: number) => CaseCommandResult, now: number): Outcome {
  if (!record) return outcomeOf({ kind: 'conflict', orderId: null, message: 'There is no such case.', by: null, at: null });
  const { orderId } = record;
  const result = decide(record.snapshot, now);
  if (result.ok) return outcomeOf({ kind: 'done', orderId });
  const owner = record.owner?.name ?? null;
  if (result.kind === 'taken') return outcomeOf({ kind: 'conflict', orderId, message: `${owner ?? 'Somebody'} has it.`, by: owner, at: null });
  if (result.kind === 'conflict') return outcomeOf({ kind: 'conflict', orderId, message: result.why, by: owner ?? record.resolvedByName, at: null });
  return outcomeOf({ kind: 'not_allowed', reason: result.why });
}
