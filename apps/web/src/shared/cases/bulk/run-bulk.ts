import { BulkItemsDocument, BulkProgressDocument, RunBulkDocument, UndoBulkDocument, type BulkAct, type BulkRunPartsFragment, type BulkSelection } from '../../../gql';
import { begin, end, record, type ActivityItem, type UndoOutcome } from '../../activity';
import { execute, newMutationId } from '../../graphql';
import { t } from '../../i18n';
import { queryClient } from '../../query-client';
import { queryKeys } from '../../query-keys';

export type BulkRun = BulkRunPartsFragment;

/** How often a long run is asked how far it is, in milliseconds. */
const LOOK_MS = 500;

const refused = (reason: string): Error => new Error(reason);

/** What would become of each case; nothing is changed, and the answer names the very cases it looked at. */
export const rehearse = async (selection: BulkSelection, act: BulkAct): Promise<BulkRun> => {
  const { bulkAct } = await execute(RunBulkDocument, { selection, act, dryRun: true, mutationId: newMutationId() });
  if (bulkAct.__typename === 'NotAllowed') throw refused(bulkAct.reason);
  return bulkAct;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** Waits until a run is over, telling how far it is. */
const finished = async (first: BulkRun, onProgress: (run: BulkRun) => void): Promise<BulkRun> => {
  let run = first;
  while (run.state === 'running') {
    onProgress(run);
    await pause(LOOK_MS);
    run = (await execute(BulkProgressDocument, { id: run.id })).bulkRun ?? run;
  }
  return run;
};

const refresh = (): void => {
  for (const queryKey of [queryKeys.queue, queryKeys.stuck, queryKeys.counts, ['case'], ['order']]) void queryClient.invalidateQueries({ queryKey });
};

const itemsOf = async (run: BulkRun): Promise<ActivityItem[]> => {
  const { bulkItems } = await execute(BulkItemsDocument, { id: run.id });
  return bulkItems.map(({ id, number, orderName, kind, message }) => ({
    id,
    label: t('queue:bulk.item', { number: number ?? '–', order: orderName ?? '' }),
    isDone: kind === 'changed',
    message: message ?? undefined,
  }));
};

const undo = async (id: string): Promise<UndoOutcome> => {
  const { undoBulk } = await execute(UndoBulkDocument, { id, mutationId: newMutationId() });
  if (undoBulk.__typename === 'NotAllowed') return { isUndone: false, message: undoBulk.reason };
  const run = await finished(undoBulk, () => undefined);
  refresh();
  const left = run.total - run.changed;
  return { isUndone: run.changed > 0 || run.total === 0, message: left > 0 ? t('queue:bulk.undoneLeft', { count: left }) : undefined };
};

interface BulkInput {
  selection: BulkSelection;
  act: BulkAct;
  /** "39 cases resolved" for a number of them. */
  what: (count: number) => string;
  /** How many there are to do. */
  total: number;
}

/** Does it, and keeps the activity told: how far it is, then what became of each case, with a way back for all of them. */
export const runBulk = async ({ selection, act, what, total }: BulkInput): Promise<void> => {
  const mutationId = newMutationId();
  const tell = (result: Parameters<typeof record>[0]['result'], count: number, canUndo = false): void =>
    record({ mutationId, what: what(count), undo: canUndo ? () => undo(mutationId) : undefined, result });
  begin(mutationId);
  try {
    tell({ state: 'running', progress: { done: 0, total } }, total);
    const { bulkAct } = await execute(RunBulkDocument, { selection, act, dryRun: false, mutationId });
    if (bulkAct.__typename === 'NotAllowed') throw refused(bulkAct.reason);
    const run = await finished(bulkAct, ({ done, total: all }) => tell({ state: 'running', progress: { done, total: all } }, all));
    refresh();
    const items = await itemsOf(run);
    tell({ state: 'done', items, message: run.changed < run.total ? t('queue:bulk.notAll', { changed: run.changed, count: run.total }) : undefined }, run.changed, run.changed > 0);
  } catch (error) {
    tell({ state: 'failed', message: error instanceof Error ? error.message : undefined }, total);
  } finally {
    end(mutationId);
  }
};
