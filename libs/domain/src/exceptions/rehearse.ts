import { applyFact, foldOrder, type FoldConfig } from '../order/fold.js';
import { comparePositions, positionOf, type Fact } from '../order/facts.js';
import type { OrderState } from '../order/state.js';
import type { Instant } from '../shared/time.js';
import { assess, type Assessment, type Finding } from './assess.js';
import type { Policy, RuleId } from './rule.js';

/** `occurred`: all that had happened by then; `received`: all that was known by then. */
export type Basis = 'occurred' | 'received';

/** A fact with the moment we heard of it. */
export interface HeardFact {
  readonly fact: Fact;
  readonly receivedAt: Instant;
}

export interface RehearsalConfig extends FoldConfig {
  readonly policy: Policy;
  readonly basis: Basis;
  /** Connections whose recorded silence covers that instant, and since when. */
  silencesAt(instant: Instant): Readonly<Record<string, Instant>>;
}

/** A stretch of time in which a rule was open for one parcel or order; `until` null = still open at the end. */
export interface Span {
  readonly rule: RuleId;
  readonly shipment: string | null;
  readonly from: Instant;
  readonly until: Instant | null;
}

function knownAt(entry: HeardFact, basis: Basis): Instant {
  return basis === 'occurred' ? entry.fact.at : entry.receivedAt;
}

function heardOf(entries: readonly HeardFact[]): Record<string, Instant> {
  const heard: Record<string, Instant> = {};
  for (const { fact, receivedAt } of entries) if (receivedAt < fact.at) heard[fact.id] = receivedAt;
  return heard;
}

/** What the rules would have shown open for one order at that instant. */
export function rehearseAsOf(orderId: string, history: readonly HeardFact[], at: Instant, config: RehearsalConfig): readonly Finding[] {
  const known = history.filter((entry) => knownAt(entry, config.basis) <= at);
  if (known.length === 0) return [];
  return rehearseState(foldOrder(orderId, known.map((e) => e.fact), config), heardOf(known), at, config);
}

/** The same for an order whose state at that instant is known; `heard`: its facts that were heard of before they happened. */
export function rehearseState(state: OrderState, heard: Readonly<Record<string, Instant>>, at: Instant, config: RehearsalConfig): readonly Finding[] {
  return assess(state, { policy: config.policy, now: at, heard, silences: config.silencesAt(at) }).findings;
}

/** Every stretch of time within [from, to] in which a rule was open for one order, by playing its history through. */
export function rehearseSpans(orderId: string, history: readonly HeardFact[], from: Instant, to: Instant, config: RehearsalConfig): Span[] {
  const steps = [...history].sort((a, b) => knownAt(a, config.basis) - knownAt(b, config.basis) || comparePositions(positionOf(a.fact), positionOf(b.fact)));
  const heard = heardOf(history);
  const open = new Map<string, Span>();
  const closed: Span[] = [];
  let state: OrderState | undefined;
  let done = 0;
  while (done < steps.length) {
    const first = steps[done];
    if (!first) break;
    const now = knownAt(first, config.basis);
    if (now > to) break;
    let upTo = done;
    while (upTo < steps.length && knownAt(steps[upTo] as HeardFact, config.basis) === now) upTo += 1;
    state = extend(orderId, state, { known: steps.slice(0, upTo), added: steps.slice(done, upTo) }, config);
    done = upTo;
    const next = steps[done];
    const end = next ? Math.min(knownAt(next, config.basis) - 1, to) : to;
    for (let at: Instant | null = now; at !== null && at <= end; ) {
      const result: Assessment = assess(state, { policy: config.policy, now: at, heard, silences: config.silencesAt(at) });
      note(result.findings, at, open, closed);
      at = result.nextDueAt;
    }
  }
  return [...closed, ...open.values()].filter((span) => span.from <= to && (span.until === null || span.until >= from));
}

function extend(orderId: string, state: OrderState | undefined, steps: { readonly known: readonly HeardFact[]; readonly added: readonly HeardFact[] }, config: RehearsalConfig): OrderState {
  let next = state;
  for (const { fact } of steps.added) next = next && applyFact(next, fact, config);
  return next ?? foldOrder(orderId, steps.known.map((s) => s.fact), config);
}

function note(findings: readonly Finding[], at: Instant, open: Map<string, Span>, closed: Span[]): void {
  const now = new Set<string>();
  for (const finding of findings) {
    const id = `${finding.rule}|${finding.subject.type}|${finding.subject.id ?? ''}`;
    now.add(id);
    const from = open.get(id)?.from ?? (finding.since >= at - 1 ? finding.since : at);
    open.set(id, { rule: finding.rule, shipment: finding.shipment, from, until: null });
  }
  for (const [id, span] of open) {
    if (now.has(id)) continue;
    closed.push({ ...span, until: at });
    open.delete(id);
  }
}
