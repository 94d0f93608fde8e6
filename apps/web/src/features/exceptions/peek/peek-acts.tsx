import { Button } from '@orderwatch/ui';
import { ChoicePanel, NotePanel, SnoozePanel } from '../../../shared/cases/act-panel';
import { AssignPanel } from '../../../shared/cases/assign-panel';
import { allowance, isHeldByOther, type CaseFull, type CaseRow } from '../../../shared/cases/types';
import type { CaseActions, Person } from '../../../shared/cases/use-case-actions';
import { useText, type LabelKey } from '../../../shared/i18n';
import { isMine } from '../holding';
import type { Panel } from '../use-queue-acts';

interface PeekActsProps {
  row: CaseRow;
  me: Person;
  /** Undefined until it is read. */
  detail: CaseFull | undefined;
  actions: CaseActions;
  panel: Panel;
  onPanel: (panel: Panel) => void;
  isOffline: boolean;
}

interface Verb {
  action: string;
  label: LabelKey;
  kbd?: string;
  isPrimary?: boolean;
  /** It can be begun while offline, and is kept as a draft. */
  isDraft?: boolean;
  onClick: () => void;
}

const Verbs = ({ row, me, detail, actions, onPanel, isOffline }: PeekActsProps) => {
  const t = useText();
  const button = ({ action, label, kbd, isPrimary = false, isDraft = false, onClick }: Verb) => {
    const rule = allowance(detail?.allowedActions, action);
    if (detail && !rule) return null;
    const isOff = (isOffline && !isDraft) || !detail || rule?.allowed === false;
    return (
      <Button key={label} compact variant={isPrimary ? 'primary' : 'default'} kbd={kbd} disabled={isOff} reason={isOffline && !isDraft ? t('queue:offline.why') : (rule?.why ?? undefined)} onClick={onClick}>
        {t(label)}
      </Button>
    );
  };
  if (row.state === 'resolved') return button({ action: 'reopen', label: 'queue:peek.reopen', kbd: '⇧E', onClick: () => onPanel('reopen') });
  const isOwn = isMine(row, me.id) && row.state === 'claimed';
  const isTaken = isHeldByOther(row, me.id);
  const first: Verb = isOwn
    ? { action: 'release', label: 'queue:command.release', kbd: '⇧C', onClick: () => actions.mutate({ kind: 'release', row }) }
    : isTaken && allowance(detail?.allowedActions, 'assign')?.allowed
      ? { action: 'assign', label: 'queue:peek.takeOver', onClick: () => onPanel('takeOver') }
      : { action: 'claim', label: 'queue:command.claim', kbd: 'C', isPrimary: true, onClick: () => actions.mutate({ kind: 'claim', row }) };
  return (
    <>
      {button(first)}
      {button({ action: 'note', label: 'queue:command.note', kbd: 'M', isDraft: true, onClick: () => onPanel('note') })}
      <span className="ow-spacer" />
      {button({ action: 'snooze', label: 'queue:command.snooze', kbd: 'H', onClick: () => onPanel('snooze') })}
      {button({ action: 'resolve', label: 'queue:command.resolve', kbd: 'E', isPrimary: isOwn, onClick: () => onPanel('resolve') })}
    </>
  );
};

/** The acts on the case in hand, or the form of one of them. */
export const PeekActs = (props: PeekActsProps) => {
  const { row, me, detail, actions, panel, onPanel, isOffline } = props;
  const t = useText();
  const close = (): void => onPanel(null);
  const done = (act: Parameters<CaseActions['mutate']>[0]): void => {
    actions.mutate(act);
    close();
  };
  if (panel === 'resolve' && detail) {
    const pick = (id: string, note: string): void =>
      done({ kind: 'resolve', row, outcome: id, outcomeLabel: detail.outcomes.find((outcome) => outcome.id === id)?.label ?? id, note: note || undefined });
    return <ChoicePanel title={t('queue:resolve.title')} choices={detail.outcomes} noteLabel={t('queue:resolve.note')} draft={`resolve:${row.id}`} onPick={pick} onCancel={close} />;
  }
  if (panel === 'snooze') {
    return (
      <SnoozePanel
        conditions={detail?.snoozeConditions}
        promisedAt={row.promisedAt}
        onPick={(until, { condition, conditionLabel }) => done({ kind: 'snooze', row, until, condition, conditionLabel })}
        onCancel={close}
      />
    );
  }
  if (panel === 'note') {
    return (
      <NotePanel
        title={t('queue:noteForm.title', { name: row.number })}
        label={t('queue:noteForm.label')}
        action={t('queue:noteForm.action')}
        draft={`note:${row.id}`}
        reason={isOffline ? t('queue:offline.draft') : undefined}
        onDone={(text) => done({ kind: 'note', row, text })}
        onCancel={close}
      />
    );
  }
  if (panel === 'reopen') {
    return (
      <NotePanel title={t('queue:reopenForm.title', { name: row.number })} label={t('queue:reopenForm.label')} action={t('queue:command.reopen')} draft={`reopen:${row.id}`} onDone={(reason) => done({ kind: 'reopen', row, reason })} onCancel={close} />
    );
  }
  if (panel === 'takeOver') {
    return (
      <NotePanel
        title={t('queue:takeOver.title', { name: row.number, person: row.owner?.name ?? '' })}
        label={t('queue:takeOver.label')}
        action={t('queue:command.takeOver')}
        draft={`assign:${row.id}`}
        onDone={(reason) => done({ kind: 'assign', row, person: me, reason })}
        onCancel={close}
      />
    );
  }
  if (panel === 'assign') return <AssignPanel row={row} me={me} onPick={(person, reason) => done({ kind: 'assign', row, person, reason })} onCancel={close} />;
  return <Verbs {...props} />;
};
