import { carrierInWords, explain, labelOf, outcomeInWords, SEVERITIES, snoozeInWords, type CaseSnapshot, type Finding, type RuleId, type Severity, type SnoozeCondition } from '@orderwatch/domain';
import type { CaseRecord, PersonName } from './case-record.js';

/** A row of the queue as GraphQL answers it, except the customer, whom not everybody may see. What changes in the queue is pushed in this shape. */
export interface CaseCells {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly orderId: string;
  readonly orderName: string;
  readonly shop: string;
  readonly rule: string;
  readonly ruleLabel: string;
  readonly otherRules: readonly string[];
  readonly severity: Severity;
  readonly state: CaseSnapshot['state'];
  readonly reason: string;
  readonly since: string;
  readonly openedAt: string;
  readonly dueAt: string | null;
  readonly value: { readonly minor: number; readonly currency: string } | null;
  readonly promisedAt: string | null;
  readonly promiseText: string | null;
  readonly carrier: string | null;
  readonly parcelCount: number;
  readonly owner: (PersonName & { readonly initials: string }) | null;
  readonly leaseUntil: string | null;
  readonly snoozedUntil: string | null;
  readonly snoozeCondition: SnoozeCondition | null;
  /** `until the next carrier scan`; null when it is put off for the time alone. */
  readonly snoozeText: string | null;
  readonly waitingFor: string | null;
  readonly reopened: number;
  readonly dataAgeSeconds: number | null;
  readonly country: string | null;
  readonly contactAt: string | null;
  readonly changedAt: string | null;
  readonly feedLate: boolean;
  readonly outcome: string | null;
  readonly resolvedAt: string | null;
  readonly resolvedBy: string | null;
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Two letters for an avatar. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0]?.[0] ?? '', words.at(-1)?.[0] ?? ''] : [...(words[0] ?? '?')].slice(0, 2);
  return letters.join('').toUpperCase();
}

/** The finding that leads the case; a case whose findings have ended keeps its rule and has none. */
export function leaderOf(c: Pick<CaseSnapshot, 'rule' | 'findings' | 'acknowledged'>): Finding | undefined {
  const own = c.findings.filter((f) => f.rule === c.rule);
  return own.find((f) => f.suppressedBy === null && !c.acknowledged.includes(f.key)) ?? own[0];
}

function reasonOf(c: CaseSnapshot, now: number): string {
  const leader = leaderOf(c);
  if (leader) return explain(leader, c.resolvedAt ?? now);
  return c.state === 'resolved' ? 'What was wrong has ended' : 'What was wrong has ended; close it or let it go';
}

/** The sentence is about the instant it is told; once resolved, about that instant. */
export function caseCells(record: CaseRecord, now: number): CaseCells {
  const c = record.snapshot;
  return {
    id: record.orderId, number: `EX-${record.number}`, version: record.version, orderId: record.orderId, orderName: record.orderName, shop: record.shop,
    rule: c.rule, ruleLabel: labelOf(c.rule), otherRules: c.rules.filter((rule) => rule !== c.rule).map((rule: RuleId) => labelOf(rule)), severity: SEVERITIES[c.severity] ?? 'normal',
    state: c.state, reason: reasonOf(c, now), since: new Date(c.since).toISOString(), openedAt: new Date(c.openedAt).toISOString(), dueAt: iso(c.dueAt),
    value: record.valueMinor === null || record.currency === null ? null : { minor: record.valueMinor, currency: record.currency },
    promisedAt: iso(record.promisedAt), promiseText: record.promiseText, carrier: record.carrier === null ? null : carrierInWords(record.carrier), parcelCount: record.parcelCount,
    owner: record.owner ? { ...record.owner, initials: initialsOf(record.owner.name) } : null, leaseUntil: iso(c.leaseUntil), snoozedUntil: iso(c.snoozedUntil), waitingFor: c.waitingFor,
    snoozeCondition: c.snooze?.condition ?? null, snoozeText: c.snooze?.condition ? snoozeInWords(c.snooze.condition) : null,
    reopened: c.reopened, dataAgeSeconds: record.lastEventAt === null ? null : Math.max(0, Math.round((now - record.lastEventAt) / 1000)), feedLate: c.held,
    country: record.country, contactAt: iso(record.contactAt), changedAt: iso(record.changedAt),
    outcome: c.outcome === null ? null : outcomeInWords(c.outcome), resolvedAt: iso(c.resolvedAt), resolvedBy: record.resolvedByName ?? (c.resolvedBy === null ? null : 'Orderwatch'),
  };
}
