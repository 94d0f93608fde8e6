import type { StoredHistoryEntry } from '@orderwatch/db';
import { undoAct, type CaseSnapshot, type PastAct } from '@orderwatch/domain';
import type { AllowedAction } from '../graphql/shared-types.js';

/** An entry of the history as the domain takes it. */
export function pastActOf({ what, why, at, before, after }: StoredHistoryEntry): PastAct {
  return { what, why, at: at.getTime(), before, after };
}

const undoneBy = ({ after }: StoredHistoryEntry): string | null => {
  const undoes = typeof after === 'object' && after !== null && 'undoes' in after ? after.undoes : null;
  return typeof undoes === 'string' ? undoes : null;
};

/** What the reader of a history is told about taking acts back. */
export interface Undoing {
  /** Struck through: it was taken back. */
  readonly undone: boolean;
  /** By the reader, now. */
  readonly canUndo: boolean;
  /** Of the reader's own acts, to take them back by. */
  readonly mutationId: string | null;
}

/** For each entry, whether it was taken back and whether the reader can do that now. */
export function undoing(c: CaseSnapshot, history: readonly StoredHistoryEntry[], readerId: string, now: number): ReadonlyMap<string, Undoing> {
  const taken = new Set(history.flatMap((entry) => undoneBy(entry) ?? []));
  return new Map(history.map((entry) => {
    const isOwn = entry.actorId === readerId && entry.mutationId !== null;
    const undone = entry.mutationId !== null && taken.has(entry.mutationId);
    return [entry.id, { undone, canUndo: isOwn && !undone && undoAct(c, pastActOf(entry), now).ok, mutationId: isOwn ? entry.mutationId : null }];
  }));
}

/** Whether the reader can take their last own act on the case back; why not, where they could expect to. */
export function undoAction(c: CaseSnapshot, history: readonly StoredHistoryEntry[], told: ReadonlyMap<string, Undoing>, now: number): AllowedAction {
  const allowed = [...told.values()].some((each) => each.canUndo);
  const last = history.find((entry) => told.get(entry.id)?.mutationId && !told.get(entry.id)?.undone && undoneBy(entry) === null);
  const result = last && !allowed ? undoAct(c, pastActOf(last), now) : undefined;
  const why = allowed ? null : result && !result.ok && result.kind !== 'taken' ? result.why : 'You have done nothing here that can be taken back.';
  return { action: 'undo', allowed, why, needsApproval: false };
}
