import { ChoicePanel, NotePanel, SnoozePanel } from '../../shared/cases/act-panel';
import { AssignPanel } from '../../shared/cases/assign-panel';
import type { CaseFull } from '../../shared/cases/types';
import type { CaseActions, Person } from '../../shared/cases/use-case-actions';
import { useText } from '../../shared/i18n';
import type { Panel } from './panels';

interface CaseFormsProps {
  item: CaseFull;
  me: Person;
  panel: Panel;
  actions: CaseActions;
  isOffline: boolean;
  onClose: () => void;
}

/** The form of the act that was begun on the order's case. */
export const CaseForms = ({ item, me, panel, actions, isOffline, onClose }: CaseFormsProps) => {
  const t = useText();
  const { row } = item;
  const done = (act: Parameters<CaseActions['mutate']>[0]): void => {
    actions.mutate(act);
    onClose();
  };
  const reason = isOffline ? t('order:offline.draft') : undefined;
  if (panel === 'resolve') {
    const pick = (id: string, note: string): void =>
      done({ kind: 'resolve', row, outcome: id, outcomeLabel: item.outcomes.find((outcome) => outcome.id === id)?.label ?? id, note: note || undefined });
    return <ChoicePanel title={t('order:resolve.title', { name: row.number })} choices={item.outcomes} noteLabel={t('order:resolve.note')} draft={`resolve:${row.id}`} onPick={pick} onCancel={onClose} />;
  }
  if (panel === 'snooze') {
    return (
      <SnoozePanel
        conditions={item.snoozeConditions}
        promisedAt={row.promisedAt}
        onPick={(until, { condition, conditionLabel }) => done({ kind: 'snooze', row, until, condition, conditionLabel })}
        onCancel={onClose}
      />
    );
  }
  if (panel === 'note') {
    return (
      <NotePanel
        title={t('order:noteForm.title', { name: row.number })}
        label={t('order:noteForm.label')}
        action={t('order:noteForm.action')}
        draft={`note:${row.id}`}
        reason={reason}
        onDone={(text) => done({ kind: 'note', row, text })}
        onCancel={onClose}
      />
    );
  }
  if (panel === 'reopen') {
    return (
      <NotePanel
        title={t('order:reopenForm.title', { name: row.number })}
        label={t('order:reopenForm.label')}
        action={t('order:command.reopen')}
        draft={`reopen:${row.id}`}
        reason={reason}
        onDone={(text) => done({ kind: 'reopen', row, reason: text })}
        onCancel={onClose}
      />
    );
  }
  if (panel === 'assign') return <AssignPanel row={row} me={me} onPick={(person, why) => done({ kind: 'assign', row, person, reason: why })} onCancel={onClose} />;
  if (panel === 'takeOver') {
    return (
      <NotePanel
        title={t('order:takeOver.title', { name: row.number, person: row.owner?.name ?? '' })}
        label={t('order:takeOver.label')}
        action={t('order:command.takeOver')}
        draft={`assign:${row.id}`}
        reason={reason}
        onDone={(text) => done({ kind: 'assign', row, person: me, reason: text })}
        onCancel={onClose}
      />
    );
  }
  return null;
};
