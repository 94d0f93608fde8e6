import { DAY, type Instant } from '../shared/time.js';
import { moneyInWords } from '../views/say.js';
import type { Money } from '../shared/money.js';
import type { OrderState } from '../order/state.js';
import { refundableOf, refundedOf, paidOf } from './facts.js';
import type { RemedyKind, RemedyLine } from './remedy.js';

/** Limits of remedies, in minor units of the order's own currency. */
export interface RemedyPolicy {
  /** Above this two different managers must approve. */
  readonly secondApproverAbove: number;
  /** Above this a proposal carries a flag for the approver. */
  readonly proposerLimit: number;
  /** Remedies of one order are proposed within this time of its placing. */
  readonly within: number;
  /** More remedies than this on one order carry a flag. */
  readonly priorRemedies: number;
  /** An unanswered proposal lapses after this; it never passes. */
  readonly answerWithin: number;
  /** Time in which an approved remedy can be called back. */
  readonly callBack: number;
}

/** Out of the box; the figures are judgement, as in docs/ARCHITECTURE.md ("Remedies"). */
export const defaultRemedyPolicy: RemedyPolicy = {
  secondApproverAbove: 100_000, proposerLimit: 10_000, within: 90 * DAY, priorRemedies: 1, answerWithin: 4 * DAY, callBack: 30_000,
};

export interface PolicyCheck {
  readonly name: string;
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly value: string;
  readonly source: string;
  /** A failed hard check forbids the remedy; any other is a flag for the approver. */
  readonly isHard: boolean;
}

export interface RemedyRequest {
  readonly kind: RemedyKind;
  readonly amount: Money | null;
  readonly lines: readonly RemedyLine[];
  readonly evidence: number;
}

export interface PolicyResult {
  readonly checks: readonly PolicyCheck[];
  readonly isAllowed: boolean;
  /** Why not, or what happens next. */
  readonly why: string;
  readonly approvalsNeeded: number;
}


/** Runs the policy over a request, before anybody clicks. Every remedy needs a manager's approval. */
export function checkRemedy(state: OrderState, request: RemedyRequest, policy: RemedyPolicy, now: Instant): PolicyResult {
  const checks = [...moneyChecks(state, request, policy), ...lineChecks(state, request), ...flags(state, request, policy, now)];
  const failed = checks.find((c) => c.isHard && c.verdict !== 'pass');
  const isLarge = request.amount === null || request.amount.minor > policy.secondApproverAbove;
  const approvalsNeeded = isLarge && request.kind === 'refund' ? 2 : 1;
  const why = failed ? `${failed.name}: ${failed.value}` : approvalsNeeded === 2 ? 'two managers must approve' : 'a manager must approve';
  return { checks, isAllowed: failed === undefined, why, approvalsNeeded };
}

function moneyChecks(state: OrderState, { kind, amount }: RemedyRequest, policy: RemedyPolicy): PolicyCheck[] {
  if (kind === 'reship') return [];
  const refundable = refundableOf(state);
  const paid = paidOf(state);
  const check = (name: string, isPass: boolean | null, value: string): PolicyCheck => ({ name, verdict: isPass === null ? 'unknown' : isPass ? 'pass' : 'fail', value, source: 'ledger', isHard: true });
  if (!amount || amount.minor <= 0) return [check('Amount', false, 'an amount above zero is needed')];
  if (!refundable || !paid) return [check('Not more than paid', null, 'nobody has said what was paid')];
  if (amount.currency !== refundable.currency) return [check('Currency', false, `the order was paid in ${refundable.currency}`)];
  return [
    check('Not more than paid', amount.minor <= refundable.minor, `${moneyInWords(amount)} of ${moneyInWords(refundable)} refundable`),
    { name: "Within the asker's limit", verdict: amount.minor <= policy.proposerLimit ? 'pass' : 'fail', value: `${moneyInWords(amount)} of ${moneyInWords({ minor: policy.proposerLimit, currency: amount.currency })}`, source: 'policy', isHard: false },
    { name: 'Refunded before', verdict: refundedOf(state) === 0 ? 'pass' : 'fail', value: moneyInWords({ minor: refundedOf(state), currency: paid.currency }), source: 'ledger', isHard: false },
  ];
}

function lineChecks(state: OrderState, { kind, lines }: RemedyRequest): PolicyCheck[] {
  const asked = new Map<string, number>();
  const wrong = lines.find((line) => {
    const known = state.lines.find((l) => l.id === line.lineId);
    // A line named twice is asked for twice: together not more than was ordered.
    const sum = (asked.get(line.lineId) ?? 0) + line.quantity;
    asked.set(line.lineId, sum);
    return !known || line.quantity <= 0 || !Number.isInteger(line.quantity) || sum > (known.quantity ?? 1);
  });
  if (wrong) return [{ name: 'Lines', verdict: 'fail', value: `the order has no ${asked.get(wrong.lineId) ?? wrong.quantity} × line ${wrong.lineId}`, source: 'order', isHard: true }];
  if (kind === 'reship' && lines.length === 0) return [{ name: 'Lines', verdict: 'fail', value: 'choose what to send again', source: 'order', isHard: true }];
  return [];
}

function flags(state: OrderState, { evidence }: RemedyRequest, policy: RemedyPolicy, now: Instant): PolicyCheck[] {
  const placedAt = state.placed?.at ?? state.firstAt;
  const days = placedAt === null ? null : Math.floor((now - placedAt) / DAY);
  const prior = Object.keys(state.remedies).length;
  return [
    { name: `Within ${policy.within / DAY} days`, verdict: days === null ? 'unknown' : days * DAY <= policy.within ? 'pass' : 'fail', value: days === null ? 'order date unknown' : `day ${days}`, source: 'order', isHard: false },
    { name: 'Earlier remedies', verdict: prior <= policy.priorRemedies - 1 ? 'pass' : 'fail', value: String(prior), source: 'ledger', isHard: false },
    { name: 'Evidence', verdict: evidence > 0 ? 'pass' : 'unknown', value: evidence === 1 ? '1 fact' : `${evidence} facts`, source: 'proposal', isHard: false },
  ];
}
