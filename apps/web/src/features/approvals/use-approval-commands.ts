import { listKeys, sharedKeys, useCommands, type Command } from '../../shared/commands';
import type { LabelKey } from '../../shared/i18n';
import { isHeld } from './decide/call-back';
import type { ActKind, Remedy } from './decide/decisions';
import type { Mode } from './decide/decide-bar';
import { barFor, mayEver } from './words';

interface CommandsInput {
  remedy: Remedy | undefined;
  isManager: boolean;
  canDecide: boolean;
  /** It has changed since it was read. */
  isOld: boolean;
  /** By the server's clock, ms since 1970. */
  now: number;
  onMode: (mode: Mode) => void;
  onCallBack: () => void;
  /** Moves along the list from outside it; `false`: not meant for it. */
  onStep: (by: number) => boolean;
  onApply: () => void;
  /** Opens the next piece of evidence; `false`: there is none. */
  onEvidence: () => boolean;
  /** Opens the sheet of those that are chosen; undefined while nothing is. */
  onBatch: (() => void) | undefined;
}

const keys = {
  approve: { key: 'a', label: 'approvals:command.approve' },
  decline: { key: 'd', label: 'approvals:command.decline' },
  ask: { key: 'q', label: 'approvals:command.ask' },
  // Whoever may answer may not ask, so both are about the question.
  answer: { key: 'q', label: 'approvals:command.answer' },
  edit: { key: 'e', label: 'approvals:command.edit' },
  withdraw: { key: 'w', label: 'approvals:command.withdraw' },
  retry: { key: 'r', label: 'approvals:command.retry' },
  look_up: { key: 'l', label: 'approvals:command.lookUp' },
} as const satisfies Readonly<Record<Exclude<ActKind, 'call_back'>, { key: string; label: LabelKey }>>;

const kinds = Object.keys(keys) as readonly (keyof typeof keys)[];

/** What can be done in the inbox, for the keyboard, the buttons, the palette and the sheet of keys. */
export const useApprovalCommands = ({ remedy, isManager, canDecide, isOld, now, onMode, onCallBack, onStep, onApply, onEvidence, onBatch }: CommandsInput): void => {
  const item = { section: 'item', scope: 'screen', object: remedy?.number } as const;
  // Deciding is a manager's work: they are shown why not. Whatever else somebody may not do is not there.
  const isOffered = (kind: ActKind): boolean => (kind === 'approve' || kind === 'decline' ? isManager : remedy !== undefined && mayEver(remedy, kind));
  const acts = kinds.filter(isOffered).map((kind): Command => {
    const why = remedy ? barFor(remedy, kind, canDecide, isOld) : undefined;
    return { ...item, id: `approvals.${kind}`, keys: [keys[kind].key], label: keys[kind].label, isAllowed: () => ({ allowed: remedy !== undefined && why === undefined, why }), run: () => onMode(kind) };
  });
  useCommands([
    ...acts,
    ...(remedy && isHeld(remedy, now) ? [{ ...item, id: 'approvals.callBack', keys: ['c'], label: 'approvals:command.callBack', run: onCallBack } as const] : []),
    ...(remedy && remedy.evidence.length > 0 ? [{ ...item, id: 'approvals.evidence', keys: ['i'], label: 'approvals:command.evidence', run: onEvidence } as const] : []),
    ...(onBatch ? [{ id: 'approvals.batch', keys: ['Shift+A'], label: 'approvals:command.batch', section: 'list', scope: 'screen', run: onBatch } as const] : []),
    ...listKeys,
    // Into the list from elsewhere; inside it the keys are its own.
    { id: 'approvals.enter', keys: ['j', 'k'], label: 'approvals:command.enter', section: 'list', scope: 'screen', isKeyOnly: true, run: (key) => onStep(key === 'j' ? 1 : -1) },
    { ...sharedKeys.previous, section: 'list', scope: 'screen', run: () => onStep(-1) },
    { ...sharedKeys.next, section: 'list', scope: 'screen', run: () => onStep(1) },
    { ...sharedKeys.apply, section: 'list', scope: 'screen', run: onApply },
  ]);
};
