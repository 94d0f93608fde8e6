import { DAY, type Instant } from '../shared/time.js';
import { become, isLeased, letGo, refuse, type CaseAct, type CaseCommandResult } from './case-result.js';
import { outcomeInWords } from './outcomes.js';
import { LEASE, type CaseSnapshot } from './reconcile.js';

/** What a person's act can change; rules own the rest. */
const FIELDS = [
  'state', 'backlog', 'acknowledged', 'openedAt', 'dueAt', 'ownerId', 'leaseUntil', 'snoozedUntil', 'snooze', 'waitingFor', 'reopened', 'outcome', 'resolvedAt', 'resolvedBy',
] as const satisfies readonly (keyof CaseSnapshot)[];
type Field = (typeof FIELDS)[number];
/** What history keeps of a case before and after an act. JSON-safe. */
export type Undoable = Pick<CaseSnapshot, Field>;

/** These must still be as the act left them. Leases are prolonged, clocks and what is acknowledged are moved by rules too. */
const MUST_STAND: ReadonlySet<Field> = new Set<Field>(['state', 'ownerId', 'snoozedUntil', 'snooze', 'outcome', 'resolvedAt', 'reopened']);

/** Acts of persons that can be taken back. `closed` is what letting go of a case without findings comes to. */
const REVERSIBLE: ReadonlySet<string> = new Set<CaseAct>(['claimed', 'released', 'assigned', 'taken_over', 'snoozed', 'resolved', 'reopened', 'noted', 'closed']);

/** What Orderwatch itself does to state or owner; its entries keep a glance only. */
const RULES_MOVE: ReadonlySet<string> = new Set(['opened', 'reopened', 'closed', 'woke']);

/** Later than this the world has moved on: one reopens, claims or snoozes anew. */
export const UNDO_WITHIN = DAY;

/** An act as history keeps it. */
export interface PastAct {
  readonly what: string;
  readonly why: string | null;
  readonly at: Instant;
  readonly before: unknown;
  readonly after: unknown;
}

/** The part of a case that an act can change. */
export function undoableOf(c: CaseSnapshot): Undoable {
  return Object.fromEntries(FIELDS.map((field) => [field, c[field]])) as unknown as Undoable;
}

function isUndoable(value: unknown): value is Undoable {
  return typeof value === 'object' && value !== null && FIELDS.every((field) => Object.hasOwn(value, field));
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What an act changed; nothing for a note, and for entries that are no acts or were kept before acts could be taken back. */
function changedBy({ before, after }: PastAct): readonly Field[] {
  return isUndoable(before) && isUndoable(after) ? FIELDS.filter((field) => !isSame(before[field], after[field])) : [];
}

/** Whether a later entry of the history stands in the way of taking an earlier act back. */
export function standsInTheWay(past: PastAct, later: PastAct): boolean {
  const changed = changedBy(past).filter((field) => MUST_STAND.has(field));
  if (isUndoable(later.before) && isUndoable(later.after)) return changedBy(later).some((field) => changed.includes(field));
  return changed.length > 0 && RULES_MOVE.has(later.what);
}

/**
 * Takes a person's own act back: what it changed is as it was before, if nothing of that was changed since. Whose lease had been
 * live has the case in hand again for a whole lease.
 */
export function undoAct(c: CaseSnapshot, past: PastAct, now: Instant): CaseCommandResult {
  const { before, after } = past;
  if (!REVERSIBLE.has(past.what) || !isUndoable(before) || !isUndoable(after)) return refuse('invalid', 'That cannot be taken back.');
  if (now - past.at > UNDO_WITHIN) return refuse('invalid', 'That was more than a day ago.');
  const changed = changedBy(past);
  if (changed.some((field) => MUST_STAND.has(field) && !isSame(c[field], after[field]))) return refuse('conflict', 'It changed since.');
  const restored = Object.fromEntries(changed.map((field) => [field, before[field]])) as Partial<CaseSnapshot>;
  const hadIt = before.state === 'claimed' && before.leaseUntil !== null && before.leaseUntil > past.at;
  const lease: Partial<CaseSnapshot> = !changed.includes('state') && !changed.includes('ownerId') ? { leaseUntil: c.leaseUntil }
    : before.state !== 'claimed' ? { leaseUntil: null } : hadIt ? { leaseUntil: now + LEASE } : { state: 'new', ownerId: null, leaseUntil: null };
  const next: CaseSnapshot = { ...c, ...restored, ...lease, acknowledged: acknowledgedWithout(c, before, after) };
  const why = actTakenBack(past);
  // Its findings ended meanwhile: as when a person lets go of it.
  if (changed.length > 0 && next.cleared && next.state !== 'resolved' && !isLeased(next, now)) return letGo(next, now, 'undone', why);
  return become(next, 'undone', why, {});
}

/** Keys are compared with the findings as they are called now: a parcel may have got another name since. */
function acknowledgedWithout(c: CaseSnapshot, before: Undoable, after: Undoable): readonly string[] {
  if (isSame(before.acknowledged, after.acknowledged)) return c.acknowledged;
  const isWider = after.acknowledged.length > before.acknowledged.length;
  if (!isWider) return [...new Set([...c.acknowledged, ...before.acknowledged])];
  const added = new Set([...after.acknowledged, ...c.findings.map((f) => f.key)]);
  for (const key of before.acknowledged) added.delete(key);
  return c.acknowledged.filter((key) => !added.has(key));
}

/** Who had it before or after is not told here; the entry that is taken back tells it. What people wrote is not said twice. */
function actTakenBack({ what, why, after }: PastAct): string {
  switch (what) {
    case 'resolved':
      return `resolved as ${outcomeInWords(isUndoable(after) ? (after.outcome ?? '') : '').toLowerCase()}`;
    case 'noted':
      return 'a note';
    case 'assigned':
      return `assigned ${why?.split(':')[0] ?? ''}`.trim();
    case 'snoozed':
      return why !== null && !/^\d{4}-/.test(why) ? `snoozed ${why}` : 'snoozed';
    case 'closed':
      return 'released';
    default:
      return what.replaceAll('_', ' ');
  }
}
