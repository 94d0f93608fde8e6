import type { Tone } from '@orderwatch/ui';
import { money } from '../../shared/format';
import { t } from '../../shared/i18n';
import { verdictOf, type Judged } from '../../shared/remedies/verdict';
import type { ActKind, Remedy } from './decide/decisions';

type Kind = Remedy['kind'];
type State = Remedy['state'];

export const kindWord = (kind: Kind): string => t(`approvals:kind.${kind}`);

/** "Refund €129.00", "Reship €289.00", "Reship" when nobody can say what it is worth. */
export const title = (remedy: Remedy): string => (remedy.amount ? t(`approvals:name.${remedy.kind}`, { amount: money(remedy.amount) }) : kindWord(remedy.kind));

/** What the button does: "Approve €129.00", "Approve reship, €42.00". */
export const approveLabel = (remedy: Remedy): string => {
  if (remedy.kind !== 'reship') return t(`approvals:act.${remedy.kind}`, { amount: money(remedy.amount) });
  return remedy.amount ? t('approvals:act.reship', { amount: money(remedy.amount) }) : t('approvals:act.reshipUnpriced');
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

/** The shop said it did it, and nobody has seen it there for hours. */
export const isUnseen = ({ state, unseenAt }: Pick<Remedy, 'state' | 'unseenAt'>): boolean => state === 'executed' && unseenAt !== null;

export const stateTone = (state: State): Tone => stateTones[state];

/** Where it stands, seen by the person who looks. */
export const stateWord = (remedy: Remedy, meId: string, isForMe: boolean): string => {
  if (isUnseen(remedy)) return t('approvals:state.unseen');
  if (remedy.state !== 'proposed') return t(`approvals:state.${remedy.state}`);
  if (remedy.pausedAt !== null) return remedy.proposedBy.id === meId ? t('approvals:state.askedYou') : t('approvals:state.asked');
  if (isForMe) return t('approvals:state.forMe');
  return remedy.proposedBy.id === meId ? t('approvals:state.mine') : t('approvals:state.others');
};

export interface PolicySummary {
  text: string;
  tone: Tone;
}

/** "All pass", "2 flags", "Unknown": what the approver must look at. */
export const policySummary = ({ state, checks }: Pick<Remedy, 'state' | 'checks'>): PolicySummary => {
  if (state === 'void') return { text: t('approvals:state.void'), tone: 'line' };
  const failed = checks.filter((check) => check.verdict === 'fail').length;
  const unknown = checks.filter((check) => check.verdict !== 'fail' && check.verdict !== 'pass').length;
  if (failed > 0) return { text: t('approvals:policy.flags', { count: failed }), tone: 'amber' };
  if (unknown > 0) return { text: t('approvals:policy.unknown', { count: unknown }), tone: 'amber' };
  return { text: t('approvals:policy.pass'), tone: 'line' };
};

/** "4 pass, 1 fail, 1 unknown" */
export const checksLine = (checks: Remedy['checks']): string => {
  const count = (kind: Judged): number => checks.filter((check) => verdictOf(check.verdict) === kind).length;
  return (['pass', 'fail', 'unknown'] as const)
    .map((kind) => [count(kind), kind] as const)
    .filter(([n]) => n > 0)
    .map(([n, kind]) => t(`approvals:verdicts.${kind}`, { n }))
    .join(', ');
};

const approvedWords = (remedy: Remedy): string => {
  const missing = remedy.approvalsNeeded - remedy.approvals.filter((each) => each.decision === 'approved').length;
  return remedy.state === 'proposed' && missing > 0 ? t('approvals:done.more', { title: title(remedy), missing }) : t('approvals:done.approved', { title: title(remedy), order: remedy.orderName });
};

/** What is said after one's own act. */
export const doneWords = (kind: ActKind, remedy: Remedy): string => {
  const { number } = remedy;
  if (remedy.state === 'void') return t('approvals:done.void', { number, why: remedy.voidReasons.join('; ') || t('approvals:done.factChanged') });
  if (kind === 'approve') return approvedWords(remedy);
  if (kind === 'look_up') return t(`approvals:done.looked.${remedy.state === 'proposed' || remedy.state === 'declined' ? remedy.state : 'executed'}`, { number });
  if (kind === 'decline' || kind === 'ask') return t(`approvals:done.${kind}`, { number, name: remedy.proposedBy.name });
  return t(`approvals:done.${kind}`, { number });
};

/** Under which name what somebody types about it is kept until it is sent. */
export const draftKey = (kind: ActKind, id: string): string => `remedy:${kind}:${id}`;

/** Whether the server lets this person do that at all, whatever the picture on the screen is. */
export const mayEver = (remedy: Remedy, action: ActKind): boolean => remedy.allowedActions.some((each) => each.action === action && each.allowed);

/** Acts on what was read; a question and its answer hold for every revision. */
const needsReading: ReadonlySet<ActKind> = new Set(['approve', 'decline', 'edit', 'withdraw', 'retry']);

/** Why this person cannot do it now; undefined when they can. */
export const barFor = (remedy: Remedy, action: ActKind, canDecide: boolean, isOld = false): string | undefined => {
  if (!canDecide) return t(action === 'approve' ? 'approvals:bar.stale' : 'approvals:bar.staleAct');
  if (isOld && needsReading.has(action)) return t('approvals:bar.changed');
  const rule = remedy.allowedActions.find((each) => each.action === action);
  return rule?.allowed ? undefined : (rule?.why ?? t('approvals:bar.notYours'));
};
