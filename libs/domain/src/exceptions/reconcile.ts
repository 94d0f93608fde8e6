import { DAY, MINUTE, type Instant } from '../shared/time.js';
import { labelOf, type Finding } from './assess.js';
import type { RuleId } from './rule.js';
import { byStrength, DUE_WITHIN, severityRank } from './severity.js';
import type { OrderLook, Snooze } from './snooze.js';
import { newsSince } from './waking.js';

export type CaseState = 'new' | 'claimed' | 'waiting' | 'snoozed' | 'resolved';

/** What the domain needs to know of a case; stores keep more beside it. */
export interface CaseSnapshot {
  readonly state: CaseState;
  /** Found in imported history and old: shown in the backlog view, not in the queue. */
  readonly backlog: boolean;
  readonly rule: RuleId;
  /** Open, unsuppressed, unacknowledged rules, strongest first. */
  readonly rules: readonly RuleId[];
  /** Position in SEVERITIES: 0 is the strongest. */
  readonly severity: number;
  readonly findings: readonly Finding[];
  /** Keys of findings that a resolution covered. */
  readonly acknowledged: readonly string[];
  readonly since: Instant;
  readonly openedAt: Instant;
  readonly dueAt: Instant | null;
  readonly ownerId: string | null;
  readonly leaseUntil: Instant | null;
  readonly snoozedUntil: Instant | null;
  /** What it is put off for; only while snoozed. */
  readonly snooze: Snooze | null;
  readonly waitingFor: string | null;
  /** Its findings ended while a person was acting on it. */
  readonly cleared: boolean;
  readonly reopened: number;
  readonly outcome: string | null;
  readonly resolvedAt: Instant | null;
  readonly resolvedBy: string | null;
  /** A silent feed keeps something about this order from being known. */
  readonly held: boolean;
}

export interface CaseHistory {
  readonly what: 'opened' | 'reopened' | 'closed' | 'cleared' | 'changed' | 'woke';
  /** Of a waking the cause in words, else the key of a finding. */
  readonly why: string;
  readonly rule: RuleId;
}

export interface ReconcileContext {
  readonly now: Instant;
  /** The news came from an import: findings older than {@link BACKLOG_AGE} go to the backlog. */
  readonly imported: boolean;
  readonly held: boolean;
  /** The order as it now is; looked at only for a case that is snoozed. */
  readonly order?: OrderLook;
}

/** Findings of imported history older than this are not today's work. */
export const BACKLOG_AGE = 14 * DAY;

/** A claim is a lease: it ends by itself, and the case returns to the queue. */
export const LEASE = 20 * MINUTE;

/** Outcome of a case that closed because its findings ended. */
export const CLEARED_ITSELF = 'cleared_itself';

/** The case as it must be, and what its history says of the change. */
export interface CaseDecision {
  readonly next: CaseSnapshot;
  readonly history: readonly CaseHistory[];
}

/**
 * Compares an order's findings with its case. Running it again with the same findings changes nothing.
 * @returns the changed case, or undefined when nothing changes.
 */
export function reconcileCase(current: CaseSnapshot | null, findings: readonly Finding[], context: ReconcileContext): CaseDecision | undefined {
  const acknowledged = new Set(current?.acknowledged ?? []);
  const active = findings.filter((f) => f.suppressedBy === null && !acknowledged.has(f.key)).sort(byStrength);
  const leader = active[0];
  if (!leader) return current && current.state !== 'resolved' ? closeOrClear(current, findings, context) : undefined;
  if (!current || current.state === 'resolved') return open(current, leader, active, findings, context);
  return update(current, leader, active, findings, context);
}

/**
 * The case with its findings under the names their parcels have now: a parcel goes by the smallest of its names, and may get
 * a smaller one at any time. What a resolution covered must not count as new because of that.
 */
export function renameSubjects(current: CaseSnapshot, names: Readonly<Record<string, string>>): CaseSnapshot {
  const acknowledged = current.acknowledged.map((key) => renameKey(key, names));
  const findings = current.findings.map((finding) => ({ ...finding, key: renameKey(finding.key, names) }));
  const isSame = acknowledged.every((key, i) => key === current.acknowledged[i]) && findings.every(({ key }, i) => key === current.findings[i]?.key);
  return isSame ? current : { ...current, acknowledged: [...new Set(acknowledged)], findings };
}

/** The key of a finding under the name its parcel has now. */
export function renameKey(key: string, names: Readonly<Record<string, string>>): string {
  const [, rule, id = '', startedAt] = /^([^|]*)\|parcel\|(.*)\|([^|]*)$/s.exec(key) ?? [];
  const name = Object.hasOwn(names, id) ? names[id] : undefined;
  return name === undefined || name === id ? key : `${rule}|parcel|${name}|${startedAt}`;
}

function open(current: CaseSnapshot | null, leader: Finding, active: readonly Finding[], findings: readonly Finding[], context: ReconcileContext): CaseDecision {
  const isOld = context.imported && active.every((f) => f.since < context.now - BACKLOG_AGE);
  const next: CaseSnapshot = {
    state: 'new', backlog: isOld, ...described(leader, active, findings, context),
    acknowledged: current?.acknowledged ?? [], openedAt: context.now, dueAt: context.now + DUE_WITHIN[leader.severity],
    ownerId: null, leaseUntil: null, snoozedUntil: null, snooze: null, waitingFor: null, cleared: false,
    reopened: current ? current.reopened + 1 : 0, outcome: null, resolvedAt: null, resolvedBy: null,
  };
  return { next, history: [{ what: current ? 'reopened' : 'opened', why: leader.key, rule: leader.rule }] };
}

function described(leader: Finding, active: readonly Finding[], findings: readonly Finding[], context: ReconcileContext) {
  return {
    rule: leader.rule, rules: [...new Set(active.map((f) => f.rule))], severity: severityRank(leader.severity),
    findings, since: Math.min(...active.map((f) => f.since)), held: context.held,
  };
}

function update(current: CaseSnapshot, leader: Finding, active: readonly Finding[], findings: readonly Finding[], context: ReconcileContext): CaseDecision | undefined {
  const before = new Set(current.findings.map((f) => f.key));
  const added = active.filter((f) => !before.has(f.key));
  const changedKeys = added.length > 0 || findings.length !== current.findings.length || findings.some((f) => !before.has(f.key));
  const rank = severityRank(leader.severity);
  const isWorse = rank < current.severity;
  const causes = current.state === 'snoozed' ? causesToWake(current, { added, isWorse }, context) : [];
  const wakes = causes.length > 0;
  const isChanged = wakes || changedKeys || current.cleared || current.held !== context.held || current.rule !== leader.rule || sentencesDiffer(current.findings, findings);
  if (!isChanged) return undefined;
  const isStillOld = current.backlog && active.every((f) => f.since < context.now - BACKLOG_AGE);
  const isNewWork = current.backlog && !isStillOld;
  const within = context.now + DUE_WITHIN[leader.severity];
  const dueAt = isNewWork ? within : isWorse ? Math.min(current.dueAt ?? Infinity, within) : current.dueAt;
  const next: CaseSnapshot = {
    ...current, ...described(leader, active, findings, context), dueAt, backlog: isStillOld, cleared: false,
    openedAt: isNewWork ? context.now : current.openedAt,
    ...(wakes ? awake(current, context.now) : {}),
  };
  const history: CaseHistory[] = [];
  if (wakes) history.push({ what: 'woke', why: causes.join('; '), rule: (added[0] ?? leader).rule });
  else if (changedKeys) history.push({ what: 'changed', why: (added[0] ?? leader).key, rule: (added[0] ?? leader).rule });
  return { next, history };
}

/** A snoozed case goes back to whoever put it off, in hand for the length of a lease, and to the queue when nobody did. */
export function awake(c: CaseSnapshot, now: Instant): Pick<CaseSnapshot, 'state' | 'snoozedUntil' | 'snooze' | 'leaseUntil'> {
  return { state: c.ownerId ? 'claimed' : 'new', snoozedUntil: null, snooze: null, leaseUntil: c.ownerId ? now + LEASE : null };
}

/** What it was put off for came true, or it got worse: every cause in words. */
function causesToWake(current: CaseSnapshot, worse: { readonly added: readonly Finding[]; readonly isWorse: boolean }, context: ReconcileContext): string[] {
  const news = current.snooze && context.order ? newsSince(current.snooze, context.order, context.held) : [];
  const found = [...new Set(worse.added.map((f) => (f.rule === 'promise_missed' ? 'The promise passed' : `New finding: ${labelOf(f.rule)}`)))];
  return [...news, ...(found.length === 0 && worse.isWorse ? ['It became more serious'] : found)];
}

function sentencesDiffer(before: readonly Finding[], after: readonly Finding[]): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

function closeOrClear(current: CaseSnapshot, findings: readonly Finding[], context: ReconcileContext): CaseDecision | undefined {
  const isActedOn = current.ownerId !== null && current.leaseUntil !== null && current.leaseUntil > context.now;
  if (isActedOn) {
    if (current.cleared && current.held === context.held) return undefined;
    return { next: { ...current, findings, cleared: true, held: context.held }, history: [{ what: 'cleared', why: 'findings ended', rule: current.rule }] };
  }
  return {
    next: {
      ...current, state: 'resolved', findings, held: context.held, ownerId: null, leaseUntil: null, snoozedUntil: null, snooze: null, cleared: true,
      outcome: CLEARED_ITSELF, resolvedAt: context.now, resolvedBy: 'system',
    },
    history: [{ what: 'closed', why: 'findings ended', rule: current.rule }],
  };
}
