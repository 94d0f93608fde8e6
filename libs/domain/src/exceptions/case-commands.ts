import { DAY, type Instant } from '../shared/time.js';
import { barFor, become, heldByOther, isLeased, letGo, refuse, type CaseActor, type CaseCommandResult } from './case-result.js';
import { outcomesFor } from './outcomes.js';
import { awake, LEASE, type CaseSnapshot } from './reconcile.js';
import { DUE_WITHIN, SEVERITIES } from './severity.js';
import { snoozeInWords, timeIsUp, type Snooze } from './snooze.js';

/** Nobody puts a case off for longer. */
export const LONGEST_SNOOZE = 90 * DAY;

/** Takes the case for {@link LEASE}; by its owner, prolongs it. Nobody takes over a live lease. */
export function claimCase(c: CaseSnapshot, actor: CaseActor, now: Instant): CaseCommandResult {
  if (actor.grant === 'none') return refuse('forbidden', 'Your role does not work on cases.');
  if (c.state === 'resolved') return refuse('conflict', 'It is resolved already.');
  if (heldByOther(c, actor, now)) return { ok: false, kind: 'taken', by: c.ownerId ?? '' };
  const what = isLeased(c, now) ? 'renewed' : 'claimed';
  return become(c, what, null, { state: 'claimed', ownerId: actor.id, leaseUntil: now + LEASE, snoozedUntil: null, snooze: null });
}

/** Gives it back. One's own, or anybody's where the matrix says `all` (hand-over). `note`: what the next one should know. */
export function releaseCase(c: CaseSnapshot, actor: CaseActor, now: Instant, note: string | null = null): CaseCommandResult {
  const bar = barFor(c, actor, now);
  if (bar) return bar;
  if (c.state === 'resolved') return refuse('conflict', 'It is resolved already.');
  if (c.ownerId === null) return refuse('conflict', 'Nobody has it.');
  return letGo(c, now, 'released', note);
}

/** Until when at the latest, and what may come before. */
export interface SnoozeWish extends Snooze {
  readonly until: Instant;
}

/** Puts it off; it stays with whoever had it, and wakes when what it waits for comes true, when it gets worse, or at its time. */
export function snoozeCase(c: CaseSnapshot, actor: CaseActor, { until, condition, from }: SnoozeWish, now: Instant): CaseCommandResult {
  const bar = barFor(c, actor, now);
  if (bar) return bar;
  if (c.state === 'resolved') return refuse('conflict', 'It is resolved already.');
  if (!(until > now)) return refuse('invalid', 'That time has passed.');
  if (until > now + LONGEST_SNOOZE) return refuse('invalid', 'That is too far away: 90 days at most.');
  if (condition === 'feed_speaks' && !c.held) return refuse('invalid', 'No feed of this order is late.');
  const why = condition === null ? new Date(until).toISOString() : snoozeInWords(condition);
  const keepsOwner = c.state === 'snoozed' || isLeased(c, now);
  return become(c, 'snoozed', why, { state: 'snoozed', snoozedUntil: until, snooze: { condition, from }, leaseUntil: null, ownerId: (keepsOwner ? c.ownerId : null) ?? actor.id });
}

/** Closes it with an outcome; the findings it covers do not open it again. */
export function resolveCase(c: CaseSnapshot, actor: CaseActor, outcome: string, now: Instant): CaseCommandResult {
  const bar = barFor(c, actor, now);
  if (bar) return bar;
  if (c.state === 'resolved') return refuse('conflict', 'It is resolved already.');
  if (!outcomesFor(c.rule).some((o) => o.id === outcome)) return refuse('invalid', 'No such outcome for this kind of case.');
  return become(c, 'resolved', outcome, {
    state: 'resolved', outcome, resolvedAt: now, resolvedBy: actor.id, ownerId: null, leaseUntil: null, snoozedUntil: null, snooze: null, waitingFor: null,
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
    return become(c, 'woke', timeIsUp(c.snooze), awake(c, now));
  }
  if (c.state === 'claimed' && !isLeased(c, now)) return letGo(c, now, 'lease_ended');
  return undefined;
}
