import { Inject, Injectable } from '@nestjs/common';
import { caseChanges, CaseActsStore, Transactions, writeChanges, type CaseRecord, type Clock, type NewChange, type Tx } from '@orderwatch/db';
import type { CaseCommandResult, CaseSnapshot } from '@orderwatch/domain';
import { LiveWake } from '../../platform/live/live-wake.js';
import { CLOCK } from '../../platform/tokens.js';

/** What an act came to. `conflict`: the case is not what the caller saw. */
export type ActResult =
  | { readonly kind: 'done'; readonly orderId: string | null }
  | { readonly kind: 'conflict'; readonly orderId: string | null; readonly message: string; readonly by: string | null; readonly at: Date | null }
  | { readonly kind: 'not_allowed'; readonly reason: string };

export interface Act {
  readonly orderId: string;
  /** The version the caller saw; null where it does not matter (a note, a job). */
  readonly expectedVersion: number | null;
  /** Person id or `system`. */
  readonly actor: string;
  /** The same id twice is the same act. */
  readonly mutationId: string | null;
  /** Its writing must find that no other person's lease is live. */
  readonly isClaim?: boolean;
  readonly decide: (snapshot: CaseSnapshot, now: number) => CaseCommandResult | undefined;
  /** What the actor wrote, for the history; else the decision's own words. */
  readonly note?: string | null;
}

const brief = (c: CaseSnapshot) => ({
  state: c.state, ownerId: c.ownerId, leaseUntil: c.leaseUntil, snoozedUntil: c.snoozedUntil, outcome: c.outcome, reopened: c.reopened, rules: c.rules,
});

/**
 * The one shape of every act on a case: lock, load, decide, compare and set, history, change rows; one transaction.
 * Said twice with the same id, it is done once.
 */
@Injectable()
export class ActOnCase {
  constructor(
    private readonly db: Transactions,
    private readonly store: CaseActsStore,
    private readonly wake: LiveWake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(act: Act): Promise<ActResult> {
    return this.db.run((tx) => this.inside(tx, act));
  }

  private async inside(tx: Tx, act: Act): Promise<ActResult> {
    const record = await this.store.lock(tx, act.orderId);
    if (!record) return { kind: 'conflict', orderId: null, message: 'There is no such case.', by: null, at: null };
    if (act.mutationId !== null && (await this.store.orderOfMutation(tx, act.mutationId)) !== null) return { kind: 'done', orderId: act.orderId };
    const now = this.clock.now();
    const result = act.decide(record.snapshot, now);
    if (!result) return { kind: 'done', orderId: act.orderId };
    if (!result.ok) return this.refused(tx, record, result);
    if (act.expectedVersion !== null && act.expectedVersion !== record.version) return this.conflict(tx, record, null);
    const isSaved = await this.store.save(tx, record, result.next, now, act.isClaim ? act.actor : null);
    if (!isSaved) return this.conflict(tx, record, null);
    await this.store.writeHistory(tx, {
      orderId: act.orderId, at: now, actor: act.actor, what: result.what, why: act.note ?? result.why, rule: record.snapshot.rule, before: brief(record.snapshot), after: brief(result.next),
      mutationId: act.mutationId,
    });
    const cause = { actor: act.actor, mutationId: act.mutationId, now };
    await writeChanges(tx, [...(await caseChanges(tx, [act.orderId], cause)), ...countedAgain(record, result.next, cause)]);
    tx.onCommit(() => this.wake.wake());
    return { kind: 'done', orderId: act.orderId };
  }

  private refused(tx: Tx, record: CaseRecord, result: CaseCommandResult & { ok: false }): Promise<ActResult> | ActResult {
    if (result.kind === 'taken') return this.conflict(tx, record, 'taken');
    if (result.kind === 'conflict') return this.conflict(tx, record, result.why);
    return { kind: 'not_allowed', reason: result.why };
  }

  /** Says who was faster, and when: not to blame, but so that nobody asks around. */
  private async conflict(tx: Tx, record: CaseRecord, why: string | null): Promise<ActResult> {
    const last = await this.store.lastAct(tx, record.orderId);
    const owner = record.owner?.name ?? null;
    const by = why === 'taken' || owner !== null ? owner : (record.resolvedByName ?? null);
    const message = why === 'taken' ? `${owner ?? 'Somebody'} has it.` : (why ?? (owner === null ? 'It changed since you saw it.' : `It changed since you saw it; ${owner} has it.`));
    return { kind: 'conflict', orderId: record.orderId, message, by, at: last?.at ?? null };
  }
}

/** The report counts what is open: it is told when that changes. */
function countedAgain(before: CaseRecord, next: CaseSnapshot, { actor, mutationId, now }: { actor: string; mutationId: string | null; now: number }): NewChange[] {
  const isOther = (before.snapshot.state === 'resolved') !== (next.state === 'resolved');
  return isOther ? [{ topic: 'report', entity: 'case', id: before.orderId, version: before.version + 1, actor, mutationId, at: now }] : [];
}
