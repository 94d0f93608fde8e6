import { ChoicePanel, NotePanel, SnoozePanel } from '../../shared/cases/act-panel';
import type { CaseFull } from '../../shared/cases/types';
import { CommandButton } from '../../shared/commands';
import { useText } from '../../shared/i18n';
import type { StuckActs } from './use-stuck-acts';
import type { StuckRow } from './use-stuck';

/** The form that is open in the panel of the parcel in hand. */
export type Panel = 'resolve' | 'snooze' | 'note' | null;

interface PeekActsProps {
  row: StuckRow;
  detail: CaseFull | undefined;
  acts: StuckActs;
  panel: Panel;
}

/** The acts on the case of the parcel in hand, or the form of one of them. */
export const PeekActs = ({ row, detail, acts, panel }: PeekActsProps) => {
  const t = useText();
  const close = (): void => acts.setPanel(null);
  if (detail && panel === 'resolve') {
    return (
      <ChoicePanel
        title={t('queue:resolve.title')}
        choices={detail.outcomes}
        noteLabel={t('queue:resolve.note')}
        onPick={(id, note) => acts.run({ kind: 'resolve', row: detail.row, outcome: id, outcomeLabel: detail.outcomes.find((each) => each.id === id)?.label ?? id, note: note || undefined })}
        onCancel={close}
      />
    );
  }
  if (detail && panel === 'snooze') {
    return (
      <SnoozePanel
        conditions={detail.snoozeConditions}
        promisedAt={row.promisedAt}
        onPick={(until, { condition, conditionLabel }) => acts.run({ kind: 'snooze', row: detail.row, until, condition, conditionLabel })}
        onCancel={close}
      />
    );
  }
  if (detail && panel === 'note') {
    return (
      <NotePanel
        title={t('queue:noteForm.title', { name: detail.row.number })}
        label={t('queue:noteForm.label')}
        action={t('queue:noteForm.action')}
        draft={`note:${detail.row.id}`}
        onDone={(text) => acts.run({ kind: 'note', row: detail.row, text })}
        onCancel={close}
      />
    );
  }
  return (
    <>
      <CommandButton compact id="case.claim" variant="primary" />
      <CommandButton compact id="case.release" />
      <CommandButton compact id="case.note" />
      <span className="ow-spacer" />
      <CommandButton compact id="case.snooze" />
      <CommandButton compact id="case.resolve" />
    </>
  );
};
