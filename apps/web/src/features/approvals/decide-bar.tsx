import { Button, useNow } from '@orderwatch/ui';
import { useEffect, useRef, useState } from 'react';
import { NotePanel } from '../../shared/cases/act-panel';
import { newMutationId } from '../../shared/graphql';
import { useLiveStatus } from '../../shared/live-status';
import type { Decision, Remedy } from './api';
import { approveLabel, barFor, title } from './words';

export type Mode = 'approve' | 'decline' | null;

/** Long enough that the key press which opened the panel cannot also answer it. */
const SETTLE_MS = 300;

interface ConfirmProps {
  remedy: Remedy;
  isBusy: boolean;
  onApprove: () => void;
  onCancel: () => void;
}

/** Restates what will happen. Focus goes to the act itself, because it is held for half a minute and can be called back. */
const ApproveConfirm = ({ remedy, isBusy, onApprove, onCancel }: ConfirmProps) => {
  const button = useRef<HTMLButtonElement>(null);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    head.current?.focus();
    const timer = setTimeout(() => button.current?.focus(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, []);
  const missing = remedy.approvalsNeeded - remedy.approvals.filter((each) => each.decision === 'approved').length;
  return (
    <div className="ap-confirm" role="dialog" aria-label={`Approve: ${title(remedy)}`} onKeyDown={(event) => event.key === 'Escape' && onCancel()}>
      <h3 ref={head} tabIndex={-1}>
        {title(remedy)} for order {remedy.orderName}
      </h3>
      <p>{missing > 1 ? `Your approval counts; ${missing - 1} more is needed before anything happens.` : 'It runs 30 s after your approval. Until then you can cancel it here.'}</p>
      <footer>
        <Button ref={button} variant="primary" kbd="Enter" disabled={isBusy} reason="Being sent" onClick={onApprove}>
          {approveLabel(remedy)}
        </Button>
        <Button kbd="Esc" onClick={onCancel}>
          Not now
        </Button>
      </footer>
    </div>
  );
};

interface DecideBarProps {
  remedy: Remedy;
  mode: Mode;
  onMode: (mode: Mode) => void;
  onDecide: (decision: Decision) => void;
  isBusy: boolean;
  canDecide: boolean;
}

export const DecideBar = ({ remedy, mode, onMode, onDecide, isBusy, canDecide }: DecideBarProps) => {
  // One id per act and revision: trying again after a lost answer is the same act.
  const [ids] = useState(() => ({ approve: newMutationId(), decline: newMutationId() }));
  const approveBar = barFor(remedy, 'approve', canDecide);
  const declineBar = barFor(remedy, 'decline', canDecide);
  if (mode === 'approve' && approveBar === undefined) {
    return <ApproveConfirm remedy={remedy} isBusy={isBusy} onApprove={() => onDecide({ kind: 'approve', remedy, mutationId: ids.approve })} onCancel={() => onMode(null)} />;
  }
  if (mode === 'decline' && declineBar === undefined) {
    return (
      <NotePanel
        title={`Decline ${title(remedy)}`}
        label={`Why; ${remedy.proposedBy.name} reads this`}
        action="Decline"
        onDone={(reason) => onDecide({ kind: 'decline', remedy, mutationId: ids.decline, reason })}
        onCancel={() => onMode(null)}
      />
    );
  }
  return (
    <>
      <Button variant="primary" kbd="A" disabled={approveBar !== undefined} reason={approveBar} onClick={() => onMode('approve')}>
        {approveLabel(remedy)}
      </Button>
      <Button kbd="D" disabled={declineBar !== undefined} reason={declineBar} onClick={() => onMode('decline')}>
        Decline…
      </Button>
      <span className="ow-spacer" />
      <span className="ow-dim ow-small">{approveBar ?? 'Undo for 30 s'}</span>
    </>
  );
};

/** Approved, not yet run, and this person may call it back. */
export const isHeld = (remedy: Remedy, serverNow: number): boolean =>
  remedy.state === 'approved' && remedy.executeAfter !== null && Date.parse(remedy.executeAfter) > serverNow && remedy.allowedActions.some((each) => each.action === 'call_back' && each.allowed);

interface HoldStripProps {
  remedy: Remedy;
  isBusy: boolean;
  onTakeBack: () => void;
}

/** An approved act that has not run yet, with the seconds left to call it back. */
export const HoldStrip = ({ remedy, isBusy, onTakeBack }: HoldStripProps) => {
  const { offsetMs } = useLiveStatus();
  const left = Math.ceil((Date.parse(remedy.executeAfter ?? '') - (useNow(1000) + offsetMs)) / 1000);
  if (!(left > 0)) return null;
  return (
    <div className="ap-hold">
      <span className="ow-clip">
        {title(remedy)} for {remedy.orderName} is approved and runs in <b>{left} s</b>
      </span>
      <span className="ow-spacer" />
      <Button compact disabled={isBusy} reason="Being sent" onClick={onTakeBack}>
        Cancel
      </Button>
    </div>
  );
};
