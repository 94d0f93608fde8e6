import { useQueryClient } from '@tanstack/react-query';
import { announce } from '../../shared/announce';
import { allowedBy, listKeys, sharedKeys, useCommands, type Allowed, type Command } from '../../shared/commands';
import { t } from '../../shared/i18n';
import { repeatedSnooze } from '../../shared/cases/last-snooze';
import { isHeldByOther, type CaseFull } from '../../shared/cases/types';
import { useLiveStatus } from '../../shared/live-status';
import { queryKeys } from '../../shared/query-keys';
import type { BulkVerb } from '../../shared/cases/bulk/bulk-dialog';
import type { Panel, QueueActs } from './use-queue-acts';
import type { QueueList } from './list/use-queue';

interface CommandsInput {
  list: QueueList;
  acts: QueueActs;
  meId: string;
  onFilter: () => void;
  /** Set while rows are selected: the acts then mean all of them. */
  onMany: ((verb: BulkVerb) => void) | undefined;
  /** Commands of the list's other parts: views, groups, files. */
  more: readonly Command[];
}

/** What can be done in the queue, for the keyboard, the row's menu, the palette and the sheet of keys. */
export const useQueueCommands = ({ list, acts, meId, onFilter, onMany, more }: CommandsInput): void => {
  const client = useQueryClient();
  const isOffline = useLiveStatus().state === 'offline';
  const row = list.focusedId === null ? undefined : list.rowsById.get(list.focusedId);
  const isGone = row !== undefined && list.goneIds.has(row.id);
  // What the server has not yet said about a row is tried, and answered by it. Looked up when the key is pressed: the answer to an act comes between two drawings.
  const may = (action: string): Allowed => {
    if (row === undefined || (isGone && action !== 'reopen')) return { allowed: false };
    if (isOffline && action !== 'note') return { allowed: false, why: t('queue:offline.why') };
    const known = client.getQueryData<CaseFull | null>(queryKeys.exceptionCase(row.id));
    return known && known.row.version >= row.version ? allowedBy(known.allowedActions, action) : { allowed: true };
  };
  const { actions, setPanel } = acts;
  const item = { section: 'item', scope: 'item', object: row?.number } as const;
  const form = (panel: Exclude<Panel, null>, action: string): Pick<Command, 'isAllowed' | 'run'> => ({ isAllowed: () => may(action), run: () => setPanel(panel) });
  const many = (verb: BulkVerb, one: Pick<Command, 'isAllowed' | 'run'>): Pick<Command, 'isAllowed' | 'run'> => (onMany ? { run: () => onMany(verb) } : one);
  const copy = (): void => {
    if (row) void navigator.clipboard?.writeText(row.orderName).then(() => announce(t('queue:copied', { name: row.orderName })));
  };
  const snoozeAgain = (): void => {
    const pick = row && repeatedSnooze(new Date(), row.promisedAt);
    if (!row || !pick) return;
    setPanel(null);
    actions.mutate({ kind: 'snooze', row, until: pick.until, condition: pick.condition, conditionLabel: pick.conditionLabel });
  };
  const isTaken = row !== undefined && isHeldByOther(row, meId);
  useCommands([
    { ...item, id: 'case.claim', keys: ['c'], label: 'queue:command.claim', isAllowed: () => may('claim'), run: () => row && actions.mutate({ kind: 'claim', row }) },
    { ...item, id: 'case.release', keys: ['Shift+C'], label: 'queue:command.release', ...many('release', { isAllowed: () => may('release'), run: () => row && actions.mutate({ kind: 'release', row }) }) },
    { ...item, id: 'case.snooze', keys: ['h'], label: 'queue:command.snooze', ...many('snooze', form('snooze', 'snooze')) },
    { ...item, id: 'case.snoozeAgain', keys: ['h h'], isKeyOnly: true, label: 'queue:command.snoozeAgain', isAllowed: () => (repeatedSnooze(new Date(), row?.promisedAt) ? may('snooze') : { allowed: false, why: t('queue:snooze.nothingToRepeat') }), run: snoozeAgain },
    { ...item, id: 'case.resolve', keys: ['e'], label: 'queue:command.resolve', ...many('resolve', form('resolve', 'resolve')) },
    { ...item, id: 'case.note', keys: ['m'], label: 'queue:command.note', ...form('note', 'note') },
    { ...item, id: 'case.assign', keys: ['a'], label: 'queue:command.assign', ...many('assign', form('assign', 'assign')) },
    ...(isTaken ? [{ ...item, id: 'case.takeOver', label: 'queue:command.takeOver', ...form('takeOver', 'assign') } as const] : []),
    { ...item, id: 'case.reopen', keys: ['Shift+E'], label: 'queue:command.reopen', ...form('reopen', 'reopen') },
    ...(row ? [{ ...item, ...sharedKeys.copy, scope: 'screen', label: 'queue:command.copy', run: copy } as const] : []),
    { ...item, id: 'queue.peek', keys: ['p'], label: 'queue:command.peek', section: 'list', run: acts.togglePeek },
    {
      id: 'queue.next', keys: ['n'], label: 'queue:command.next', section: 'list', scope: 'screen',
      isAllowed: () => (isOffline ? { allowed: false, why: t('queue:offline.why') } : { allowed: !acts.next.isPending }), run: acts.next.run,
    },
    { id: 'queue.filter', keys: ['f'], label: 'queue:command.filter', section: 'list', scope: 'screen', run: onFilter },
    { ...sharedKeys.apply, section: 'list', scope: 'screen', run: list.apply },
    ...more,
    ...listKeys,
  ]);
};
