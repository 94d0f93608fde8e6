import type { Grant } from '../access/matrix.js';
import { DAY, type Instant } from '../shared/time.js';
import { outcomesFor } from './outcomes.js';
import { CLEARED_ITSELF, LEASE, type CaseSnapshot } from './reconcile.js';
import { DUE_WITHIN, SEVERITIES } from './severity.js';

/** Nobody puts a case off for longer. */
export const LONGEST_SNOOZE = 90 * DAY;

/** Who acts, and what the matrix gives them: `own` = cases that are nobody's or theirs. */
export interface CaseActor {
  readonly id: string;
  readonly grant: Grant;
}

/** What a person's act on a case is called in its history. */
export type CaseAct = 'claimed' | 'renewed' | 'released' | 'snoozed' | 'resolved' | 'reopened' | 'noted' | 'lease_ended' | 'woke' | 'closed';

/** The case as it is next, or why not. `taken`: another person's lease is live. */
export type CaseCommandResult =
  | { readonly ok: true; readonly next: CaseSnapshot; readonly what: CaseAct; readonly why: string | null }
  | { readonly ok: false; readonly kind: 'conflict' | 'invalid' | 'forbidden'; readonly why: string }
  | { readonly ok: false; readonly kind: 'taken'; readonly by: string };

const refuse = (kind: 'conflict' | 'invalid' | 'forbidden', why: string): CaseCommandResult => ({ ok: false, kind, why });
const become = (c: CaseSnapshot, what: CaseAct, why: string | null, more: Partial<CaseSnapshot>): CaseCommandResult => ({ ok: true, next: { ...c, ...more }, what, why });

/** Whether a lease on the case is live. */
export function isLeased(c: CaseSnapshot, now: Instant): boolean {
  return c.ownerId !== null && c.leaseUntil !== null && c.leaseUntil > now;
}

/** Another person works on it right now. */
function heldByOther(c: CaseSnapshot, actor: CaseActor, now: Instant): boolean {
  return isLeased(c, now) && c.ownerId !== actor.id;
}

/** Takes the case for {@link LEASE}; by its owner, prolongs it. Nobody takes over a live lease. */
export function claimCase(c: CaseSnapshot, actor: CaseActor, now: Instant): CaseCommandResult {
  if (actor.grant === 'none') return refuse('forbidden', 'Your role does not work on cases.');
  if (c.state === 'resolved') return refuse('conflict', 'It is resolved already.');
  if (heldByOther(c, actor, now)) return { ok: false, kind: 'taken', by: c.ownerId ?? '' };
  const what = isLeased(c, now) ? 'renewed' : 'claimed';
  return become(c, what, null, { state: 'claimed', ownerId: actor.id, leaseUntil: now + LEASE, snoozedUntil: null });
}

/** Gives it back. One's own, or anybody's where the matrix says `all` (hand-over). */
export function releaseCase(c: CaseSnapshot, actor: CaseActor, now: Instant): CaseCommandResult {
  const bar = barFor(c, actor, now);
  if (bar) return bar;
  if (c.state === 'resolved') return refuse('conflict', 'It is resolved already.');
  if (c.ownerId === null) return refuse('conflict', 'Nobody has it.');
  return letGo(c, now, 'released');
}

/** A case whose findings ended while a person acted on it closes when that person lets go. */
function letGo(c: CaseSnapshot, now: Instant, what: 'released' | 'lease_ended'): CaseCommandResult {
  const free = { ownerId: null, leaseUntil: null };
  if (!c.cleared) return become(c, what, null, { ...free, state: c.state === 'snoozed' ? 'snoozed' : 'new' });
  return become(c, 'closed', 'findings ended', { ...free, state: 'resolved', snoozedUntil: null, outcome: CLEARED_ITSELF, resolvedAt: now, resolvedBy: 'system' });
}

/** Puts it off until an instant; it stays with whoever had it and wakes early when it gets worse. */
export function snoozeCase(c: CaseSnapshot, actor: CaseActor, until: Instant, now: Instant): CaseCommandResult {
  const bar = barFor(c, actor, now);
  if (bar) return bar;
  if (c.state === 'resolved') return refuse('conflict', 'It is resolved already.');
  if (!(until > now)) return refuse('invalid', 'That time has passed.');
  if (until > now + LONGEST_SNOOZE) return refuse('invalid', 'That is too far away: 90 days at most.');
  return become(c, 'snoozed', new Date(until).toISOString(), { state: 'snoozed', snoozedUntil: until, leaseUntil: null, ownerId: c.ownerId ?? actor.id });
}

/** Closes it with an outcome; the findings it covers do not open it again. */
export function resolveCase(c: CaseSnapshot, actor: CaseActor, outcome: string, now: Instant): CaseCommandResult {
  const bar = barFor(c, actor, now);
  if (bar) return bar;
  if (c.state === 'resolved') return refuse('conflict', 'It is resolved already.');
  if (!outcomesFor(c.rule).some((o) => o.id === outcome)) return refuse('invalid', 'No such outcome for this kind of case.');
  return become(c, 'resolved', outcome, {
    state: 'resolved', outcome, resolvedAt: now, resolvedBy: actor.id, ownerId: null, leaseUntil: null, snoozedUntil: null, waitingFor: null,
    acknowledged: [...new Set([...c.acknowledged, ...c.findings.map((f) => f.key)])],
  });
}

/** Opens it again, with a reason and a new clock; its findings count once more. */
export function reopenCase(c: CaseSnapshot, actor: CaseActor, reason: string, now: Instant): CaseCommandResult {
  if (actor.grant === 'none') return refuse('forbidden', 'Your role does not work on cases.');
  if (c.state !== 'resolved') return refuse('conflict', 'It is open already.');
  if (reason.trim() === '') return refuse('invalid', 'Say why.');
  const open = new Set(c.findings.map((f) => f.key));
  return become(c, 'reopened', reason.trim(), {
    state: 'new', backlog: false, reopened: c.reopened + 1, openedAt: now, dueAt: now + DUE_WITHIN[SEVERITIES[c.severity] ?? 'normal'], outcome: null, resolvedAt: null,
    resolvedBy: null, ownerId: null, leaseUntil: null, cleared: false, acknowledged: c.acknowledged.filter((key) => !open.has(key)),
  });
}

/** Writes something down; as with every other act, not on a case that another person has, unless the matrix says `all`. */
export function noteCase(c: CaseSnapshot, actor: CaseActor, text: string, now: Instant): CaseCommandResult {
  const bar = barFor(c, actor, now);
  if (bar) return bar;
  return text.trim() === '' ? refuse('invalid', 'Write something first.') : become(c, 'noted', text.trim(), {});
}

/** What time alone does to a case: a lease or a snooze ends. Undefined: nothing yet. */
export function passTime(c: CaseSnapshot, now: Instant): CaseCommandResult | undefined {
  if (c.state === 'snoozed' && c.snoozedUntil !== null && c.snoozedUntil <= now) {
    if (c.cleared) return letGo(c, now, 'lease_ended');
    return become(c, 'woke', 'time is up', { state: c.ownerId ? 'claimed' : 'new', snoozedUntil: null, leaseUntil: c.ownerId ? now + LEASE : null });
  }
  if (c.state === 'claimed' && !isLeased(c, now)) return letGo(c, now, 'lease_ended');
  return undefined;
}

function barFor(c: CaseSnapshot, actor: CaseActor, now: Instant): CaseCommandResult | undefined {
  if (actor.grant === 'none') return refuse('forbidden', 'Your role does not work on cases.');
  if (actor.grant === 'own' && heldByOther(c, actor, now)) return { ok: false, kind: 'taken', by: c.ownerId ?? '' };
  return undefined;
}
