import { HOUR } from '../shared/time.js';
import type { Finding } from './assess.js';
import type { Severity } from './rule.js';
import { RULES } from './rules/index.js';

/** Strongest first; the position is what a case stores. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'normal', 'low'];

/** How soon a case of that severity is due after it opened (docs: ARCHITECTURE, "Cases"). */
export const DUE_WITHIN: Readonly<Record<Severity, number>> = { critical: 2 * HOUR, high: 8 * HOUR, normal: 24 * HOUR, low: 24 * HOUR };

const RULE_ORDER = new Map(RULES.map((rule, index) => [rule.id, index]));

/** Position of a severity: 0 is the strongest. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** Strongest first: by severity, then by the order of the rules, then the older. */
export function byStrength(a: Finding, b: Finding): number {
  return severityRank(a.severity) - severityRank(b.severity)
    || (RULE_ORDER.get(a.rule) ?? 0) - (RULE_ORDER.get(b.rule) ?? 0)
    || a.since - b.since;
}
