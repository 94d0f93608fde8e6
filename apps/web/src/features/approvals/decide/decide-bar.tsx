import { Button } from '@orderwatch/ui';
import { NotePanel } from '../../../shared/cases/act-panel';
import { CommandButton } from '../../../shared/commands';
import { useText } from '../../../shared/i18n';
import { ApproveConfirm, WithdrawConfirm } from './approve-confirm';
import type { Act, ActKind, Remedy } from './decisions';
import { DeclineForm } from './decline-form';
import { LookUpForm } from './look-up-form';
import { approveLabel, barFor, draftKey, mayEver, title } from '../words';

/** Which form is open; calling back needs none. */
export type Mode = Exclude<ActKind, 'call_back'> | null;

interface DecideBarProps {
  remedy: Remedy;
  /** Only managers are shown that there is something to approve. */
  isManager: boolean;
  mode: Mode;
  onMode: (mode: Mode) => void;
  onAct: (act: Act) => void;
  isBusy: boolean;
  canDecide: boolean;
  /** It has changed since it was read. */
  isOld: boolean;
  /** How many pieces of its evidence this person has opened. */
  opened: number;
}

type Written = 'ask' | 'answer' | 'retry';
const isWritten = (mode: Mode): mode is Written => mode === 'ask' || mode === 'answer' || mode === 'retry';

/** The acts of the one that is open, or the form of the one that was chosen. */
export const DecideBar = (props: DecideBarProps) => {
  const { remedy, mode, onMode, onAct, isBusy, canDecide, isOld, opened } = props;
  const t = useText();
  const close = (): void => onMode(null);
  const barOf = (kind: ActKind): string | undefined => barFor(remedy, kind, canDecide, isOld);
  const confirm = { remedy, isBusy, onCancel: close };
  if (mode === 'approve' && barOf('approve') === undefined) return <ApproveConfirm {...confirm} opened={opened} onDone={() => onAct({ kind: 'approve' })} />;
  if (mode === 'withdraw' && barOf('withdraw') === undefined) return <WithdrawConfirm {...confirm} onDone={() => onAct({ kind: 'withdraw' })} />;
  if (mode === 'decline') return <DeclineForm {...confirm} barred={barOf('decline')} onDone={(text) => onAct({ kind: 'decline', text })} />;
  if (mode === 'look_up') return <LookUpForm {...confirm} barred={barOf('look_up')} onDone={onAct} />;
  if (isWritten(mode)) {
    return (
      <NotePanel
        key={mode}
        title={t(`approvals:write.title.${mode}`, { title: title(remedy) })}
        label={t(`approvals:write.label.${mode}`, { name: mode === 'answer' ? (remedy.questions.at(-1)?.by.name ?? '') : remedy.proposedBy.name })}
        action={t(`approvals:write.now.${mode}`)}
        reason={isBusy ? t('approvals:act.sending') : barOf(mode)}
        draft={draftKey(mode, remedy.id)}
        onDone={(text) => onAct({ kind: mode, text })}
        onCancel={close}
      />
    );
  }
  return <Acts {...props} />;
};

/** What can be done, the most likely first; what this person never may is not there. */
const Acts = ({ remedy, isManager, onMode, canDecide, isOld }: DecideBarProps) => {
  const t = useText();
  const approveBar = barFor(remedy, 'approve', canDecide, isOld);
  const isOpen = remedy.state === 'proposed' && isManager;
  const first = (['look_up', 'answer', 'retry'] as const).find((kind) => mayEver(remedy, kind));
  return (
    <>
      {first ? <CommandButton id={`approvals.${first}`} variant="primary" /> : null}
      {isOpen && first === undefined ? (
        <Button variant="primary" kbd="A" disabled={approveBar !== undefined} reason={approveBar} onClick={() => onMode('approve')}>
          {approveLabel(remedy)}
        </Button>
      ) : null}
      <CommandButton id="approvals.decline" />
      <CommandButton id="approvals.ask" />
      <CommandButton id="approvals.edit" />
      <CommandButton id="approvals.withdraw" />
      {first === undefined && isOpen && approveBar === undefined ? (
        <span className="ow-dim ow-small ap-undo">{t('approvals:act.undo')}</span>
      ) : (
        <>
          <span className="ow-spacer" />
          <span className="ow-dim ow-small">{first ? t(`approvals:act.hint.${first}`) : isOpen ? approveBar : null}</span>
        </>
      )}
    </>
  );
};
