import { Inject, Injectable } from '@nestjs/common';
import { caseChanges, CaseActsStore, Transactions, writeChanges, type CaseRecord, type Clock, type NewChange, type Tx } from '@orderwatch/db';
import { undoableOf, type CaseCommandResult, type CaseSnapshot } from '@orderwatch/domain';
import { LiveWake } from '../../../platform/live/live-wake.js';
import { CLOCK } from '../../../platform/tokens.js';

/** What an act came to. `conflict`: the case is not what the caller saw. */
export type ActResult =
  | { readonly kind: 'done'; readonly orderId: string | null }
  | { readonly kind: 'conflict'; readonly orderId: string | null; readonly message: string; readonly by: string | null; readonly at: Date | null }
  | { readonly kind: 'not_allowed'; readonly reason: string };

/** What an act decides upon, besides the case: read in its transaction, under the order's lock. */
export interface Inside {
  readonly tx: Tx;
  readonly record: CaseRecord;
}

/** A decision; `by` and `at` tell of a conflict whose it is, where the case itself does not. */
export type Decided = (CaseCommandResult & { readonly undoes?: string }) | (CaseCommandResult & { readonly ok: false } & Whose) | undefined;
interface Whose {
  readonly by?: string | null;
  readonly at?: Date;
}

export interface Act {
  readonly orderId: string;
  /** The version the caller saw; null where it does not matter (a note, a job). */
  readonly expectedVersion: number | null;
  /** Person id or `system`. */
  readonly actor: string;
  /** The same id twice is the same act. */
  readonly mutationId: string | null;
  /** It may change one case only, whichever: sent twice at once it waits for itself. */
  readonly isSole?: boolean;
  /** Its writing must find that no other person's lease is live. */
  readonly isClaim?: boolean;
  readonly decide: (snapshot: CaseSnapshot, now: number, inside: Inside) => Decided | Promise<Decided>;
  /** What the actor wrote, for the history; else the decision's own words. */
  readonly note?: string | null;
}

/** For history: what acts can change, so that they can be taken back, and what the case was about. */
const picture = (c: CaseSnapshot) => ({ ...undoableOf(c), rules: c.rules });

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
    return this.db.run(async (tx) => {
      if (act.isSole && act.mutationId !== null) await this.store.lockMutation(tx, act.mutationId);
      return this.inside(tx, act, await this.store.lock(tx, act.orderId));
    });
  }

  /** As {@link run}, but waits for no other writer of the order. */
  async tryRun(act: Act): Promise<ActResult | 'busy'> {
    return this.db.run(async (tx) => {
      if (act.isSole && act.mutationId !== null) await this.store.lockMutation(tx, act.mutationId);
      const record = await this.store.tryLock(tx, act.orderId);
      return record === 'busy' ? 'busy' : this.inside(tx, act, record);
    });
  }

  private async inside(tx: Tx, act: Act, record: CaseRecord | null): Promise<ActResult> {
    if (!record) return { kind: 'conflict', orderId: null, message: 'There is no such case.', by: null, at: null };
    const acted = act.mutationId === null ? null : await this.actedOn(tx, act, act.mutationId);
    if (acted !== null) return { kind: 'done', orderId: acted };
    const now = this.clock.now();
    const result = await act.decide(record.snapshot, now, { tx, record });
    if (!result) return { kind: 'done', orderId: act.orderId };
    if (!result.ok) return this.refused(tx, record, result);
    if (act.expectedVersion !== null && act.expectedVersion !== record.version) return this.conflict(tx, record, null);
    const isSaved = await this.store.save(tx, record, result.next, now, act.isClaim ? act.actor : null);
    if (!isSaved) return this.conflict(tx, record, null);
    await this.store.writeHistory(tx, {
      orderId: act.orderId, at: now, actor: act.actor, what: result.what, why: act.note ?? result.why, rule: record.snapshot.rule, before: picture(record.snapshot),
      after: { ...picture(result.next), ...('undoes' in result && result.undoes ? { undoes: result.undoes } : {}) },
      mutationId: act.mutationId,
    });
    const cause = { actor: act.actor, mutationId: act.mutationId, now };
    await writeChanges(tx, [...(await caseChanges(tx, [act.orderId], cause)), ...countedAgain(record, result.next, cause)]);
    // While it was resolved nobody kept its findings up.
    if (record.snapshot.state === 'resolved' && result.next.state !== 'resolved') await this.store.assessSoon(tx, act.orderId, now);
    this.wake.announce(tx);
    return { kind: 'done', orderId: act.orderId };
  }

  /** The case that this very act has already changed: with one id many cases can be, but each once. */
  private async actedOn(tx: Tx, act: Act, mutationId: string): Promise<string | null> {
    if (act.isSole) return this.store.orderOfMutation(tx, mutationId);
    return (await this.store.hasActed(tx, act.orderId, mutationId)) ? act.orderId : null;
  }

  private refused(tx: Tx, record: CaseRecord, result: CaseCommandResult & { ok: false } & Whose): Promise<ActResult> | ActResult {
    if (result.kind === 'taken') return this.conflict(tx, record, 'taken');
    if (result.kind === 'conflict' && result.by !== undefined) return { kind: 'conflict', orderId: record.orderId, message: result.why, by: result.by, at: result.at ?? null };
    if (result.kind === 'conflict') return this.conflict(tx, record, result.why);
    return { kind: 'not_allowed', reason: result.why };
  }

  /** Says who was faster, and when: not to blame, but so that nobody asks around. */
  private async conflict(tx: Tx, record: CaseRecord, why: string | null): Promise<ActResult> {
    const owner = record.owner?.name ?? null;
    const by = why === 'taken' || owner !== null ? owner : (record.resolvedByName ?? null);
    const message = why === 'taken' ? `${owner ?? 'Somebody'} has it.` : (why ?? (owner === null ? 'It changed since you saw it.' : `It changed since you saw it; ${owner} has it.`));
    const at = await this.store.lastAct(tx, record.orderId, owner === null ? null : record.snapshot.ownerId);
    return { kind: 'conflict', orderId: record.orderId, message, by, at: at ?? (await this.store.lastAct(tx, record.orderId, null)) };
  }
}

/** The report counts what is open: it is told when that changes. */
function countedAgain(before: CaseRecord, next: CaseSnapshot, { actor, mutationId, now }: { actor: string; mutationId: string | null; now: number }): NewChange[] {
  const isOther = (before.snapshot.state === 'resolved') !== (next.state === 'resolved');
  return isOther ? [{ topic: 'report', entity: 'case', id: before.orderId, version: before.version + 1, actor, mutationId, at: now }] : [];
}
