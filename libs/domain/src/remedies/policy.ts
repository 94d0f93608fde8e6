import { DAY, HOUR } from '../shared/time.js';
import type { PersonRole } from './remedy.js';

/** What a failed rule means: a flag for the approver, a second approver, or no. */
export type Consequence = 'flag' | 'second' | 'forbid';

type Asker = Exclude<PersonRole, 'admin'>;

/** What a reason needs to be believed. */
export interface ReasonRule {
  /** Of one of these types a fact must be chosen, by how the type begins: `contact.`; none = any. */
  readonly types: readonly string[];
  /** Facts at least. */
  readonly facts: number;
  /** Orders that the customer must have had. */
  readonly orders: number;
  readonly then: Consequence;
}

/** Limits of remedies, in minor units of the order's own currency, and milliseconds. Data with versions, but for `callBack`. */
export interface RemedyPolicy {
  /** First limit: above this a proposal carries a flag, and is decided on its own. */
  readonly proposerLimit: number;
  /** Second limit: above this two different managers must approve. */
  readonly secondApproverAbove: number;
  /** Most that a person of that role asks for. */
  readonly askerLimits: Readonly<Record<Asker, number>>;
  readonly askerLimitThen: Consequence;
  /** Of what was paid, 0 to 1. */
  readonly share: { readonly above: number; readonly then: Consequence };
  /** Remedies of one order are proposed within this time of its placing. */
  readonly within: number;
  /** More remedies than this on one order carry a flag. */
  readonly priorRemedies: number;
  /** Remedies that the customer had in the last 90 days, over all orders. */
  readonly customer: { readonly above: number; readonly then: Consequence };
  /** Above this amount so many facts are chosen as evidence. */
  readonly evidence: { readonly above: number; readonly facts: number; readonly then: Consequence };
  /** Sum of what a person of that role asked for within 24 hours, with this. */
  readonly askWithinDay: Readonly<Record<Asker, number>>;
  readonly askWithinDayThen: Consequence;
  /** Most that is approved in one manager's name, or by one person in whosever names, within 24 hours; never more. */
  readonly approveWithinDay: number;
  /** Most of one remedy that a person of that role approves together with others; 0: none. */
  readonly batchLimits: Readonly<Record<Asker, number>>;
  /** What must be among the evidence for a reason. */
  readonly reasons: Readonly<Record<string, ReasonRule>>;
  /** Two people who approve only each other more often than this in 7 days are flagged. */
  readonly pairAbove: number;
  /** An unanswered proposal is shown to everybody as waiting too long after this. */
  readonly escalateAfter: number;
  /** An unanswered proposal lapses after this; it never passes. */
  readonly answerWithin: number;
  /** Time in which an approved remedy can be called back; of the installation, not of the policy. */
  readonly callBack: number;
}

/** Out of the box (version 0); the figures are judgement, as in docs/ARCHITECTURE.md ("Remedies"). */
export const defaultRemedyPolicy: RemedyPolicy = {
  proposerLimit: 10_000, secondApproverAbove: 100_000, askerLimits: { agent: 10_000, lead: 25_000, manager: 100_000 }, askerLimitThen: 'flag', share: { above: 0.5, then: 'flag' },
  within: 90 * DAY, priorRemedies: 1, customer: { above: 2, then: 'flag' }, evidence: { above: 10_000, facts: 1, then: 'flag' },
  askWithinDay: { agent: 100_000, lead: 250_000, manager: 1_000_000 }, askWithinDayThen: 'flag', approveWithinDay: 5_000_000, batchLimits: { agent: 0, lead: 0, manager: 7_500 },
  reasons: { care: { types: ['contact.'], facts: 1, orders: 2, then: 'forbid' } }, pairAbove: 5, escalateAfter: 2 * DAY, answerWithin: 4 * DAY, callBack: 30_000,
};

const CONSEQUENCES: readonly unknown[] = ['flag', 'second', 'forbid'];
const MOST = 1_000_000_000;
const MOST_REASONS = 50;

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** Reads a policy that a person wrote; what came with later programs may be missing, and is then as out of the box. @returns what is wrong with it, in words, or the policy. */
export function readRemedyPolicy(value: unknown, callBack: number): RemedyPolicy | readonly string[] {
  const wrong: string[] = [];
  const [top, asker, share, customer, evidence] = [fieldsOf(value), ...['askerLimits', 'share', 'customer', 'evidence'].map((name) => fieldsOf(fieldsOf(value)[name]))] as [Fields, Fields, Fields, Fields, Fields];
  const whole = (from: Fields, name: string, [least, most]: readonly [number, number]): number => {
    const found = from[name];
    if (typeof found === 'number' && Number.isInteger(found) && found >= least && found <= most) return found;
    wrong.push(`${name} is a whole number from ${least} to ${most}.`);
    return least;
  };
  const consequence = (from: Fields, name: string): Consequence => {
    const found = from[name];
    if (CONSEQUENCES.includes(found)) return found as Consequence;
    wrong.push(`${name} is flag, second or forbid.`);
    return 'forbid';
  };
  const money = [0, MOST] as const;
  const above = share['above'];
  if (typeof above !== 'number' || !(above >= 0 && above <= 1)) wrong.push('share.above is a number from 0 to 1.');
  const later = { ...defaultRemedyPolicy, ...top };
  const [day, batch] = [fieldsOf(later.askWithinDay), fieldsOf(later.batchLimits)];
  const policy: RemedyPolicy = {
    proposerLimit: whole(top, 'proposerLimit', money), secondApproverAbove: whole(top, 'secondApproverAbove', money),
    askerLimits: { agent: whole(asker, 'agent', money), lead: whole(asker, 'lead', money), manager: whole(asker, 'manager', money) }, askerLimitThen: consequence(top, 'askerLimitThen'),
    share: { above: typeof above === 'number' ? above : 0, then: consequence(share, 'then') }, within: whole(top, 'within', [DAY, 3_650 * DAY]), priorRemedies: whole(top, 'priorRemedies', [0, 100]),
    customer: { above: whole(customer, 'above', [0, 1_000]), then: consequence(customer, 'then') },
    evidence: { above: whole(evidence, 'above', money), facts: whole(evidence, 'facts', [0, 20]), then: consequence(evidence, 'then') },
    askWithinDay: { agent: whole(day, 'agent', money), lead: whole(day, 'lead', money), manager: whole(day, 'manager', money) }, askWithinDayThen: consequence(later, 'askWithinDayThen'),
    approveWithinDay: whole(later, 'approveWithinDay', money), batchLimits: { agent: whole(batch, 'agent', money), lead: whole(batch, 'lead', money), manager: whole(batch, 'manager', money) },
    reasons: readReasons(later.reasons, wrong), pairAbove: whole(later, 'pairAbove', [1, 1_000]), escalateAfter: whole(top, 'escalateAfter', [HOUR, 90 * DAY]), answerWithin: whole(top, 'answerWithin', [HOUR, 90 * DAY]), callBack,
  };
  if (policy.secondApproverAbove < policy.proposerLimit) wrong.push('The second limit is not below the first.');
  if (policy.answerWithin < policy.escalateAfter) wrong.push('A proposal is shown as waiting too long before it lapses.');
  return wrong.length > 0 ? wrong : policy;
}

function readReasons(value: unknown, wrong: string[]): Record<string, ReasonRule> {
  const read: Record<string, ReasonRule> = {};
  for (const [code, said] of Object.entries(fieldsOf(value)).slice(0, MOST_REASONS)) {
    const { types, facts, orders, then } = fieldsOf(said);
    const isCount = (count: unknown): count is number => typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= 20;
    if (!Array.isArray(types) || !types.every((type): type is string => typeof type === 'string') || !isCount(facts) || !isCount(orders) || !CONSEQUENCES.includes(then) || !/^[a-z][a-z0-9_]{0,59}$/.test(code)) {
      wrong.push(`reasons.${code} names types of facts, a number of facts and of orders from 0 to 20, and flag, second or forbid.`);
      continue;
    }
    read[code] = { types, facts, orders, then: then as Consequence };
  }
  return read;
}
