import { labelOf } from '../exceptions/assess.js';
import type { RuleId } from '../exceptions/rule.js';
import { outcomeInWords } from '../exceptions/outcomes.js';
import { RULES } from '../exceptions/rules/index.js';
import { movesMoney } from '../remedies/judge.js';
import type { RemedyKind } from '../remedies/remedy.js';
import type { Money } from '../shared/money.js';
import type { Instant } from '../shared/time.js';
import { moneyInWords } from './say.js';
import { entry, type TimelineEntry } from './timeline-entry.js';

/** An entry of a case's history, with its actor as people call them; null = Orderwatch itself. */
export interface HistoryView {
  readonly id: string;
  readonly at: Instant;
  readonly actor: string | null;
  readonly what: string;
  readonly why: string | null;
  readonly rule: string | null;
}

/** A step in the life of a remedy. */
export interface RemedyStep {
  readonly id: string;
  readonly remedyId: string;
  readonly kind: RemedyKind;
  readonly step: 'proposed' | 'approved' | 'declined' | 'called_back' | 'executed' | 'confirmed' | 'failed';
  readonly at: Instant;
  readonly actor: string | null;
  readonly amount: Money | null;
  readonly why: string | null;
}

const ACTS: Readonly<Record<string, string>> = {
  claimed: 'Claimed', released: 'Released', snoozed: 'Snoozed', woke: 'Woke from snooze', resolved: 'Resolved', reopened: 'Case reopened', opened: 'Case opened',
  closed: 'Case closed by itself', cleared: 'Findings ended', noted: 'Note', lease_ended: 'Claim ran out',
  assigned: 'Assigned', taken_over: 'Taken over', undone: 'Took back',
  remedy_void: 'Approval void, the facts changed', remedy_needs_human: 'Remedy needs a person', remedy_lapsed: 'Remedy lapsed unanswered',
  remedy_edited: 'Proposal changed', remedy_withdrawn: 'Proposal withdrawn', remedy_asked: 'Question about a remedy', remedy_answered: 'Question answered',
  remedy_retried: 'Remedy asked for again', remedy_looked_up: 'Remedy looked up', remedy_returned: 'Approval no longer counts', remedy_escalated: 'Remedy waits too long', remedy_rejudged: 'Policy says something else by now',
  remedy_unseen: 'Remedy not seen at the shop', remedy_held: 'Remedy held back, too many at once',
  claim_open: 'Claim against the carrier opened', claim_submitted: 'Claim submitted', claim_in_review: 'Claim in review', claim_credited: 'Carrier paid the claim', claim_rejected: 'Claim rejected',
};

/** Acts that only the case's own history tells. */
const OTHER_ACTS: Readonly<Record<string, string>> = {
  changed: 'Findings changed', renewed: 'Claim renewed', proposed: 'Remedy proposed', remedy_executing: 'Remedy being carried out', remedy_executed: 'Remedy carried out',
  remedy_unknown: 'Shop did not answer clearly', remedy_called_back: 'Remedy called back',
};

/** History of a case that screens tell otherwise: findings show themselves, remedies have their own rows. */
const QUIET = new Set(['changed', 'proposed', 'renewed']);

function isRule(rule: string | null): rule is RuleId {
  return RULES.some((r) => r.id === rule);
}

/** One act as people read it: who, what, and why where somebody said so. A program's own keys are nobody's reason. */
export interface ActInWords {
  readonly actor: string;
  readonly what: string;
  readonly why: string | null;
}

/** What was done with a case, in words; `actor` null is Orderwatch itself. */
export function actInWords({ what, why, rule, actor }: Pick<HistoryView, 'what' | 'why' | 'rule' | 'actor'>): ActInWords {
  const act = ACTS[what] ?? OTHER_ACTS[what] ?? what.replace(/_/g, ' ').replace(/^./, (c) => c.toUpperCase());
  const about = (what === 'opened' || what === 'reopened' || what === 'changed') && isRule(rule) ? `: ${labelOf(rule)}` : '';
  return { actor: actor ?? 'Orderwatch', what: act + about, why: reasonOf(what, why, actor) };
}

/** A snooze's time stands beside it, in the reader's zone; what a rule wrote are keys, but why it woke a case is a sentence. */
function reasonOf(what: string, why: string | null, actor: string | null): string | null {
  if (what === 'woke') return why?.includes('|') ? null : why;
  if (actor === null) return null;
  if (what === 'snoozed') return why !== null && /^\d{4}-/.test(why) ? null : why;
  return what === 'resolved' ? resolutionInWords(why) : why;
}

/** `reshipped: the customer agreed` is kept with the outcome's id. */
function resolutionInWords(why: string | null): string | null {
  const [, outcome, note] = /^([a-z_]+)(: .*)?$/s.exec(why ?? '') ?? [];
  return outcome === undefined ? why : outcomeInWords(outcome) + (note ?? '');
}

/** What people and rules did with the order's case. */
export function historyEntries(history: readonly HistoryView[]): TimelineEntry[] {
  return history.filter((h) => !QUIET.has(h.what) && (ACTS[h.what] !== undefined || !h.what.startsWith('remedy_'))).map((h) => {
    const { actor, what, why } = actInWords(h);
    return entry({ id: `history:${h.id}`, kind: 'person', at: h.at, lane: 'order', title: what, detail: why, actor, sourceLabel: actor, tone: h.actor === null ? 'normal' : 'person' });
  });
}

const STEPS: Readonly<Record<RemedyStep['step'], string>> = {
  proposed: 'proposed', approved: 'approved', declined: 'declined', called_back: 'called back', executed: 'carried out', confirmed: 'confirmed', failed: 'failed',
};

const KIND_WORDS: Readonly<Record<RemedyKind, string>> = { refund: 'Refund', reship: 'Reship', credit: 'Goodwill credit' };

/** `Refund €129.00 approved`. */
export function remedyInWords({ kind, amount, step }: Pick<RemedyStep, 'kind' | 'amount' | 'step'>): string {
  return `${KIND_WORDS[kind]}${movesMoney(kind) && amount ? ` ${moneyInWords(amount)}` : ''} ${STEPS[step]}`;
}

/** The remedies of the order, step by step. */
export function remedyEntries(steps: readonly RemedyStep[]): TimelineEntry[] {
  return steps.map((s) => entry({
    id: `remedy:${s.id}`, kind: 'remedy', at: s.at, lane: movesMoney(s.kind) ? 'payment' : 'order', title: remedyInWords(s), detail: s.why,
    actor: s.actor ?? 'Orderwatch', sourceLabel: s.actor ?? 'Orderwatch', tone: s.step === 'failed' ? 'problem' : 'money',
  }));
}
