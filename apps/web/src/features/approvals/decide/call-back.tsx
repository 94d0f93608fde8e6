import { Button, useNow } from '@orderwatch/ui';
import { Rich, useText } from '../../../shared/i18n';
import { useLiveStatus } from '../../../shared/live-status';
import type { Remedy } from './decisions';
import { title } from '../words';

/** Approved, not yet run, and this person may call it back. */
export const isHeld = (remedy: Remedy, serverNow: number): boolean =>
  remedy.state === 'approved' && remedy.executeAfter !== null && Date.parse(remedy.executeAfter) > serverNow && remedy.allowedActions.some((each) => each.action === 'call_back' && each.allowed);

/**
 * Whole seconds until it runs, by the server's clock; 0 once it does. The clock here is set by messages that were under way for a while, so
 * that it is a little late: nobody is promised more than what the hold is, counted from the last approval.
 */
export const secondsLeft = (remedy: Pick<Remedy, 'executeAfter' | 'approvals'>, serverNow: number): number => {
  const runsAt = Date.parse(remedy.executeAfter ?? '');
  const approvedAt = Math.max(...remedy.approvals.filter(({ decision }) => decision === 'approved').map(({ at }) => Date.parse(at)));
  const hold = Math.round((runsAt - approvedAt) / 1000);
  const left = Math.ceil((runsAt - serverNow) / 1000);
  return Number.isFinite(hold) ? Math.min(left, hold) : left;
};

export const useSecondsLeft = (remedy: Remedy): number => {
  const { offsetMs } = useLiveStatus();
  const now = useNow(1000) + offsetMs;
  return isHeld(remedy, now) ? secondsLeft(remedy, now) : 0;
};

interface CallBackProps {
  remedy: Remedy;
  isBusy: boolean;
  onCallBack: () => void;
}

/** An approved act that has not run yet, with the seconds left to call it back. */
export const HoldStrip = ({ remedy, isBusy, onCallBack }: CallBackProps) => {
  const t = useText();
  const left = useSecondsLeft(remedy);
  if (left === 0) return null;
  return (
    <div className="ap-hold">
      <span className="ow-clip">
        <Rich text={t('approvals:hold', { title: title(remedy), order: remedy.orderName, left })} />
      </span>
      <span className="ow-spacer" />
      <Button compact disabled={isBusy} reason={t('approvals:act.sending')} onClick={onCallBack}>
        {t('approvals:act.callBack')}
      </Button>
    </div>
  );
};

/** The same among the acts of the one that is open. */
export const CallBackBar = ({ remedy, isBusy, onCallBack }: CallBackProps) => {
  const t = useText();
  const left = useSecondsLeft(remedy);
  return (
    <>
      <Button kbd="C" disabled={isBusy || left === 0} reason={isBusy ? t('approvals:act.sending') : t('approvals:bar.runs')} onClick={onCallBack}>
        {t('approvals:act.callBack')}
      </Button>
      <span className="ow-spacer" />
      <span className="ow-dim ow-small">{left > 0 ? t('approvals:act.left', { left }) : t('approvals:bar.runs')}</span>
    </>
  );
};
