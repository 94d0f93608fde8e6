import type { OrderState, Said } from '../order/state.js';
import type { Instant } from '../shared/time.js';
import type { AssessContext, Condition, Detail, Rule, RuleId, Severity, Subject } from './rule.js';
import { RULES, ruleOf } from './rules/index.js';

/** Something that is wrong with an order right now. JSON-safe: cases keep it. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly subject: Subject;
  /** Names this happening: rule, subject and start of its span. */
  readonly key: string;
  readonly since: Instant;
  readonly detail: Detail;
  /** Own id of the shipment (or its number) the finding is about, when it is about one. */
  readonly shipment: string | null;
  /** The finding that shows the same cause already. */
  readonly suppressedBy: RuleId | null;
}

export interface Assessment {
  /** Open findings, strongest first. */
  readonly findings: readonly Finding[];
  /** The earliest later instant at which something opens by itself; null = never. */
  readonly nextDueAt: Instant | null;
  /** Silent connections that keep something from opening, or from being known to go on. */
  readonly heldBy: readonly string[];
}

/** What the carrier reports explains a parcel's silence (contract, section 7, "Suppression"). */
const EXPLAINS_SILENCE: ReadonlySet<RuleId> = new Set<RuleId>([
  'lost', 'damaged', 'returned_to_sender', 'refused', 'customs_hold', 'address_problem', 'delivery_attempt_failed',
]);

/** Runs every rule that is on over one order. Pure; `next due` is never too late. */
export function assess(state: OrderState, context: AssessContext): Assessment {
  const open: Finding[] = [];
  const heldBy = new Set<string>();
  let nextDueAt: Instant | null = null;
  const clock = (said: Said): Instant => Math.min(said.at, context.heard[said.factId] ?? said.at);
  for (const rule of RULES) {
    if (context.policy.disabled.includes(rule.id)) continue;
    const limit = context.policy.limits[rule.id] ?? rule.limit ?? 0;
    for (const condition of rule.conditions(state, { limit, clock })) {
      if (condition.opensAt > context.now) {
        if (nextDueAt === null || condition.opensAt < nextDueAt) nextDueAt = condition.opensAt;
        continue;
      }
      const silence = condition.feed === null ? undefined : context.silences[condition.feed];
      const finding = findingOf(rule, condition, state);
      const isHeld = condition.feed !== null && silence !== undefined && condition.opensAt > silence;
      if (isHeld) heldBy.add(condition.feed);
      if (!isHeld || context.open?.has(finding.key)) open.push(finding);
    }
  }
  return { findings: suppress(open), nextDueAt, heldBy: [...heldBy].sort() };
}

function findingOf(rule: Rule, condition: Condition, state: OrderState): Finding {
  const { subject } = condition;
  return {
    rule: rule.id, severity: rule.severity, subject, since: condition.since, detail: condition.detail, suppressedBy: null,
    key: `${rule.id}|${subject.type}|${subject.id ?? ''}|${condition.startedAt}`,
    shipment: shipmentOf(subject, condition.detail, state),
  };
}

function shipmentOf(subject: Subject, detail: Detail, state: OrderState): string | null {
  if (subject.type === 'order' || subject.id === null) return null;
  const parcel = state.parcels[subject.type === 'parcel' ? subject.id : String(detail['parcel'] ?? '')];
  return ownId(parcel?.shipments[0] ?? parcel?.number ?? subject.id);
}

/** The id in its own system: without the connection that a name starts with. */
export function ownId(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? name : name.slice(slash + 1);
}

function suppress(findings: readonly Finding[]): Finding[] {
  const missed = findings.some((f) => f.rule === 'promise_missed');
  return findings.map((finding) => {
    if (finding.rule === 'promise_slipped' && missed) return { ...finding, suppressedBy: 'promise_missed' };
    if (finding.rule !== 'no_movement' && finding.rule !== 'carrier_exception') return finding;
    const cause = findings.find((f) => EXPLAINS_SILENCE.has(f.rule) && f.subject.type === 'parcel' && f.subject.id === finding.subject.id);
    return cause ? { ...finding, suppressedBy: cause.rule } : finding;
  });
}

/** One sentence of why, as of `now`. */
export function explain(finding: Pick<Finding, 'rule' | 'detail' | 'since'>, now: Instant): string {
  return ruleOf(finding.rule).explain(finding.detail, finding.since, now);
}

/** Two or three words for a rule's chip. */
export function labelOf(rule: RuleId): string {
  return ruleOf(rule).label;
}
