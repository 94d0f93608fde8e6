import { useQueryClient } from '@tanstack/react-query';
import { announce } from '../../shared/announce';
import type { BulkVerb } from '../../shared/cases/bulk/bulk-dialog';
import { caseQuery } from '../../shared/cases/case-query';
import type { CaseFull } from '../../shared/cases/types';
import { allowedBy, listKeys, sharedKeys, useCommands, type Allowed, type Command } from '../../shared/commands';
import { t } from '../../shared/i18n';
import { useLiveStatus } from '../../shared/live-status';
import type { Panel } from './peek-acts';
import type { StuckActs } from './use-stuck-acts';
import type { StuckRow } from './use-stuck';

interface CommandsInput {
  row: StuckRow | undefined;
  /** The case of the row's order; undefined while it is read, null when there is none. */
  detail: CaseFull | null | undefined;
  acts: StuckActs;
  meId: string;
  /** Set when one may act on many: on what is selected, else on the case in hand. */
  onMany: ((verb: BulkVerb) => void) | undefined;
  hasSelection: boolean;
  onApply: () => void;
  onToggleLate: () => void;
  onToggleGroup: () => void;
  onExport: () => void;
}

const focusTree = (): void => document.querySelector<HTMLElement>('.st-tree [tabindex="0"]')?.focus();

/** What can be done with stuck parcels, for the keyboard, the row's menu, the palette and the sheet of keys. */
export const useStuckCommands = ({ row, detail, acts, meId, onMany, hasSelection, onApply, onToggleLate, onToggleGroup, onExport }: CommandsInput): void => {
  const client = useQueryClient();
  const isOffline = useLiveStatus().state === 'offline';
  const may = (action: string): Allowed => {
    if (!row) return { allowed: false, why: t('stuck:act.noRow') };
    if (row.feedLate && !row.caseId) return { allowed: false, why: t('stuck:act.noCase') };
    if (isOffline) return { allowed: false, why: t('queue:offline.why') };
    // What the server has not yet said about a case is tried: a key is not refused for being quicker than an answer.
    return detail === undefined ? { allowed: true } : allowedBy(detail?.allowedActions, action);
  };
  /** Acts on the case that is in hand now, as soon as it is known. */
  const act = async (kind: 'claim' | 'release'): Promise<void> => {
    const caseId = row?.caseId;
    const item = detail ?? (caseId ? await client.ensureQueryData(caseQuery(caseId)) : null);
    const { allowed, why } = allowedBy(item?.allowedActions, kind);
    if (item && allowed) acts.run({ kind, row: item.row });
    else announce(why ?? t('stuck:act.noCase'), 'assertive');
  };
  const item = { section: 'item', scope: 'item', object: row?.caseNumber ?? undefined } as const;
  const list = { section: 'list', scope: 'screen' } as const;
  const now = (kind: 'claim' | 'release'): Pick<Command, 'isAllowed' | 'run'> => ({ isAllowed: () => may(kind), run: () => void act(kind).catch((error: unknown) => announce(error instanceof Error ? error.message : String(error), 'assertive')) });
  const form = (panel: Exclude<Panel, null>): Pick<Command, 'isAllowed' | 'run'> => ({ isAllowed: () => may(panel), run: () => acts.setPanel(panel) });
  const many = (verb: BulkVerb, one: Pick<Command, 'isAllowed' | 'run'>): Pick<Command, 'isAllowed' | 'run'> => (hasSelection && onMany ? { run: () => onMany(verb) } : one);
  const isOwn = detail?.row.state === 'claimed' && detail.row.owner?.id === meId;
  const copy = (number: string): void => void navigator.clipboard?.writeText(number).then(() => announce(t('queue:copied', { name: number })));
  const number = row?.number;
  useCommands([
    ...(isOwn || hasSelection
      ? [{ ...item, id: 'case.release', keys: ['Shift+C'], label: 'queue:command.release', ...many('release', now('release')) } as const]
      : [{ ...item, id: 'case.claim', keys: ['c'], label: 'queue:command.claim', ...now('claim') } as const]),
    { ...item, id: 'case.snooze', keys: ['h'], label: 'queue:command.snooze', ...many('snooze', form('snooze')) },
    { ...item, id: 'case.resolve', keys: ['e'], label: 'queue:command.resolve', ...many('resolve', form('resolve')) },
    { ...item, id: 'case.note', keys: ['m'], label: 'queue:command.note', ...form('note') },
    { ...item, id: 'case.assign', keys: ['a'], label: 'queue:command.assign', isAllowed: () => (hasSelection ? { allowed: onMany !== undefined } : may('assign')), run: () => onMany?.('assign') },
    ...(number ? [{ ...item, ...sharedKeys.copy, scope: 'screen', label: 'stuck:command.copy', run: () => copy(number) } as const] : []),
    { ...item, id: 'queue.peek', keys: ['p'], label: 'queue:command.peek', section: 'list', run: acts.togglePeek },
    { ...list, id: 'stuck.feedLate', keys: ['t'], label: 'stuck:command.feedLate', run: onToggleLate },
    { ...list, id: 'queue.filter', keys: ['f'], label: 'stuck:command.tree', run: focusTree },
    { ...list, id: 'queue.group', keys: ['b'], label: 'stuck:command.group', run: onToggleGroup },
    { ...list, id: 'stuck.export', label: 'stuck:command.export', run: onExport },
    { ...sharedKeys.apply, ...list, run: onApply },
    ...listKeys,
  ]);
};
