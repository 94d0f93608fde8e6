import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY, HOUR, MINUTE } from '../shared/time.js';
import type { Finding } from './assess.js';
import { assignCase } from './case-assign.js';
import { claimCase, noteCase, releaseCase, reopenCase, resolveCase, snoozeCase } from './case-commands.js';
import type { CaseActor, CaseCommandResult } from './case-result.js';
import { standsInTheWay, undoableOf, undoAct, type PastAct } from './case-undo.js';
import { CLEARED_ITSELF, LEASE, reconcileCase, type CaseSnapshot } from './reconcile.js';

const NOW = Date.UTC(2026, 0, 20);
const live = { now: NOW, imported: false, held: false };
const ana: CaseActor = { id: 'ana', grant: 'own' };
const lea: CaseActor = { id: 'lea', grant: 'all' };
const finding = (start: number): Finding =>
  ({ rule: 'no_movement', severity: 'normal', subject: { type: 'order', id: null }, key: `no_movement|order||${start}`, since: start, detail: {}, shipment: null, suppressedBy: null });
const one = finding(NOW - DAY);
const nowhere = { scans: {}, known: [], value: null, currency: null };

type Try = (c: CaseSnapshot, now: number) => CaseCommandResult;
const ACTS: readonly Try[] = [
  (c, now) => claimCase(c, ana, now), (c, now) => releaseCase(c, lea, now), (c, now) => snoozeCase(c, ana, { until: now + HOUR, condition: 'carrier_scan', from: nowhere }, now),
  (c, now) => resolveCase(c, lea, 'moved_again', now), (c, now) => reopenCase(c, ana, 'again', now), (c, now) => noteCase(c, ana, 'called', now),
  (c, now) => assignCase(c, lea, { id: 'ben', name: 'Ben', grant: 'own' }, 'because', now), (c, now) => assignCase(c, lea, { id: 'lea', name: 'Lea', grant: 'all' }, 'urgent', now),
];
const opened = (): CaseSnapshot => reconcileCase(null, [one], live)?.next as CaseSnapshot;

/** As history keeps it: through JSON. */
function past(result: CaseCommandResult & { ok: true }, before: CaseSnapshot, at: number): PastAct {
  return JSON.parse(JSON.stringify({ what: result.what, why: result.why, at, before: undoableOf(before), after: undoableOf(result.next) })) as PastAct;
}
function act(c: CaseSnapshot, tryIt: Try, at = NOW): { readonly next: CaseSnapshot; readonly past: PastAct } {
  const result = tryIt(c, at);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { next: result.next, past: past(result, c, at) };
}
const undone = (c: CaseSnapshot, p: PastAct, at = NOW + MINUTE): CaseSnapshot => {
  const result = undoAct(c, p, at);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.next;
};

describe('undoAct', () => {
  it('gives back the case as it was before the last act, whatever was done, but for a whole lease', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: ACTS.length - 1 }), { minLength: 1, maxLength: 8 }), (picks) => {
      let c = opened();
      let last: { before: CaseSnapshot; past: PastAct } | undefined;
      picks.forEach((pick, i) => {
        const at = NOW + i * MINUTE;
        const result = ACTS[pick]?.(c, at);
        if (!result?.ok || result.what === 'renewed') return;
        last = { before: c, past: past(result, c, at) };
        c = result.next;
      });
      if (!last) return;
      const at = NOW + 10 * MINUTE;
      const back = undone(c, last.past, at);
      const isLeasedAnew = back.leaseUntil === at + LEASE && last.before.state === 'claimed';
      expect({ ...back, leaseUntil: isLeasedAnew ? last.before.leaseUntil : back.leaseUntil }).toEqual(last.before);
    }), { numRuns: 500 });
  });

  it('gives who had it in hand a whole lease again, from now', () => {
    const mine = act(opened(), (c, now) => claimCase(c, ana, now)).next;
    const { next, past: p } = act(mine, (c, now) => releaseCase(c, ana, now), NOW + 5 * MINUTE);
    expect(undone(next, p, NOW + HOUR)).toMatchObject({ state: 'claimed', ownerId: 'ana', leaseUntil: NOW + HOUR + LEASE });
  });

  it('takes a resolution back so that its findings count again', () => {
    const { next, past: p } = act(opened(), (c, now) => resolveCase(c, ana, 'moved_again', now));
    const back = undone(next, p);
    expect(back).toMatchObject({ state: 'new', outcome: null, acknowledged: [], resolvedBy: null });
    expect(reconcileCase({ ...back, findings: [] }, [one], live)?.next.state).toBe('new');
  });

  it('knows the findings of a resolution again when their parcel got another name', () => {
    const parcel = (id: string): Finding => ({ ...one, subject: { type: 'parcel', id }, key: `no_movement|parcel|${id}|1` });
    const { next, past: p } = act({ ...opened(), findings: [parcel('events/S')] }, (c, now) => resolveCase(c, ana, 'moved_again', now));
    expect(undone({ ...next, findings: [parcel('dhl:7')], acknowledged: [parcel('dhl:7').key] }, p).acknowledged).toEqual([]);
  });

  it('is refused when what it would change was changed since, and not for a note, a renewed lease or new findings', () => {
    const { next, past: p } = act(opened(), (c, now) => claimCase(c, ana, now));
    expect(undoAct(act(next, (c, now) => assignCase(c, lea, { id: 'lea', name: 'Lea', grant: 'all' }, 'urgent', now)).next, p, NOW)).toMatchObject({ kind: 'conflict' });
    const since = act({ ...next, leaseUntil: NOW + 2 * LEASE, findings: [one, finding(NOW)] }, (c, now) => noteCase(c, ana, 'called', now)).next;
    expect(undone(since, p)).toMatchObject({ state: 'new', ownerId: null, leaseUntil: null });
  });

  it('reaches no further than a day, and only acts of persons that were kept whole', () => {
    const { next, past: p } = act(opened(), (c, now) => claimCase(c, ana, now));
    expect(undoAct(next, p, NOW + DAY)).toMatchObject({ ok: true });
    expect(undoAct(next, p, NOW + DAY + 1)).toMatchObject({ kind: 'invalid' });
    expect(undoAct(next, { ...p, before: { state: 'new', ownerId: null } }, NOW)).toMatchObject({ kind: 'invalid' });
    for (const what of ['woke', 'lease_ended', 'proposed', 'undone', 'renewed', 'opened']) expect([what, undoAct(next, { ...p, what }, NOW).ok]).toEqual([what, false]);
  });

  it('says in its own words what was taken back, and repeats nobody\'s', () => {
    const words = (tryIt: Try, c = opened()) => {
      const done = act(c, tryIt);
      const result = undoAct(done.next, done.past, NOW);
      return result.ok ? result.why : result;
    };
    expect(words((c, now) => resolveCase(c, ana, 'refunded', now))).toBe('resolved as refunded');
    expect(words((c, now) => snoozeCase(c, ana, { until: now + 1, condition: 'customer_writes', from: nowhere }, now))).toBe('snoozed until the customer writes');
    expect(words((c, now) => snoozeCase(c, ana, { until: now + 1, condition: null, from: nowhere }, now))).toBe('snoozed');
    expect(words((c, now) => noteCase(c, ana, 'Mrs. Keller shouted', now))).toBe('a note');
    expect(words((c, now) => assignCase(c, ana, { id: 'ben', name: 'Ben', grant: 'own' }, 'he knows her', now))).toBe('assigned to Ben');
  });

  it('closes a case whose findings ended, as when a person lets go of it', () => {
    const { next, past: p } = act(opened(), (c, now) => claimCase(c, ana, now));
    expect(undone({ ...next, cleared: true, findings: [] }, p)).toMatchObject({ state: 'resolved', outcome: CLEARED_ITSELF });
  });

  it('gives nobody a case back whose lease had ended before it was taken', () => {
    const mine = act(opened(), (c, now) => claimCase(c, ana, now)).next;
    const { next, past: p } = act(mine, (c, now) => claimCase(c, { id: 'ben', grant: 'own' }, now), NOW + LEASE);
    expect(undone(next, p, NOW + LEASE + 1)).toMatchObject({ state: 'new', ownerId: null, leaseUntil: null });
  });
});

describe('standsInTheWay', () => {
  const { next, past: p } = act(opened(), (c, now) => snoozeCase(c, ana, { until: now + HOUR, condition: null, from: nowhere }, now));
  it('names acts and rules that changed the same, and no others', () => {
    expect(standsInTheWay(p, act(next, (c, now) => resolveCase(c, lea, 'moved_again', now)).past)).toBe(true);
    expect(standsInTheWay(p, act(next, (c, now) => noteCase(c, ana, 'x', now)).past)).toBe(false);
    expect(standsInTheWay(p, { what: 'woke', why: null, at: NOW, before: { state: 'snoozed' }, after: { state: 'new' } })).toBe(true);
    for (const what of ['changed', 'proposed']) expect(standsInTheWay(p, { what, why: null, at: NOW, before: null, after: null })).toBe(false);
  });
});

describe('assignCase', () => {
  const ben = { id: 'ben', name: 'Ben', grant: 'own' } as const;
  const mine = act(opened(), (c, now) => claimCase(c, ana, now)).next;

  it('takes a live claim away for leads only, with a reason', () => {
    expect(assignCase(mine, { id: 'cem', grant: 'own' }, ben, 'because', NOW)).toEqual({ ok: false, kind: 'taken', by: 'ana' });
    expect(assignCase(mine, lea, ben, ' ', NOW)).toMatchObject({ kind: 'invalid' });
    expect(assignCase(mine, lea, ben, 'he knows her', NOW)).toMatchObject({ ok: true, what: 'assigned', why: 'to Ben: he knows her', next: { ownerId: 'ben', leaseUntil: NOW + LEASE } });
    expect(assignCase(mine, lea, { ...ben, id: 'lea', name: 'Lea' }, 'urgent', NOW)).toMatchObject({ ok: true, what: 'taken_over', why: 'urgent', next: { ownerId: 'lea' } });
    expect(assignCase(mine, { id: 'cem', grant: 'own' }, ben, null, NOW + LEASE)).toMatchObject({ ok: true, next: { ownerId: 'ben' } });
  });

  it('gives none to who works on none, nor what they have, nor what is resolved', () => {
    expect(assignCase(opened(), ana, { ...ben, grant: 'none' }, null, NOW)).toMatchObject({ kind: 'invalid', why: 'Ben does not work on cases.' });
    expect(assignCase(mine, ana, { ...ben, id: 'ana' }, null, NOW)).toMatchObject({ kind: 'conflict', why: 'You have it already.' });
    expect(assignCase({ ...opened(), state: 'resolved' }, ana, ben, null, NOW)).toMatchObject({ kind: 'conflict' });
    expect(assignCase(opened(), { id: 'adm', grant: 'none' }, ben, null, NOW)).toMatchObject({ kind: 'forbidden' });
    expect(assignCase(opened(), ana, null, null, NOW)).toMatchObject({ kind: 'conflict', why: 'Nobody has it.' });
  });

  it('lets a snooze sleep on for its new owner', () => {
    const asleep = act(opened(), (c, now) => snoozeCase(c, ana, { until: now + HOUR, condition: 'delivery', from: nowhere }, now)).next;
    expect(assignCase(asleep, ana, ben, null, NOW)).toMatchObject({ ok: true, next: { state: 'snoozed', ownerId: 'ben', leaseUntil: null, snoozedUntil: asleep.snoozedUntil, snooze: asleep.snooze } });
    expect(assignCase(asleep, ana, null, null, NOW)).toMatchObject({ ok: true, what: 'released', next: { state: 'snoozed', ownerId: null } });
  });
});
