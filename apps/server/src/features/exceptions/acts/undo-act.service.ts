import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CaseActsStore, Transactions, type StoredHistoryEntry } from '@orderwatch/db';
import { standsInTheWay, undoAct, type CaseSnapshot } from '@orderwatch/domain';
import { pastActOf } from '../../../platform/cases/past-acts.js';
import { ActOnCase, type ActResult, type Decided } from './case-act.service.js';
import type { Worker } from './case-commands.service.js';

/** The id under which an act is taken back: always the same one, so that it is taken back once however often that is sent. */
export function undoIdOf(mutationId: string): string {
  const hex = createHash('sha256').update(`undo ${mutationId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Takes an own act back, as long as nobody has changed since what it changed. */
@Injectable()
export class UndoAct {
  constructor(
    private readonly db: Transactions,
    private readonly store: CaseActsStore,
    private readonly act: ActOnCase,
  ) {}

  /** The cases that an act with this id has changed: several, when it was one act on many. */
  casesOf(mutationId: string): Promise<string[]> {
    return this.store.ordersOfMutation(this.db, mutationId);
  }

  /** `mutationId`: that of the act. */
  run(orderId: string, mutationId: string, worker: Worker): Promise<ActResult> {
    return this.act.run({
      orderId, expectedVersion: null, mutationId: undoIdOf(mutationId), actor: worker.id,
      decide: async (c, now, { tx }) => this.decide(c, await this.store.history(tx, orderId), { mutationId, worker, now }),
    });
  }

  private decide(c: CaseSnapshot, history: readonly StoredHistoryEntry[], { mutationId, worker, now }: { readonly mutationId: string; readonly worker: Worker; readonly now: number }): Decided {
    const index = history.findIndex((entry) => entry.mutationId === mutationId);
    const entry = history[index];
    if (!entry) return { ok: false, kind: 'invalid', why: 'There is nothing to take back.' };
    if (entry.actorId !== worker.id) return { ok: false, kind: 'forbidden', why: 'Only who did it can take it back.' };
    const past = pastActOf(entry);
    const result = undoAct(c, past, now);
    if (result.ok) return { ...result, undoes: mutationId };
    if (result.kind !== 'conflict') return result;
    // Newest first: of those since then, the first that stands in the way.
    const since = history.slice(0, index).reverse().find((later) => standsInTheWay(past, pastActOf(later)));
    if (!since) return result;
    const who = since.actorId === worker.id ? 'You' : (since.actor ?? 'Orderwatch');
    return { ...result, why: `${who} changed it since.`, by: since.actor ?? 'Orderwatch', at: since.at };
  }
}
