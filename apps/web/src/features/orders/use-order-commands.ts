import { useNavigate, useRouter } from '@tanstack/react-router';
import { repeatedSnooze } from '../../shared/cases/last-snooze';
import type { CaseFull, CaseRow } from '../../shared/cases/types';
import type { CaseActions } from '../../shared/cases/use-case-actions';
import { allowedBy, sharedKeys, useCommands, type Allowed, type Command } from '../../shared/commands';
import { t } from '../../shared/i18n';
import type { Panel } from './panels';
import { CUSTOMER_ID } from './side';
import { trackId } from './tracks';
import type { useNextOrder } from './use-next-order';
import type { Neighbours } from './use-neighbours';
import type { OrderAddress } from './use-order-address';

interface CommandsInput {
  orderId: string;
  item: CaseFull | undefined;
  row: CaseRow | undefined;
  actions: CaseActions;
  panel: Panel;
  onPanel: (panel: Panel) => void;
  onRaw: () => void;
  onLine: (id: string) => void;
  onKnown: () => void;
  /** Steps through what was known; undefined where there is no further one. */
  steps: { earlier: number | undefined; later: number | null | undefined };
  onApply: () => void;
  address: OrderAddress;
  near: Neighbours | undefined;
  next: ReturnType<typeof useNextOrder>;
  isOffline: boolean;
}

/** Leads into the timeline from anywhere else; inside it, its own keys hold. */
const enterTimeline = (onEntered: (id: string) => void): boolean => {
  if (document.activeElement?.closest('.ow-tl')) return false;
  const row = document.querySelector<HTMLElement>('.ow-tl [data-item][tabindex="0"]');
  row?.focus();
  if (row?.dataset['item']) onEntered(row.dataset['item']);
  return row !== null;
};

/** What can be done on the page of an order, for keyboard, buttons, palette and the sheet of keys. */
export const useOrderCommands = (input: CommandsInput): void => {
  const { item, row, actions, panel, onPanel, address, near, steps, next, isOffline } = input;
  const navigate = useNavigate();
  const router = useRouter();
  const isPast = address.at !== null;
  const may = (action: string, isDraft = false): Allowed => {
    if (!row) return { allowed: false };
    if (isPast) return { allowed: false, why: t('order:past.why') };
    if (isOffline && !isDraft) return { allowed: false, why: t('order:offline.why') };
    return allowedBy(item?.allowedActions, action);
  };
  const goTo = (id: string | undefined): void => {
    if (id) void navigate({ to: '/orders/$orderId', params: { orderId: id } });
  };
  const back = (): void => {
    if (panel) onPanel(null);
    else if (address.show) address.showInstead(null);
    else if (isPast) address.lookAt(null);
    else router.history.back();
  };
  const snoozeAgain = (): void => {
    const pick = row && repeatedSnooze(new Date(), row.promisedAt);
    if (!row || !pick) return;
    onPanel(null);
    actions.mutate({ kind: 'snooze', row, until: pick.until, condition: pick.condition, conditionLabel: pick.conditionLabel });
  };
  const { earlier, later } = steps;
  const act = { section: 'item', scope: 'screen', object: row?.number } as const;
  const page = { section: 'list', scope: 'screen' } as const;
  const form = (to: Exclude<Panel, null>, action: string, isDraft = false): Pick<Command, 'isAllowed' | 'run'> => ({ isAllowed: () => may(action, isDraft), run: () => onPanel(to) });
  useCommands([
    { ...act, id: 'case.claim', keys: ['c'], label: 'order:command.claim', isAllowed: () => may('claim'), run: () => row && actions.mutate({ kind: 'claim', row }) },
    { ...act, id: 'case.release', keys: ['Shift+C'], label: 'order:command.release', isAllowed: () => may('release'), run: () => row && actions.mutate({ kind: 'release', row }) },
    { ...act, id: 'case.takeOver', label: 'order:command.takeOver', ...form('takeOver', 'assign') },
    { ...act, id: 'case.snooze', keys: ['h'], label: 'order:command.snooze', ...form('snooze', 'snooze') },
    { ...act, id: 'case.snoozeAgain', keys: ['h h'], isKeyOnly: true, label: 'order:command.snoozeAgain', isAllowed: () => (repeatedSnooze(new Date(), row?.promisedAt) ? may('snooze') : { allowed: false, why: t('order:snooze.nothingToRepeat') }), run: snoozeAgain },
    { ...act, id: 'case.assign', keys: ['a'], label: 'order:command.assign', ...form('assign', 'assign') },
    { ...act, id: 'case.resolve', keys: ['e'], label: 'order:command.resolve', ...form('resolve', 'resolve') },
    { ...act, id: 'case.note', keys: ['m'], label: 'order:command.note', ...form('note', 'note', true) },
    { ...act, id: 'case.reopen', keys: ['Shift+E'], label: 'order:command.reopen', ...form('reopen', 'reopen') },
    { ...page, id: 'order.next', keys: ['n'], label: 'order:command.next', isAllowed: () => (isOffline ? { allowed: false, why: t('order:offline.why') } : { allowed: !next.isPending }), run: next.run },
    { ...page, id: 'order.raw', keys: ['i', '~'], label: 'order:command.raw', run: input.onRaw },
    { ...page, id: 'order.facts', keys: ['f'], label: 'order:command.facts', run: () => address.showInstead(address.show === 'facts' ? null : 'facts') },
    { ...page, id: 'order.customer', keys: ['w'], label: 'order:command.customer', run: () => (onPanel(null), requestAnimationFrame(() => document.getElementById(CUSTOMER_ID)?.focus())) },
    { ...page, id: 'order.known', keys: ['Shift+K'], label: 'order:command.known', run: input.onKnown },
    { ...page, id: 'order.earlier', keys: [','], label: 'order:command.earlier', isAllowed: () => ({ allowed: earlier !== undefined, why: t('order:past.nothing') }), run: () => earlier !== undefined && address.lookAt(earlier) },
    { ...page, id: 'order.later', keys: [';'], label: 'order:command.later', isAllowed: () => ({ allowed: later !== undefined }), run: () => later !== undefined && address.lookAt(later) },
    { ...page, id: 'order.evidence', keys: ['Shift+P'], label: 'order:command.evidence', run: () => address.showInstead(address.show === 'evidence' ? null : 'evidence') },
    { ...page, id: 'order.story', keys: ['Shift+U'], label: 'order:command.story', run: () => void navigate({ to: '/audit', search: { story: input.orderId } }) },
    { ...sharedKeys.apply, ...page, run: input.onApply },
    { ...sharedKeys.previous, ...page, isAllowed: () => ({ allowed: near?.previous !== undefined }), run: () => goTo(near?.previous) },
    { ...sharedKeys.next, ...page, isAllowed: () => ({ allowed: near?.next !== undefined }), run: () => goTo(near?.next) },
    { ...page, id: 'order.track', keys: ['1', '2', '3', '4', '5'], label: 'order:command.track', isKeyOnly: true, run: (key) => document.getElementById(trackId(Number(key) - 1))?.focus() },
    { ...page, id: 'order.line', keys: ['j', 'k'], label: 'order:command.line', isKeyOnly: true, run: () => enterTimeline(input.onLine) },
    { ...page, id: 'order.back', keys: ['Escape'], label: 'order:command.back', isKeyOnly: true, run: back },
  ]);
};
