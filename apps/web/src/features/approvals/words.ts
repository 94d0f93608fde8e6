import type { VerdictKind, Tone } from '@orderwatch/ui';
import { money, plural } from '../../shared/format';
import type { Decision, Remedy } from './api';

type Kind = Remedy['kind'];
type State = Remedy['state'];

export const kindWord: Readonly<Record<Kind, string>> = { refund: 'Refund', reship: 'Reship' };

/** "Refund €129.00", "Reship €289.00", "Reship" when nobody can say what it is worth. */
export const title = (remedy: Remedy): string => (remedy.amount ? `${kindWord[remedy.kind]} ${money(remedy.amount)}` : kindWord[remedy.kind]);

/** What the button does: "Approve €129.00", "Approve reship, €42.00". */
export const approveLabel = (remedy: Remedy): string => {
  if (remedy.kind === 'refund') return `Approve ${money(remedy.amount)}`;
  return remedy.amount ? `Approve reship, ${money(remedy.amount)}` : 'Approve reship';
};

const stateWords: Readonly<Record<State, string>> = {
  proposed: 'Waiting',
  approved: 'Approved',
  executing: 'Being executed',
  executed: 'Executed',
  confirmed: 'Confirmed',
  failed: 'Execution failed',
  declined: 'Declined',
  void: 'Void',
  needs_human: 'Look-up needed',
};

const stateTones: Readonly<Record<State, Tone>> = {
  proposed: 'violet',
  approved: 'blue',
  executing: 'blue',
  executed: 'blue',
  confirmed: 'line',
  failed: 'red',
  declined: 'neutral',
  void: 'line',
  needs_human: 'red',
};

export const stateTone = (state: State): Tone => stateTones[state];

/** Where it stands, seen by the person who looks. */
export const stateWord = (remedy: Remedy, meId: string, isForMe: boolean): string => {
  if (remedy.state !== 'proposed') return stateWords[remedy.state];
  if (isForMe) return 'Waiting for you';
  return remedy.proposedBy.id === meId ? 'You asked for this' : 'Waiting for others';
};

export const verdictOf = (verdict: string): VerdictKind => (verdict === 'pass' || verdict === 'fail' ? verdict : 'unknown');

export interface PolicySummary {
  text: string;
  tone: Tone;
}

/** "All pass", "2 flags", "Unknown": what the approver must look at. */
export const policySummary = ({ state, checks }: Pick<Remedy, 'state' | 'checks'>): PolicySummary => {
  if (state === 'void') return { text: 'Void', tone: 'line' };
  const failed = checks.filter((check) => check.verdict === 'fail').length;
  const unknown = checks.filter((check) => check.verdict !== 'fail' && check.verdict !== 'pass').length;
  if (failed > 0) return { text: plural(failed, 'flag'), tone: 'amber' };
  if (unknown > 0) return { text: unknown === 1 ? 'Unknown' : `${unknown} unknown`, tone: 'amber' };
  return { text: 'All pass', tone: 'line' };
};

/** "4 pass, 1 fail, 1 unknown" */
export const checksLine = (checks: Remedy['checks']): string => {
  const count = (kind: VerdictKind): number => checks.filter((check) => verdictOf(check.verdict) === kind).length;
  return (['pass', 'fail', 'unknown'] as const)
    .map((kind) => [count(kind), kind] as const)
    .filter(([n]) => n > 0)
    .map(([n, kind]) => `${n} ${kind}`)
    .join(', ');
};

const approvedWords = (remedy: Remedy): string => {
  const missing = remedy.approvalsNeeded - remedy.approvals.filter((each) => each.decision === 'approved').length;
  return remedy.state === 'proposed' && missing > 0 ? `${title(remedy)}: your approval counts, ${missing} more needed` : `${title(remedy)} approved for ${remedy.orderName}`;
};

/** What is said after one's own decision. */
export const doneWords = (kind: Decision['kind'], remedy: Remedy): string => {
  if (remedy.state === 'void') return `${remedy.number} is void: ${remedy.voidReasons.join('; ') || 'a fact has changed'}`;
  if (kind === 'approve') return approvedWords(remedy);
  return kind === 'decline' ? `${remedy.number} declined; ${remedy.proposedBy.name} is told why` : `${remedy.number} called back; it waits for a decision again`;
};

/** Why this person cannot decide now; undefined when they can. */
export const barFor = (remedy: Remedy, action: 'approve' | 'decline', canDecide: boolean): string | undefined => {
  if (!canDecide) return 'Refresh to approve';
  const rule = remedy.allowedActions.find((each) => each.action === action);
  return rule?.allowed ? undefined : (rule?.why ?? 'Not for you to decide');
};
