import type { OrderState } from '../order/state.js';
import { DAY, type Instant } from '../shared/time.js';
import { moneyInWords } from '../views/say.js';
import type { Consequence, RemedyPolicy } from './policy.js';
import type { RemedyKind } from './remedy.js';
import { situationOf, type RemedyRequest, type Situation } from './situation.js';

export interface PolicyCheck {
  readonly name: string;
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly value: string;
  readonly source: string;
  /** A failed hard check forbids the remedy; any other is a flag for the approver. */
  readonly isHard: boolean;
  /** Of the policy's own limits, and not of what is there. */
  readonly isPolicy?: boolean;
  /** Forbidden by the policy, and somebody asks that it be set aside for this one. */
  readonly isSetAside?: boolean;
  /** It failed, and another manager must agree. */
  readonly needsSecond?: boolean;
}

export interface PolicyResult {
  readonly checks: readonly PolicyCheck[];
  readonly isAllowed: boolean;
  /** Why not, or what happens next. */
  readonly why: string;
  readonly approvalsNeeded: number;
  /** Every rule passed and the amount is known and within the first limit: may be decided together with others. */
  readonly isClean: boolean;
}

/**
 * What the second judgement holds against a remedy that the first did not, in words: who read the first may not have gone on had they read it.
 * A rule that passes with another value is none.
 */
export function worsened(read: readonly PolicyCheck[], now: readonly PolicyCheck[]): string[] {
  const gravity = ({ verdict, isHard, needsSecond }: PolicyCheck): number => (verdict === 'pass' ? 0 : verdict === 'unknown' ? 1 : isHard ? 4 : needsSecond === true ? 3 : 2);
  const before = new Map(read.map((check) => [check.name, gravity(check)]));
  return now.filter((check) => gravity(check) > (before.get(check.name) ?? 0)).map((check) => `${check.name}: ${check.value}`);
}

/** Runs the policy over a request, before anybody clicks. */
export function checkRemedy(state: OrderState, request: RemedyRequest, policy: RemedyPolicy, now: Instant): PolicyResult {
  return judge(situationOf(state, request, now), policy);
}

/** What the policy says to a situation: each rule in words. Every remedy needs a manager's approval; nothing here gives it. */
export function judge(situation: Situation, policy: RemedyPolicy): PolicyResult {
  const checks = [...moneyChecks(situation, policy), ...lineChecks(situation), ...flags(situation, policy), ...reasonChecks(situation, policy)].map((check) => setAside(check, situation.setAside ?? []));
  const failed = checks.find((c) => c.isHard && c.verdict !== 'pass');
  const { amount, kind } = situation;
  const isLarge = amount === null ? movesMoney(kind) : amount.minor > policy.secondApproverAbove;
  const approvalsNeeded = isLarge || checks.some((c) => c.needsSecond) ? 2 : 1;
  const why = failed ? `${failed.name}: ${failed.value}` : approvalsNeeded === 2 ? 'two managers must approve' : 'a manager must approve';
  const isClean = approvalsNeeded === 1 && amount !== null && amount.minor <= policy.proposerLimit && checks.every((c) => c.verdict === 'pass');
  return { checks, isAllowed: failed === undefined, why, approvalsNeeded, isClean };
}

/** What the policy forbids may be asked for as an exception, and then needs two managers; what cannot be (more than was paid, lines that are not there) stays forbidden. */
function setAside(check: PolicyCheck, rules: readonly string[]): PolicyCheck {
  const isAsked = check.isHard && check.isPolicy === true && check.verdict === 'fail' && rules.includes(check.name);
  return isAsked ? { ...check, isHard: false, needsSecond: true, isSetAside: true } : check;
}

/** Rules that stand between a request and its being asked for, and that may be set aside for it; none when something else forbids it, too. */
export function exceptionsFor({ checks }: Pick<PolicyResult, 'checks'>): string[] {
  if (checks.some((check) => check.isHard && check.verdict !== 'pass' && check.isPolicy !== true)) return [];
  return checks.filter((check) => check.isSetAside === true || (check.isHard && check.verdict === 'fail')).map((check) => check.name);
}

/** What the reason that is given needs: facts of its kind among the evidence, and a customer with a history. */
function reasonChecks({ reasonCode, evidence, evidenceTypes = [], customerOrders }: Situation, policy: RemedyPolicy): PolicyCheck[] {
  const needs = reasonCode === null || reasonCode === undefined || !Object.hasOwn(policy.reasons, reasonCode) ? undefined : policy.reasons[reasonCode];
  if (!needs) return [];
  const isOfType = needs.types.length === 0 || evidenceTypes.some((type) => needs.types.some((begins) => type.startsWith(begins)));
  const named = needs.types.length === 0 ? '' : `, one of ${needs.types.map((type) => type.replace(/\.$/, '')).join(' or ')}`;
  const checks = [rule('Evidence for this reason', evidence >= needs.facts && isOfType, `${evidence} of ${needs.facts}${named}`, { source: 'policy', then: needs.then })];
  if (needs.orders > 0) checks.push(rule('Customer history', (customerOrders ?? 0) >= needs.orders, customerOrders === null || customerOrders === undefined ? 'customer not known' : `${customerOrders} of ${needs.orders} orders`, { source: 'orders', then: needs.then }));
  return checks;
}

/** A rule with the consequence that the policy gives it. What is not known is told, and stops nothing. */
function rule(name: string, isPass: boolean | null, value: string, { source, then }: { readonly source: string; readonly then: Consequence }): PolicyCheck {
  const isFailed = isPass === false;
  return { name, verdict: isPass === null ? 'unknown' : isPass ? 'pass' : 'fail', value, source, isHard: then === 'forbid' && isFailed, isPolicy: true, ...(then === 'second' && isFailed ? { needsSecond: true } : {}) };
}

/** Whether its amount is chosen by who asks. */
export function movesMoney(kind: RemedyKind): boolean {
  return kind !== 'reship';
}

function moneyChecks(situation: Situation, policy: RemedyPolicy): PolicyCheck[] {
  const { kind, amount, paid, refundable, coveredMinor } = situation;
  const hard = (name: string, isPass: boolean | null, value: string): PolicyCheck => ({ name, verdict: isPass === null ? 'unknown' : isPass ? 'pass' : 'fail', value, source: 'ledger', isHard: true });
  if (movesMoney(kind)) {
    if (!amount || amount.minor <= 0) return [hard('Amount', false, 'an amount above zero is needed')];
    if (!refundable || !paid) return [hard('Not more than paid', null, 'nobody has said what was paid')];
    if (amount.currency !== refundable.currency) return [hard('Currency', false, `the order was paid in ${refundable.currency}`)];
  }
  const checks = kind === 'refund' && amount && refundable ? [hard('Not more than paid', amount.minor <= refundable.minor, `${moneyInWords(amount)} of ${moneyInWords(refundable)} refundable`)] : [];
  if (amount && paid && amount.currency === paid.currency) {
    const all = coveredMinor + amount.minor;
    checks.push(rule('Not more than paid, all together', all <= paid.minor, `${moneyInWords({ ...paid, minor: all })} of ${moneyInWords(paid)}`, { source: 'ledger', then: 'second' }));
  }
  if (amount) checks.push(...amountChecks(situation, policy));
  if (kind === 'refund' && paid) checks.push(rule('Refunded before', situation.refundedMinor === 0, moneyInWords({ minor: situation.refundedMinor, currency: paid.currency }), { source: 'ledger', then: 'flag' }));
  return checks;
}

/** Whole, unless what is over its limit would read as the limit itself: then a tenth more. */
function percent(share: number, limit: number): number {
  const whole = Math.round(share * 100);
  return share > limit && whole <= Math.round(limit * 100) ? Math.ceil(share * 1000) / 10 : whole;
}

function amountChecks({ amount, paid, role, askedWithinDay = 0 }: Situation, policy: RemedyPolicy): PolicyCheck[] {
  if (!amount) return [];
  const limit = role === null || role === 'admin' ? policy.proposerLimit : policy.askerLimits[role];
  const of = (minor: number): string => `${moneyInWords(amount)} of ${moneyInWords({ minor, currency: amount.currency })}`;
  const checks = [rule("Within the asker's limit", amount.minor <= limit, of(limit), { source: 'policy', then: policy.askerLimitThen })];
  const day = role === null || role === 'admin' ? null : policy.askWithinDay[role];
  if (day !== null && askedWithinDay + amount.minor > day) {
    const all = { ...amount, minor: askedWithinDay + amount.minor };
    checks.push(rule("Within the asker's day", false, `${moneyInWords(all)} of ${moneyInWords({ ...amount, minor: day })} in 24 hours`, { source: 'policy', then: policy.askWithinDayThen }));
  }
  if (paid && paid.currency === amount.currency && paid.minor > 0) {
    const share = amount.minor / paid.minor;
    checks.push(rule('Share of the order', share <= policy.share.above, `${percent(share, policy.share.above)} % of ${moneyInWords(paid)}, limit ${Math.round(policy.share.above * 100)} %`, { source: 'policy', then: policy.share.then }));
  }
  return checks;
}

function lineChecks({ wrongLines, twice }: Situation): PolicyCheck[] {
  if (wrongLines !== null) return [{ name: 'Lines', verdict: 'fail', value: wrongLines, source: 'order', isHard: true }];
  return twice === null ? [] : [rule('Not made good before', false, twice, { source: 'ledger', then: 'second' })];
}

function flags({ amount, days, prior, customerRemedies, evidence }: Situation, policy: RemedyPolicy): PolicyCheck[] {
  const needed = amount === null || amount.minor > policy.evidence.above ? policy.evidence.facts : 0;
  const facts = evidence === 1 ? '1 fact' : `${evidence} facts`;
  return [
    rule(`Within ${policy.within / DAY} days`, days === null ? null : days * DAY <= policy.within, days === null ? 'order date unknown' : `day ${days}`, { source: 'order', then: 'flag' }),
    rule('Earlier remedies', prior <= policy.priorRemedies - 1, String(prior), { source: 'ledger', then: 'flag' }),
    rule('Remedies of the customer, 90 days', customerRemedies === null ? null : customerRemedies <= policy.customer.above, customerRemedies === null ? 'not known' : `${customerRemedies}, limit ${policy.customer.above}`, { source: 'ledger', then: policy.customer.then }),
    evidence < needed
      ? rule('Evidence', false, `${facts} of ${needed}`, { source: 'policy', then: policy.evidence.then })
      : { name: 'Evidence', verdict: evidence > 0 ? 'pass' : 'unknown', value: facts, source: 'proposal', isHard: false },
  ];
}
